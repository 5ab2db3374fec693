import Foundation
import RopeBatch
import RopeChart
import RopeCheck
import RopeReport
import RopeTestSupport
import RopeText
import Testing

/// What an attacker's names may not do to the page, and what it shows.
@Suite struct BatchIndexTests {
  private static let attack = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>"

  private static func summary(_ name: String) throws -> CaseSummary {
    let row =
      ["method": name, "name": name, "hazard": name, "class": name, "phase_safe_length": 100.0, "share_of_target": 0.5]
      as [String: Any]
    let reason: [String: Any] = ["text": name, "method": name]
    let advice: [String: Any] = [
      "target": 8192, "trained_length": 4096, "native_source": name, "train_tokens": 0, "for": [name],
      "action": "method",
      "criterion": "frozen", "method": name, "parameters": [name: name], "factor": 2, "ties": [name],
      "reasons": [reason],
      "cautions": [reason], "alternatives": [reason], "would_change": [reason],
      "holds_for": ["logit_deviation": 2, "measured": false, "choices": [["from": 1, "to": 3, "method": name]]]
        as [String: Any],
    ]
    let document: [String: Any] = [
      "advice": advice, "model_name": name, "trained_length": 4096, "target_length": 8192, "first_method": name,
      "reason": "Try first: \(name) (`\(name)`), because. Phase-safe is necessary", "rows": [row],
    ]
    return try JSONDecoder().decode(CaseSummary.self, from: JSONSerialization.data(withJSONObject: document))
  }

  private static func cases() throws -> [StoredCase] {
    let item = ["rule": attack, "severity": "error", "message": attack, "place": attack]
    let findings = try JSONDecoder().decode(
      CaseFindings.self,
      from: JSONSerialization.data(
        withJSONObject: ["errors": 1, "warnings": 0, "notes": 0, "items": [item]] as [String: Any]))
    let summary = try summary(attack)
    func entry(_ id: String, _ state: CaseState) -> StoredCase {
      var entry = StoredCase(id: id, position: 0, model: attack, target: 8192, state: state)
      entry.summary = state == .done ? summary : nil
      entry.findings = findings
      entry.error = state == .failed ? attack : nil
      return entry
    }
    return [
      entry("a-8k", .done), entry("b-8k", .failed), entry("javascript:alert(1)", .done), entry("../../x\"><b>", .done),
    ]
  }

  @Test func namesCannotBecomeMarkup() throws {
    let options = ReportFiles.Options(
      templates: .embedded, page: .a4, figureStyle: try #require(FigureStyles.style(named: "report")))
    let files = Dictionary(
      uniqueKeysWithValues: try BatchFiles.make(Self.cases(), version: "1", options: options).map {
        ($0.path, $0.bytes)
      })
    let html = String(decoding: try #require(files["index.html"]), as: UTF8.self)
    #expect(!html.contains("<script>alert") && !html.contains("<img src=x") && !html.contains("href=\"javascript:"))
    #expect(html.components(separatedBy: "</script>").count == 2, "one script, the page's own")
    #expect(html.contains("Content-Security-Policy") && html.contains("href=\"cases/a-8k/report.html\""))
    #expect(!html.contains("\"><b>"))
    let markdown = String(decoding: try #require(files["summary.md"]), as: UTF8.self)
    #expect(!markdown.contains("<script>alert"))
    #expect(files["index.pdf"]?.starts(with: Array("%PDF".utf8)) == true)
  }

  /// The first table is the page for a wiki: a row a model, a column a target, the factor in the cell.
  @Test func modelsStandAgainstTargets() throws {
    func entry(_ model: String, _ target: Int, _ errors: Int) throws -> StoredCase {
      var summary = try Self.summary("yarn")
      summary.modelName = model
      summary.advice?.parameters = ["factor": .number(Double(target) / 4096)]
      var entry = StoredCase(id: "\(model)-\(target)", position: 0, model: model, target: target, state: .done)
      entry.summary = summary
      entry.findings = try JSONDecoder().decode(
        CaseFindings.self,
        from: JSONSerialization.data(
          withJSONObject: ["errors": errors, "warnings": 0, "notes": 3, "items": [[String: String]]()] as [String: Any])
      )
      return entry
    }
    let cases = try [entry("a", 8192, 0), entry("a", 16384, 2), entry("b", 8192, 0)]
    let table = BatchIndex(cases, version: "1").matrix
    #expect(table.columns.map(\.title) == ["Model", "Trained", "8k", "16k"])
    let cells = table.rows.map { row in row.cells.map(\.text.plainText) }
    #expect(cells == [["a", "4k", "yarn\u{A0}×2", "yarn\u{A0}×4 · 2 errors"], ["b", "4k", "yarn\u{A0}×2", "–"]])
  }

  /// That the target lies beyond the window is what a batch asks about: no error.
  @Test func restatingTheTargetIsANote() throws {
    let checker = Checker(rules: try CheckSelection.rules(), overrides: Facts(targetLength: 131_072))
    let configuration =
      #"{"model_type": "qwen2", "hidden_size": 3584, "num_attention_heads": 28, "max_position_embeddings": 32768, "rope_theta": 1000000.0}"#
    let report = checker.check(bytes: Array(configuration.utf8), path: "config.json")
    #expect(report.summary.errors == 1 && report.files[0].findings.contains { $0.rule == "target-exceeds-window" })
    let findings = CaseFindings(report)
    #expect(findings.errors == 0 && findings.faults.isEmpty && findings.notes >= 1)
  }

  /// A cell that a spreadsheet would run as a formula is text; numbers stay numbers.
  @Test func cellsAreNoFormulas() {
    let cells = [
      ("=1+1", "'=1+1"), ("@x", "'@x"), ("-2", "-2"), ("-x", "'-x"), ("+cmd|'/c'", "'+cmd|'/c'"), ("a,b", "\"a,b\""),
      ("a\"b", "\"a\"\"b\""), ("a\r\nb", "a\\r\\nb"), ("\t=x", "\\t=x"), ("1.5e-3", "1.5e-3"),
    ]
    for (text, cell) in cells { #expect(Escaping.csv(text) == cell) }
  }

  /// The order of the plan, not of the database, and the same bytes each time.
  @Test func equalCasesGiveEqualBytes() throws {
    let options = ReportFiles.Options(
      templates: .embedded, page: .a4, figureStyle: try #require(FigureStyles.style(named: "report")))
    let first = try BatchFiles.make(Self.cases(), version: "1", options: options)
    let second = try BatchFiles.make(Self.cases(), version: "1", options: options)
    for (left, right) in zip(first, second) { #expect(left.path == right.path && left.bytes == right.bytes) }
  }
}
