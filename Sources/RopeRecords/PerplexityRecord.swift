import RopeMath

/// Perplexities, method by method and length by length: `ropescope.perplexity/1`.
public struct PerplexityRecord: EvaluationRecord {
  public typealias Part = Run

  public static let schemaName = "ropescope.perplexity/1"

  /// What the standard error is taken over.
  public enum ErrorBasis: String, Sendable, Hashable, Codable {
    case windows
    case tokens
  }

  public struct Bucket: Sendable, Hashable, Codable {
    /// Positions of the predicting token, counted in the window: `from ..< to`.
    public var from: Int
    public var to: Int
    /// Losses in the bucket, over all windows.
    public var tokens: Int
    /// Their mean, nats.
    public var nll: Double
    /// Of the mean: over windows where several score here, else over tokens.
    public var standardError: Double
    /// Mean loss in each window that scores here, in the windows' order.
    public var byWindow: [Double]

    public init(from: Int, to: Int, tokens: Int, nll: Double, standardError: Double, byWindow: [Double]) {
      self.from = from
      self.to = to
      self.tokens = tokens
      self.nll = nll
      self.standardError = standardError
      self.byWindow = byWindow
    }

    private enum CodingKeys: String, CodingKey {
      case from, to, tokens, nll
      case standardError = "stderr"
      case byWindow = "by_window"
    }
  }

  public struct Run: Sendable, Hashable, Codable {
    public var method: String
    public var length: Int
    public var windows: Int
    public var stride: Int
    public var cache: String
    public var tokensScored: Int
    /// Mean loss, nats per token.
    public var nll: Double
    /// Of the mean loss.
    public var standardError: Double
    public var standardErrorOver: ErrorBasis
    public var perplexity: Double
    public var byPosition: [Bucket]
    /// Tokens read over the time of the windows that this run computed; null where all came from another run.
    public var tokensPerSecond: Double?
    /// Null where timings and memory are left out, so that equal runs give equal bytes.
    public var peakMemoryBytes: Int?

    public init(
      method: String, length: Int, windows: Int, stride: Int, cache: String, tokensScored: Int, nll: Double,
      standardError: Double, standardErrorOver: ErrorBasis, perplexity: Double, byPosition: [Bucket],
      tokensPerSecond: Double? = nil, peakMemoryBytes: Int? = nil
    ) {
      self.method = method
      self.length = length
      self.windows = windows
      self.stride = stride
      self.cache = cache
      self.tokensScored = tokensScored
      self.nll = nll
      self.standardError = standardError
      self.standardErrorOver = standardErrorOver
      self.perplexity = perplexity
      self.byPosition = byPosition
      self.tokensPerSecond = tokensPerSecond
      self.peakMemoryBytes = peakMemoryBytes
    }

    private enum CodingKeys: String, CodingKey {
      case method, length, windows, stride, cache, nll, perplexity
      case tokensScored = "tokens_scored"
      case standardError = "stderr"
      case standardErrorOver = "stderr_over"
      case byPosition = "by_position"
      case tokensPerSecond = "tokens_per_second"
      case peakMemoryBytes = "peak_memory_bytes"
    }
  }

  public var schema = Self.schemaName
  public var setting: EvaluationSetting?
  public var runs: [Run]

  public init(runs: [Run], setting: EvaluationSetting? = nil) {
    self.runs = runs
    self.setting = setting
  }

  public var withoutTimings: PerplexityRecord {
    var record = self
    for place in record.runs.indices {
      record.runs[place].tokensPerSecond = nil
      record.runs[place].peakMemoryBytes = nil
    }
    return record
  }

  public var parts: [Run] { runs }

  public var table: RecordTable {
    RecordTable(
      columns: [
        .text("method"), .number("length"), .number("windows"), .number("nats/token"), .number("± s.e."),
        .number("perplexity"), .number("last bucket"),
      ],
      rows: runs.map { run in
        func number(_ value: Double) -> String { RecordTable.text(value, digits: 5) }
        return [
          run.method, TokenCount.label(run.length), String(run.windows), number(run.nll), number(run.standardError),
          number(run.perplexity), run.byPosition.last.map { number($0.nll) } ?? "",
        ]
      })
  }
}
