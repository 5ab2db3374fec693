import ArgumentParser
import RopeBatch
import RopeMath
import RopeReport

/// `ropescope results`: reads a batch's database.
struct ResultsCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "results", abstract: "List the cases of a batch's results database.",
    discussion: """
      EXAMPLES:
        ropescope results Output/batch/results.db
        ropescope results Output/batch/results.db --where state=failed --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, csv, json }

  @Argument(help: "The results.db of a batch.", completion: .file(extensions: ["db"]))
  var database: String

  @Option(name: .customLong("where"), help: "Only cases with KEY=VALUE: state, model or target; may be repeated.")
  var conditions: [String] = []

  @Option(help: "table, csv or json.")
  var format: Format = .table

  @OptionGroup var output: OutputOptions

  /// `ropescope.results/1`.
  private struct Document: Encodable {
    struct Entry: Encodable {
      let id: String
      let model: String
      let target: Int
      let state: CaseState
      let summary: CaseSummary?
      let findings: [String: Int]
      let error: String?
    }

    let schema = "ropescope.results/1"
    let cases: [Entry]
  }

  func run(in console: Console) async throws -> ExitStatus {
    let filters = try conditions.map(Self.filter)
    let cases = try ResultsDatabase(path: database, mustExist: true).cases().filter { entry in filters.allSatisfy { $0(entry) } }
    switch format {
    case .json:
      console.print(
        try JSONText.encode(
          Document(
            cases: cases.map {
              .init(id: $0.id, model: $0.model, target: $0.target, state: $0.state, summary: $0.summary, findings: [:], error: $0.error)
            })))
    case .csv:
      console.print("id,model,target,state,first_method,error")
      for entry in cases {
        let cells = [entry.id, entry.model, String(entry.target), entry.state.rawValue, entry.summary?.firstMethod ?? "", entry.error ?? ""]
        console.print(cells.map { $0.contains { ",\"\n".contains($0) } ? "\"\($0.replacing("\"", with: "\"\""))\"" : $0 }.joined(separator: ","))
      }
    case .table:
      console.print(
        TextTable(
          columns: [("case", .left), ("target", .right), ("state", .left), ("try first", .left), ("error", .left)],
          rows: cases.map {
            [$0.id, TokenCount.label($0.target), $0.state.rawValue, $0.summary?.firstMethod ?? "", $0.error ?? ""]
          }).text)
    }
    return .clean
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
    default: throw Failure.usage("--where “\(parts[0])”: there are state, model and target")
    }
  }
}
