import RopeMath

/// Perplexities, method by method and length by length: `ropescope.perplexity/1`.
public struct PerplexityRecord: Sendable, Hashable, Codable {
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

  public var schema = "ropescope.perplexity/1"
  public var setting: EvaluationSetting?
  public var runs: [Run]

  public init(runs: [Run], setting: EvaluationSetting? = nil) {
    self.runs = runs
    self.setting = setting
  }
}
