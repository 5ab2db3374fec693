import Foundation
import RopeConfig
import RopeMath
import RopeTestSupport
import Testing

@Suite struct PublishedConfigurationTests {
  struct Row {
    let name: String
    let trainedLength: Int?
  }

  static func index() throws -> [Row] {
    let text = String(decoding: try Fixtures.data("configs/index.tsv"), as: UTF8.self)
    return text.split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Row(name: cells[0], trainedLength: cells.count > 4 ? Int(cells[4]) : nil)
    }
  }

  /// Files whose trained length stands in no key and in no table of families.
  static let untold: Set = ["clex-llama-2-7b-64k"]

  @Test func everyFileLoads() throws {
    for row in try Self.index() {
      let model = try ModelLoader.load(Fixtures.folder.appendingPathComponent("configs/\(row.name).json").path)
      guard let layer = model.layerTypes.first else {
        #expect(!model.missing.isEmpty, "\(row.name) tells nothing and does not say what is missing")
        continue
      }
      let plan = try layer.plan(
        length: layer.geometry.trainedLength, target: model.window ?? layer.geometry.trainedLength)
      #expect(plan.inverseFrequencies.allSatisfy { $0.isFinite && $0 >= 0 }, "\(row.name)")
    }
  }

  @Test func trainedLengthsAreThoseOfTheIndex() throws {
    for row in try Self.index() {
      guard let expected = row.trainedLength, !Self.untold.contains(row.name) else { continue }
      let model = try ModelLoader.load(Fixtures.folder.appendingPathComponent("configs/\(row.name).json").path)
      let found = model.values.last { $0.key == "trained_length" }?.value.number
      #expect(found == Double(expected), "\(row.name): \(found ?? -1), expected \(expected)")
    }
  }

  @Test func everyPresetResolvesAndCitesItsSource() throws {
    #expect(ModelPresets.all.count >= 12)
    #expect(Set(ModelPresets.all.map(\.name)).count == ModelPresets.all.count)
    for preset in ModelPresets.all {
      let model = try preset.resolved()
      #expect(!model.layerTypes.isEmpty && model.missing.isEmpty, "\(preset.name)")
      #expect(preset.source.count > 10, "\(preset.name)")
    }
  }
}
