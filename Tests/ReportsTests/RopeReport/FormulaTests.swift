import RopeAnalysis
import RopeChart
import RopeMath
import RopeReport
import RopeTestSupport
import Testing

/// Every formula of the cards as it is typeset, on the screen and on paper.
@Suite struct FormulaTests {
  private static let formulas: [(id: String, text: String)] =
    MethodCatalogue.cards.map { ("method " + $0.id, $0.formula) }
    + AnalysisCatalogue.all.map { ("analysis " + $0.card.id, $0.card.formula) }

  /// Texts of a formula on paper, each with its place against the first one, in points.
  private static func paper(_ formula: String) -> [String] {
    let document = Document(metadata: .init(title: ""), lead: [.formula(.init(formula))], sections: [])
    let operations = PDFRenderer(metrics: FakeMetrics()).render(document).pages.flatMap(\.list.operations)
    let start = operations.firstIndex { operation in
      if case .beginGroup(let group) = operation { group.key == "Formula" } else { false }
    }
    guard let start else { return [] }
    var origin: Point?
    let inside = operations[(start + 1)...].prefix { if case .endGroup = $0 { false } else { true } }
    return inside.compactMap { operation -> String? in
      guard case .text(let text) = operation else { return nil }
      let first = origin ?? text.at
      origin = first
      func tenths(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
      let style = text.role == .italic ? "i" : ""
      return "\(text.string)@\(tenths(text.at.x - first.x)),\(tenths(first.y - text.at.y))/\(tenths(text.size))\(style)"
    }
  }

  @Test func formulasAreAsReviewed() {
    let text = Self.formulas.map { id, formula in
      """
      \(id): \(formula)
        plain   \(MathText(formula).plainText)
        screen  \(MathText(formula).html(isDisplayed: true))
        paper   \(Self.paper(formula).joined(separator: " "))

      """
    }.joined(separator: "\n")
    #expect(Golden.difference(text, from: "report/formulas.txt") == nil)
  }

  /// No mark of the notation is left over: what was an index or exponent stands lower or higher.
  @Test func nothingOfTheNotationIsLeft() {
    for (id, formula) in Self.formulas {
      #expect(!MathText(formula).html().contains("^"), "\(id)")
      for word in Self.paper(formula) { #expect(!word.hasPrefix("^") && !word.hasPrefix("_@"), "\(id): \(word)") }
    }
  }
}
