import Foundation
import RopeAnalysis
import RopeConfig
import RopeFigures
import RopeMath
import RopeRecords
import RopeReport
import Testing

/// What a report says, and in which order.
@Suite struct ReportContentsTests {
  private static func record(_ model: String, _ target: Int, findings: [FindingRecord]? = []) async throws -> RunRecord
  {
    var request = RunRequest(model: try ModelLoader.load(model), targetLength: target)
    request.findings = findings
    return try await Run.record(request, version: "1", command: ["report", model])
  }

  private static func kinds(_ blocks: [Block]) -> [String] {
    blocks.map { block in
      switch block {
      case .verdict: "verdict"
      case .findings: "findings"
      case .code: "code"
      case .chart: "chart"
      case .details(let details): "details " + (details.id ?? "")
      case .prose: "prose"
      case .table: "table"
      default: "other"
      }
    }
  }

  /// The answer comes first: advice, findings, settings of the servers that agree and names of those that do not, a figure.
  @Test func answersFirst() async throws {
    let finding = FindingRecord(
      rule: "factor-ratio-mismatch", severity: .error, message: "The factor is wrong.", file: "config.json",
      pointer: "/rope_scaling/factor", line: 3, column: 5, fix: "write 4")
    let record = try await Self.record("llama-3-8b", 131_072, findings: [finding])
    let document = try ReportDocument(record).document
    let lead = Self.kinds(document.lead)
    #expect(lead == ["verdict", "findings", "code", "code", "chart", "details settings", "prose"], "\(lead)")
    let text = MarkdownRenderer().render(document)
    #expect(text.contains("finds 1 error") && text.contains("config.json:3:5") && text.contains("write 4"))
    #expect(text.contains("DeepSeek") && document.metadata.title == "meta-llama/Meta-Llama-3-8B at 128k")
    #expect(document.sections.first?.id == "numbers" && document.sections.last?.id == "references")
    // Every link leads somewhere, every citation has its entry.
    let index = DocumentIndex(document)
    #expect(index.unresolved == [] && index.duplicates == [])
    #expect(index["term-phase-safe"] != nil && index["ref-arxiv-2309-00071"] != nil)
  }

  /// Every figure, and the formula of every analysis, that a record holds is reached.
  @Test func everyCardIsReached() async throws {
    let record = try await Self.record("smollm2-135m", 16_384)
    let report = try ReportDocument(record)
    let blocks = report.document.blocks
    let charts = blocks.compactMap { if case .chart(let chart) = $0 { chart.id } else { nil } }
    #expect(charts.sorted() == report.figures.map(\.figure.id).sorted())
    let formulas = Set(blocks.compactMap { if case .formula(let formula) = $0 { formula.id } else { nil } })
    for name in Set(record.analyses.map(\.name)) where AnalysisCatalogue.all.contains(where: { $0.card.id == name }) {
      #expect(formulas.contains("formula-" + name), "\(name)")
    }
  }

  @Test(arguments: ["llama-3-8b", "qwen2.5-7b", "llama-3.1-8b", "gemma-3-4b"])
  func briefFitsOnAPage(_ model: String) async throws {
    let document = try ReportDocument(try await Self.record(model, 131_072)).brief
    let pdf = PDFRenderer(metrics: FakeMetrics()).render(document, pageLimit: 1)
    #expect(pdf.pages.count == 1, "\(model)")
    #expect(DocumentIndex(document).unresolved == [])
  }

  /// A record from before findings and settings were kept is still one.
  @Test func olderRecordsAreRead() async throws {
    var record = try await Self.record("smollm2-135m", 16_384)
    record.findings = nil
    record.settings = nil
    record.model.hubID = nil
    let read = try RecordFile.read(Data(try RecordFile.bytes(record)))
    #expect(read.findings == nil && read.settings == nil && read.model.title == "smollm2-135m")
    #expect(!MarkdownRenderer().render(try ReportDocument(read).document).contains("ropescope check"))
  }

  /// A folder that is named by a hash names no model.
  @Test func hashesAreNoNames() throws {
    let json =
      #"{"model_type": "llama", "_name_or_path": "org/our-model", "head_dim": 64, "max_position_embeddings": 2048}"#
    let hash = String(repeating: "a09a3545", count: 5)
    let record = ModelRecord(try ModelLoader.load(bytes: Array(json.utf8), name: hash))
    #expect(record.name == "org/our-model" && record.title == "org/our-model")
  }
}
