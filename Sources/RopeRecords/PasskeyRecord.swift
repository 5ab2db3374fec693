import RopeMath

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

  public struct Cell: Sendable, Hashable, Codable {
    public var method: String
    public var length: Int
    /// Where the number stands, 0 at the beginning and 1 at the end.
    public var depth: Double
    public var trials: Int
    /// Trials in which greedy decoding gives the whole number.
    public var correct: Int
    /// Mean rank of the right next token, 1 the best.
    public var meanRank: Double
    /// Summed loss of the number's tokens, mean over trials, nats.
    public var nll: Double
    /// Over trials; 0 for one.
    public var nllStandardError: Double
    /// Whether each trial gave the whole number; nil in older records. Every method's trials are the same.
    public var byTrial: [Bool]?

    public init(
      method: String, length: Int, depth: Double, trials: Int, correct: Int, meanRank: Double, nll: Double,
      nllStandardError: Double, byTrial: [Bool]? = nil
    ) {
      self.method = method
      self.length = length
      self.depth = depth
      self.trials = trials
      self.correct = correct
      self.meanRank = meanRank
      self.nll = nll
      self.nllStandardError = nllStandardError
      self.byTrial = byTrial
    }

    private enum CodingKeys: String, CodingKey {
      case method, length, depth, trials, correct, nll
      case meanRank = "mean_rank"
      case nllStandardError = "nll_stderr"
      case byTrial = "by_trial"
    }
  }

  public var schema = Self.schemaName
  public var setting: EvaluationSetting?
  public var needle: Needle
  public var cells: [Cell]

  public init(cells: [Cell], needle: Needle = .passkey, setting: EvaluationSetting? = nil) {
    self.cells = cells
    self.needle = needle
    self.setting = setting
  }

  public var parts: [Cell] { cells }

  public var table: RecordTable {
    RecordTable(
      columns: [
        .text("method"), .number("length"), .number("depth"), .number("found"), .number("mean rank"), .number("nats"),
      ],
      rows: cells.map { cell in
        [
          cell.method, TokenCount.label(cell.length), "\(cell.depth)", "\(cell.correct)/\(cell.trials)",
          RecordTable.text(cell.meanRank, digits: 3), RecordTable.text(cell.nll, digits: 3),
        ]
      })
  }
}
