import ArgumentParser
import RopeBatch
import RopeMath
import RopeReport
import RopeText

/// `ropescope results`: reads a batch's database.
struct ResultsCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "results", abstract: "List the cases of a batch's results database.",
    discussion: """
      EXAMPLES:
        ropescope results Output/batch/results.db
        ropescope results Output/batch/results.db --where state=failed --format json
        ropescope results Output/batch/results.db --where finding=window-not-scaled

      The database is only read, never written, whatever its version.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, csv, json, latex, markdown, typst }

  @Argument(help: "The results.db of a batch.", completion: .file(extensions: ["db"]))
  var database: String

  @Option(
    name: .customLong("where"),
    help: "Only cases with KEY=VALUE: state, model, target or finding (a rule); may be repeated.")
  var conditions: [String] = []

  @Option(help: "table, csv, json, latex, markdown or typst.")
  var format: Format = .table

  @OptionGroup var columns: TableOptions

  @OptionGroup var output: OutputOptions

  /// `ropescope.results/1`; `seconds` is the only key that differs between equal batches.
  private struct Document: Encodable {
    struct Entry: Encodable {
      let row: StoredCase

      func encode(to encoder: any Encoder) throws {
        try row.encode(to: encoder)
        // Empty where nothing was found.
        var container = encoder.container(keyedBy: StoredCase.CodingKeys.self)
        if row.findings == nil { try container.encode([String: Int](), forKey: .findings) }
      }
    }

    let schema = "ropescope.results/1"
    let cases: [Entry]
  }

  func run(in console: Console) async throws -> ExitStatus {
    let filters = try conditions.map(Self.filter)
    let cases = try ResultsDatabase(reading: database).cases().filter { entry in filters.allSatisfy { $0(entry) } }
    switch format {
    case .json: console.print(try JSONText.encode(Document(cases: cases.map(Document.Entry.init))))
    case .csv:
      let columns = [
        "id", "model", "target", "state", "first_method", "error", "check_errors", "check_warnings", "check_notes",
        "perplexity_method", "perplexity_length", "perplexity", "passkey_method", "passkey_found", "passkey_trials",
      ]
      console.print(columns.joined(separator: ","))
      for entry in cases { console.print(Self.cells(entry).map(Escaping.csv).joined(separator: ",")) }
    case .table where columns.columns == nil: console.print(Self.table(cases).text(in: console.layout))
    case .table: console.print(try block(cases).textTable.text(in: console.layout))
    case .latex, .markdown, .typst: console.print(TableForm(rawValue: format.rawValue)?.text(try block(cases)) ?? "")
    }
    return .clean
  }

  private static func cells(_ entry: StoredCase) -> [String] {
    let findings = entry.findings.map { [$0.errors, $0.warnings, $0.notes].map(String.init) } ?? ["", "", ""]
    let perplexity = entry.evaluations?.lowestPerplexity
    let passkey = entry.evaluations?.mostFound
    return [
      entry.id, entry.model, String(entry.target), entry.state.rawValue, entry.summary?.firstMethod ?? "",
      entry.error ?? "",
    ]
      + findings + [
        perplexity?.method ?? "", perplexity.map { String($0.length) } ?? "",
        perplexity.map { "\($0.perplexity)" } ?? "",
        passkey?.method ?? "", passkey.map { String($0.correct) } ?? "", passkey.map { String($0.trials) } ?? "",
      ]
  }

  private func block(_ cases: [StoredCase]) throws -> Block.Table {
    try columns.chosen(from: Block.Table(id: "results", caption: "Cases of a batch.", Self.table(cases)))
  }

  /// Columns that no case fills are left out.
  private static func table(_ cases: [StoredCase]) -> TextTable {
    let columns: [(title: String, alignment: TextTable.Alignment, cell: (StoredCase) -> String)] = [
      ("case", .left, { $0.id }), ("target", .right, { TokenCount.label($0.target) }),
      ("state", .left, { $0.state.rawValue }),
      ("try first", .left, { $0.summary?.firstMethod ?? "" }),
      ("findings", .left, { $0.findings?.counts ?? "" }),
      (
        "perplexity", .left,
        { entry in
          entry.evaluations?.lowestPerplexity.map {
            "\($0.method) \(Self.short($0.perplexity)) at \(TokenCount.label($0.length))"
          } ?? ""
        }
      ),
      ("passkey", .left, { $0.evaluations?.mostFound.map { "\($0.method) \($0.correct)/\($0.trials)" } ?? "" }),
      ("error", .left, { $0.error ?? "" }),
    ]
    let shown = columns.enumerated().filter { place, column in place < 4 || cases.contains { !column.cell($0).isEmpty }
    }.map(\.element)
    return TextTable(
      columns: shown.map { ($0.title, $0.alignment) }, rows: cases.map { entry in shown.map { $0.cell(entry) } })
  }

  private static func short(_ value: Double) -> String {
    value.formatted(.number.precision(.significantDigits(4)).grouping(.never))
  }

  private static func filter(_ condition: String) throws -> (StoredCase) -> Bool {
    let parts = condition.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { throw Failure.usage("--where “\(condition)”: write KEY=VALUE") }
    let value = parts[1]
    switch parts[0] {
    case "state":
      guard let state = CaseState(rawValue: value) else {
        throw Failure.usage("--where state is one of \(CaseState.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      return { $0.state == state }
    case "model": return { $0.model == value }
    case "target":
      guard let tokens = TokenCount.parse(value) else { throw Failure.usage("--where target “\(value)” is no length") }
      return { $0.target == tokens }
    case "finding": return { $0.findings?.items.contains { $0.rule == value } ?? false }
    default: throw Failure.usage("--where “\(parts[0])”: there are state, model, target and finding")
    }
  }
}
