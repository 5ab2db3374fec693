import Foundation
import RopeChart
import RopeReport
import RopeTestSupport
import RopeText
import Testing

@Suite struct TextTests {
  @Test func mathIsSetByWords() {
    func nodes(_ text: String) -> [MathText.Node] { MathText(text).nodes }
    #expect(MathText("θ′_i = b^{-2i/d} + x^2 + y_10").plainText == "θ′_i = b^(−2i/d) + x² + y₁₀")
    #expect(
      nodes("θ′_i") == [.scripts(base: [.variable("θ")], lower: [.variable("i")], upper: [.sign("′")])])
    #expect(nodes("β_fast") == [.scripts(base: [.variable("β")], lower: [.word("fast")], upper: [])])
    #expect(nodes("L0") == nodes("L_0") && nodes("σ²") == nodes("σ^2") && nodes("kv_heads") == [.word("kv_heads")])
    #expect(nodes("float32") == [.word("float32")] && nodes("in a bin").contains(.word("a")))
    #expect(nodes("(a + b)/c").count == 1 && nodes("f(a)/c").count == 4 && nodes("2i/d").count == 4)
    #expect(nodes("√(n/m)") == [.root([.variable("n"), .sign("/"), .variable("m")])])
    // An exponent holds the whole bracket, and exponents of exponents.
    #expect(nodes("e^(−e^l)").count == 1 && MathText("e^(l + σg)").plainText == "e^(l + σg)")
    #expect(MathText("λ_i = 2π·b^(2i/d)").html().contains("<msup><mi>b</mi><mrow><mn>2</mn><mi>i</mi>"))
    #expect(MathText("a\\_b").plainText == "a_b")
    // Odd input ends in some text: at most a sign and two brackets more for each group.
    for odd in ["", "_", "^", "_{", "a_{b", "}", "\\", "__", "^^{}}"] {
      #expect(MathText(odd).plainText.count <= odd.count + 2 * odd.count { "_^".contains($0) }, "\(odd)")
    }
  }

  /// Formulas in the middle of a sentence, as captions have them; names with underscores are none.
  @Test func mathematicsIsFoundInProse() {
    let prose = Prose(mathIn: "bound (1/m) Σ_k |Σ_{i<k} e^(jΔθ_i)|, beta_fast, 2^18")
    let formulas = prose.runs.compactMap { if case .formula(let text) = $0 { text } else { nil } }
    #expect(formulas == ["Σ_k", "Σ_{i<k}", "e^(jΔθ_i)", "2^18"])
    #expect(prose.plainText == "bound (1/m) Σ_k |Σ_(i<k) e^(jΔθ_i)|, beta_fast, 2¹⁸")
    #expect(Prose(mathIn: "rope_theta") == "rope_theta")
  }

  @Test func interpolationKeepsNamesAsText() {
    let name = "*_`<b>`"
    let prose: Prose = "A \(name) of \(3) and \(code: name)"
    #expect(prose.runs == [.text("A \(name) of 3 and "), .code(name)])
  }

  @Test func numbersAreGivenInReadingOrder() {
    let index = DocumentIndex(SampleDocument.document())
    #expect(index["wavelength"]?.label == "Figure 1")
    #expect(index["unseen"]?.label == "Figure 2")
    #expect(index["summary"]?.label == "Table 1")
    #expect(index["small"]?.label == "Section 2.1")
    #expect(index["peng-2023"]?.label == "[3]")
    #expect(index["nothing"] == nil)
    #expect(Set(index.sources).count == index.sources.count)
    #expect(index.unresolved == [] && index.duplicates == [])
    var broken = SampleDocument.document()
    broken.lead += [.prose("See \(reference: "gone")."), .table(SampleDocument.summary)]
    #expect(DocumentIndex(broken).unresolved == ["gone"])
    #expect(DocumentIndex(broken).duplicates == ["summary"])
  }

  @Test func documentSurvivesJSON() throws {
    let document = SampleDocument.document()
    let data = try JSONEncoder().encode(document)
    #expect(try JSONDecoder().decode(Document.self, from: data) == document)
  }

  @Test func markdownIsAsReviewed() {
    #expect(Golden.difference(MarkdownRenderer().render(SampleDocument.document()), from: "report/sample.md") == nil)
  }

  @Test func latexIsAsReviewed() throws {
    let figure = try LaTeXFigure().source(for: SampleDocument.entropyFigure(), file: "figures/entropy.pdf", width: 234)
    #expect(Golden.difference(figure + "\n" + LaTeX.table(SampleDocument.summary), from: "report/sample.tex") == nil)
  }

  @Test func latexSpecialsAreEscaped() {
    #expect(
      Escaping.latex("50% of $x_1$ & {a}~^\\ #")
        == "50\\% of \\$x\\_1\\$ \\& \\{a\\}\\textasciitilde{}\\textasciicircum{}\\textbackslash{} \\#")
    #expect(Escaping.latex("10⁻³ θ") == "10\\textsuperscript{-}\\textsuperscript{3} $\\theta$")
  }

  @Test func markdownKeepsMarkupOut() {
    let table = Block.Table(
      id: "t", caption: "<script>", columns: [.init("a|b", alignment: .left)], rows: [.init(["<img src=x> | [x](y)"])])
    let text = MarkdownRenderer().render(table)
    #expect(!text.contains("<img") || text.contains("\\<img"))
    #expect(text.contains("a\\|b"))
  }

  @Test func figureTablesHoldTheCurves() {
    let table = FigureTable.tables(SampleDocument.entropyFigure())[0]
    #expect(table.columns.count == 5)
    #expect(table.rows.count == 40 && !table.isComplete)
    #expect(table.rows.allSatisfy { $0.cells.count == table.columns.count })
    // The places of the simulation are kept before those of the line alone.
    for exponent in 0...7 { #expect(table.rows.contains { $0.x == exp2(10 + Double(exponent)) }) }
    let all = FigureTable.tables(SampleDocument.entropyFigure(), rowLimit: 1000)[0]
    #expect(all.isComplete && all.rows.count > 40)
    #expect(FigureTable.tables(SampleDocument.dotsFigure())[0].rows.count == 6)
    #expect(FigureTable.tables(SampleDocument.mapFigure()).count == 2)
  }

  @Test func templatesCanBeReplaced() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "ropescope-templates-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("html"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("<p class=\"own\">{{{text}}}</p>\n".utf8).write(
      to: folder.appendingPathComponent("html/paragraph.mustache"))
    let page = try HTMLRenderer(metrics: FakeMetrics(), templates: TemplateSource(folder: folder)).render(
      SampleDocument.document())
    #expect(page.contains("<p class=\"own\">"))
    try Data("line\n{{#open}}".utf8).write(to: folder.appendingPathComponent("note.mustache"))
    #expect(throws: TemplateError.self) {
      try HTMLRenderer(metrics: FakeMetrics(), templates: TemplateSource(folder: folder))
    }
    #expect(throws: TemplateError.noFolder(path: "/nowhere/at/all")) {
      try TemplateSource(folder: URL(fileURLWithPath: "/nowhere/at/all"))
    }
  }
}
