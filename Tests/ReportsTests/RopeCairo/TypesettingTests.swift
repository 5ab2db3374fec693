import CCairo
import RopeCairo
import RopeChart
import Testing

@Suite struct TypesettingTests {
  private let fonts = PangoFonts()

  /// Advances are neither rounded nor hinted, so that one measure serves every size.
  @Test func widthsAreProportionalToTheSize() {
    let metrics = PangoTextMetrics(fonts)
    let unit = metrics.width(of: "131072 tokens", role: .text, size: 1)
    for size in [6.0, 7, 8.5, 9, 10, 24] {
      let fresh = PangoTextMetrics(PangoFonts()).width(of: "131072 tokens", role: .text, size: size)
      #expect(abs(fresh / (unit * size) - 1) < 1e-3)
    }
    #expect(metrics.width(of: "", role: .text, size: 9) == 0)
  }

  @Test func kerningAndSmallCharactersCount() {
    let metrics = PangoTextMetrics(fonts)
    func width(_ text: String) -> Double { metrics.width(of: text, role: .text, size: 10) }
    #expect(width("AVAV") < width("A") * 2 + width("V") * 2 - 1)
    // Raised digits are 0.7 of the size.
    #expect(abs(width("10⁻³") - width("10") - 0.7 * width("−3")) < 0.05)
    #expect(width("10\u{2009}000") > width("10000"))
    #expect(width("10\u{2009}000") < width("10 000"))
    #expect(metrics.width(of: "bold", role: .bold, size: 10) != width("bold"))
  }

  @Test func facesAreTightAndAlike() {
    for families in [FontFamilies.serif, FontFamilies.sans] {
      let metrics = PangoTextMetrics(PangoFonts(families: families))
      let ascent = metrics.ascent(role: .text, size: 10)
      let descent = metrics.descent(role: .text, size: 10)
      #expect((6...9.8).contains(ascent), "\(ascent)")
      #expect((1.8...3).contains(descent), "\(descent)")
    }
  }

  @Test func aMissingFamilyIsReportedWithItsPackage() throws {
    let report = PangoFonts(
      families: ["TeX Gyre Termes", "DejaVu Sans"], installed: InstalledFonts(families: ["DejaVu Sans"])
    ).report
    let face = try #require(report.faces.first { $0.role == .text })
    #expect(face.used == "DejaVu Sans")
    #expect(!face.isFirstChoice)
    #expect(
      report.warnings().contains { $0.contains("“TeX Gyre Termes” is not installed") && $0.contains("fonts-texgyre") })
  }

  @Test func aFamilyThatExistsNowhereIsNeverClaimed() throws {
    let fonts = PangoFonts(families: ["No Such Face Roman"])
    let face = try #require(fonts.report.faces.first { $0.role == .text })
    #expect(face.used != "No Such Face Roman")
    #expect(fonts.report.warnings().contains { $0.contains("No Such Face Roman") })
  }

  /// A character of a private area, which no font has, and Chinese, which one of another family may draw.
  @Test func aMissingScriptIsReported() {
    _ = PangoTextMetrics(fonts).width(of: "length 上下文 \u{F5A3}", role: .text, size: 9)
    let report = fonts.report
    #expect(report.missing.contains { $0.drawnBy == nil && $0.characters.contains("\u{F5A3}") })
    #expect(report.missing.contains { $0.characters.contains("上") })
    #expect(report.warnings().contains { $0.contains("上") })
    #expect(!report.missing.contains { $0.characters.contains("l") })
  }

  @Test func manyThreadsMeasureAlike() async {
    let metrics = PangoTextMetrics(fonts)
    let texts = (0..<200).map { "label \($0) θ′ 10⁻\($0)" }
    let alone = texts.map { metrics.width(of: $0, role: .text, size: 9) }
    let shared = PangoTextMetrics(PangoFonts())
    let results = await withTaskGroup(of: [Double].self) { group in
      for _ in 0..<8 { group.addTask { texts.map { shared.width(of: $0, role: .text, size: 9) } } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.count == 8)
    #expect(results.allSatisfy { $0 == alone })
  }
}
