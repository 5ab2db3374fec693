import RopeAnalysis
import RopeMath
import RopeText

/// How well a number hidden in a long text is found: `ropescope.passkey/1`.
public struct PasskeyRecord: EvaluationRecord {
  public typealias Part = Cell

  public static let schemaName = "ropescope.passkey/1"

  /// What is hidden.
  public enum Needle: String, Sendable, CaseIterable, Codable {
    /// A number of five digits, said twice.
    case passkey
    /// An ordinary sentence that has nothing to do with the prose around it, said once.
    case sentence
  }

  /// The loss is that of the hidden number's tokens; its error is 0 for a single trial. Every method's trials are the
  /// same.
  public typealias Cell = MeasuredRetrieval

  public var schema = Self.schemaName
  public var setting: EvaluationSetting?
  /// Nil in records of other programs.
  public var needle: Needle?
  public var cells: [Cell]

  public init(cells: [Cell], needle: Needle? = .passkey, setting: EvaluationSetting? = nil) {
    self.cells = cells
    self.needle = needle
    self.setting = setting
  }

  public var parts: [Cell] { cells }

  public var fault: RecordFault? {
    cells.enumerated().first { $0.element.correct > $0.element.trials }.map { place, cell in
      RecordFault(pointer: "/cells/\(place)", message: "\(cell.correct) of \(cell.trials) trials cannot be right")
    }
  }

  public var table: RecordTable {
    func number(_ value: Double?) -> String { value.map { RecordTable.text($0, digits: 3) } ?? "" }
    return RecordTable(
      columns: [
        .text("method"), .number("length"), .number("depth"), .number("found"), .number("mean rank"), .number("nats"),
      ],
      rows: cells.map { cell in
        RecordTable.cells([
          cell.method, TokenCount.label(cell.length), "\(cell.depth)", "\(cell.correct)/\(cell.trials)",
          number(cell.meanRank), number(cell.nll),
        ])
      })
  }
}
