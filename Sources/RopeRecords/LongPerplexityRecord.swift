import RopeAnalysis
import RopeMath
import RopeText

/// Perplexity over the tokens of a text that need its long context: `ropescope.longppl/1`.
public struct LongPerplexityRecord: EvaluationRecord {
  public typealias Part = Run

  public static let schemaName = "ropescope.longppl/1"

  public struct Run: Sendable, Hashable, Codable {
    public var method: String
    public var length: Int
    public var windows: Int
    /// The method under which key tokens were chosen.
    public var evaluator: String
    /// Tokens of the short context, and tokens that share one.
    public var shortContext: Int
    public var step: Int
    /// Tokens that could be key ones: all of the windows but the first short context of each.
    public var tokensScored: Int
    public var keyTokens: Int
    /// Mean loss of the key tokens, nats; null where there is none.
    @Nullable public var nll: Double?
    /// Of the mean: over windows where several have key tokens, else over tokens; null for a single one.
    @Nullable public var standardError: Double?
    /// LongPPL, `exp(nll)`.
    @Nullable public var perplexity: Double?
    /// Mean loss of all tokens of the windows, nats.
    public var meanLoss: Double

    public init(
      method: String, length: Int, windows: Int, evaluator: String, shortContext: Int, step: Int, tokensScored: Int,
      keyTokens: Int, nll: Double?, standardError: Double?, perplexity: Double?, meanLoss: Double
    ) {
      self.method = method
      self.length = length
      self.windows = windows
      self.evaluator = evaluator
      self.shortContext = shortContext
      self.step = step
      self.tokensScored = tokensScored
      self.keyTokens = keyTokens
      self.nll = nll
      self.standardError = standardError
      self.perplexity = perplexity
      self.meanLoss = meanLoss
    }

    private enum CodingKeys: String, CodingKey {
      case method, length, windows, evaluator, step, nll, perplexity
      case shortContext = "short_context"
      case tokensScored = "tokens_scored"
      case keyTokens = "key_tokens"
      case standardError = "stderr"
      case meanLoss = "nll_all"
    }
  }

  public var schema = Self.schemaName
  public var setting: EvaluationSetting?
  public var runs: [Run]

  public init(runs: [Run], setting: EvaluationSetting? = nil) {
    self.runs = runs
    self.setting = setting
  }

  public var parts: [Run] { runs }

  public var table: RecordTable {
    func number(_ value: Double?) -> String { value.map { RecordTable.text($0, digits: 5) } ?? "–" }
    return RecordTable(
      columns: [
        .text("method"), .number("length"), .number("windows"), .number("key tokens"), .number("of"),
        .number("nats/key token"), .number("± s.e."), .number("LongPPL"), .number("perplexity"),
      ],
      rows: runs.map { run in
        RecordTable.cells([
          run.method, TokenCount.label(run.length), "\(run.windows)", "\(run.keyTokens)", "\(run.tokensScored)",
          number(run.nll), number(run.standardError), number(run.perplexity), number(.exp(run.meanLoss)),
        ])
      },
      notes: runs.first.map { run in
        [
          "Key tokens were chosen by the model itself under \(run.evaluator), with a short context of \(run.shortContext) tokens; the choice favours that method."
        ]
      } ?? [])
  }
}
