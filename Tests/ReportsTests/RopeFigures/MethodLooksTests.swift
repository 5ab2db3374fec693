import RopeAnalysis
import RopeChart
import RopeFigures
import RopeMath
import Testing

/// Methods of one figure are told apart by colour, and in grey and by every eye by dash and marker.
@Suite struct MethodLooksTests {
  private func data(_ labels: [String]) throws -> FigureData {
    let methods = labels.map { label -> FigureData.Method in
      let ids = (try? MethodSpecification.parse(label))?.parts.map(\.id) ?? []
      return FigureData.Method(label: label, name: label, ids: ids)
    }
    return FigureData(
      modelName: "m", geometry: try RotaryGeometry(headDimension: 128, base: 10_000, trainedLength: 4096),
      trainedLength: 4096, targetLength: 16_384, methods: methods, series: [])
  }

  private func styles(_ labels: [String]) throws -> [SeriesStyle] {
    let data = try data(labels)
    return data.methods.map(data.style)
  }

  private func distance(_ one: Colour, _ other: Colour) -> Double { ColourDifference.deltaE(one, other) }

  /// Every palette that a figure can have: the best known, sweeps of two to six, own methods among others, relatives.
  private static let palettes: [[String]] = {
    var palettes = [["none", "linear", "ntk", "dynamic", "yarn", "longrope", "llama3", "clex"]]
    for id in ["none", "linear", "ntk", "yarn", "longrope", "llama3"] {
      for count in [2, 3, 4, 6] { palettes.append((0..<count).map { "\(id):factor=\($0 + 1)" }) }
    }
    palettes.append(["none", "yarn", "ntk", "Ours"])
    palettes.append(["none", "Ours", "Theirs", "Third", "yarn", "linear"])
    palettes.append(["yarn", "yarn-paper", "dynamic-yarn", "none"])
    palettes.append((FigureRuns.methods[12] ?? "none").split(separator: ",").map(String.init))
    return palettes
  }()

  @Test(arguments: palettes) func everyPaletteIsToldApart(labels: [String]) throws {
    let styles = try styles(labels)
    for (index, one) in styles.enumerated() {
      #expect(Colour(hex: one.light).contrast(with: Colour(rgb: 0xFFFFFF)) >= 2.99, "\(one.key) on white")
      #expect(Colour(hex: one.dark).contrast(with: Theme.dark.colour(of: .ground)) >= 4.4, "\(one.key) on dark")
      for other in styles[(index + 1)...] {
        #expect(one.light != other.light && one.dark != other.dark, "\(one.key) and \(other.key)")
        #expect(one.dash != other.dash || one.marker != other.marker, "\(one.key) and \(other.key) in grey")
        for vision in [ColourDifference.Vision.normal, .deutan, .protan] {
          let apart = distance(
            ColourDifference.seen(Colour(hex: one.light), by: vision),
            ColourDifference.seen(Colour(hex: other.light), by: vision))
          #expect(apart >= 5, "\(labels): \(one.key) and \(other.key), \(vision): \(apart)")
        }
      }
    }
  }

  @Test func aSweepIsARamp() throws {
    let styles = try styles(["yarn:beta_fast=16", "yarn:beta_fast=32", "yarn:beta_fast=64", "yarn:beta_fast=128"])
    let lightness = styles.map { Colour(hex: $0.light).lightness }
    #expect(zip(lightness, lightness.dropFirst()).allSatisfy { $1 - $0 > 8 })
    #expect(Set(styles.map(\.dash)).count == 4 && Set(styles.map(\.marker)).count == 4)
    #expect(Set(styles.map(\.key)).count == 4)
  }

  @Test func wellKnownMethodsKeepTheirColour() throws {
    for labels in [["Ours", "none", "yarn"], ["yarn-paper", "yarn", "Ours"], ["yarn"], ["yarn", "yarn:factor=8"]] {
      let data = try data(labels)
      let yarn = try #require(data.methods.first { $0.label == "yarn" })
      #expect(data.style(of: yarn).light == "009E73")
    }
  }

  @Test func ownMethodsNeverHaveTheColourOfAnother() throws {
    let own = (0..<4).map { "Own \($0)" }
    let styles = try styles(["none", "yarn", "ntk"] + own)
    #expect(Set(styles.map(\.light)).count == styles.count)
  }
}
