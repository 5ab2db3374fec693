import Foundation
import RopeMath
import RopeReport
import RopeTestSupport
import Testing

/// Tables and references as papers take them.
@Suite struct PaperTableTests {
  private static let run = ["analyse", "qwen2.5-7b", "--target", "128k", "--methods", "none,linear,yarn,ntk"]

  @Test func latexMarksTheBest() async throws {
    let table = await CapturedRun(Self.run + ["--format", "latex", "--columns", "phase-safe,resolution-kept,logits"])
    #expect(table.status == 0 && table.output.contains("\\begin{tabular}{lrrr}") && table.output.contains("\\toprule"))
    // PI and YaRN reach the target alike: a tie is marked twice.
    #expect(table.output.components(separatedBy: "\\textbf{131,072}").count == 3)
    let unknown = await CapturedRun(Self.run + ["--format", "latex", "--columns", "phase-saf"])
    #expect(unknown.status == 2 && unknown.error.contains("phase-safe"))
    let all = await CapturedRun(Self.run + ["--format", "markdown", "--columns", "all"])
    #expect(all.output.contains("| Weights"))
  }

  @Test func typstIsBalanced() async {
    let table = await CapturedRun(Self.run + ["--format", "typst"])
    #expect(table.output.contains("table.header(") && table.output.contains("*131,072*"))
    for (open, close) in [("(", ")"), ("[", "]")] {
      #expect(
        table.output.components(separatedBy: open).count == table.output.components(separatedBy: close).count, "\(open)"
      )
    }
  }

  @Test func longTablesGoOverPages() async {
    for command in [["rules"], ["methods"]] {
      let table = await CapturedRun(command + ["--format", "latex"])
      #expect(table.output.contains("\\begin{longtable}") && table.output.contains("\\endhead"), "\(command)")
      #expect(table.output.contains("p{"), "long text breaks its lines")
      #expect(await CapturedRun(command + ["--format", "typst"]).status == 0)
    }
    let findings = await CapturedRun(["check", Fixtures.folder.path + "/broken", "--format", "latex"])
    #expect(findings.status != 64 && findings.output.contains("\\begin{longtable}"))
  }

  @Test func everyCitedPaperIsKnown() {
    let references = MethodCatalogue.cards.flatMap(\.references)
    for reference in references where reference.source.hasPrefix("arXiv") || reference.source.hasPrefix("kexue") {
      #expect(reference.paper != nil, "\(reference.source)")
    }
    #expect(Set(Paper.all.map(\.source)).count == Paper.all.count)
    #expect(Set(Paper.all.map(BibTeX.key)).count == Paper.all.count)
    for paper in Paper.all { #expect((2017...2026).contains(paper.year) && !paper.authors.isEmpty, "\(paper.title)") }
  }

  @Test func methodsAreCited() async throws {
    let entry = await CapturedRun(["explain", "yarn", "--format", "bibtex"])
    #expect(entry.output.hasPrefix("@article{peng2023yarn,") && entry.output.contains("eprint = {2309.00071}"))
    #expect(entry.output.contains("Bowen Peng and Jeffrey Quesnelle and Honglu Fan and Enrico Shippole"))
    #expect(await CapturedRun(["explain", "yarn,nothing", "--format", "bibtex"]).status == 2)
    for card in MethodCatalogue.cards {
      let page = await CapturedRun(["explain", card.id, "--format", "bibtex"])
      #expect(page.status == 0 && page.output.hasPrefix("@"), "\(card.id)")
      #expect(
        page.output.components(separatedBy: "{").count == page.output.components(separatedBy: "}").count, "\(card.id)")
    }
    let folder = try TemporaryFolder()
    let file = folder.path + "/methods.bib"
    #expect(await CapturedRun(Self.run + ["--format", "latex", "--bibtex", file, "-q"]).status == 0)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.components(separatedBy: "@article{").count == 4, "RoFormer, Position Interpolation, YaRN, each once")
  }

  @Test func aReportWritesWhatItsMethodsCite() async throws {
    let folder = try TemporaryFolder(), file = folder.path + "/methods.bib"
    let run = await CapturedRun(
      [
        "report", "smollm2-135m", "--target", "16k", "--methods", "none,yarn", "--brief", "--bibtex", file, "-o",
        folder.path + "/report",
      ])
    #expect(run.status == 0 && run.error.hasSuffix("wrote \(file)\n"), "\(run.error)")
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.contains("@article{peng2023yarn,") && text.hasSuffix("}\n"))
  }
}
