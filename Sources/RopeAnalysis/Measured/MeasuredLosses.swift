/// Losses of a model under one method in windows of one length: as a whole, and by position in the window.
public struct MeasuredLosses: Sendable, Hashable, Codable {
  /// Losses at the positions `from ..< to` of the predicting token.
  public struct Bucket: Sendable, Hashable, Codable {
    public var from: Int
    public var to: Int
    /// Losses in the bucket over all windows; nil where the source does not tell.
    public var tokens: Int?
    /// Mean loss, nats per token.
    public var nll: Double
    /// Of the mean; nil where the source does not tell.
    public var standardError: Double?
    /// The bucket's mean loss in each window, in the windows' order; empty where the source does not tell.
    public var byWindow: [Double]
    /// How many of these windows each source has, in the sources' order; nil where all are of one source.
    public var bySource: [Int]?

    public init(
      from: Int, to: Int, tokens: Int? = nil, nll: Double, standardError: Double? = nil, byWindow: [Double] = [],
      bySource: [Int]? = nil
    ) {
      self.from = from
      self.to = to
      self.tokens = tokens
      self.nll = nll
      self.standardError = standardError
      self.byWindow = byWindow
      self.bySource = bySource
    }

    /// The windows source by source. Records from before sources were counted have as many windows of each; where even
    /// that cannot be, all stand together.
    func windows(sources: Int) -> [[Double]] {
      guard sources > 1 else { return [byWindow] }
      let counts: [Int]
      if let bySource, bySource.reduce(0, +) == byWindow.count {
        counts = bySource
      } else if byWindow.count % sources == 0 {
        counts = Array(repeating: byWindow.count / sources, count: sources)
      } else {
        return [byWindow]
      }
      var start = 0
      return counts.map { count in
        defer { start += count }
        return Array(byWindow[start..<start + count])
      }
    }

    private enum CodingKeys: String, CodingKey {
      case from, to, tokens, nll
      case standardError = "stderr"
      case byWindow = "by_window"
      case bySource = "by_source"
    }
  }

  /// As the source calls it: `yarn:factor=2`, or any words.
  public var method: String
  /// Tokens of a window; nil where the source tells positions only.
  public var length: Int?
  public var windows: Int?
  public var tokens: Int?
  /// Mean loss, nats per token.
  public var nll: Double
  public var standardError: Double?
  /// In the order of positions; empty where only the whole was measured.
  public var buckets: [Bucket]
  /// Files that the windows came from, in the windows' order, as names that tell apart files that are called alike: losses
  /// with equal sources were measured on the same windows. A source is a document: what it holds is not independent.
  public var sources: [String]

  public init(
    method: String, length: Int?, windows: Int? = nil, tokens: Int? = nil, nll: Double, standardError: Double? = nil,
    buckets: [Bucket] = [], sources: [String] = []
  ) {
    self.method = method
    self.length = length
    self.windows = windows
    self.tokens = tokens
    self.nll = nll
    self.standardError = standardError
    self.buckets = buckets
    self.sources = sources
  }

  private enum CodingKeys: String, CodingKey {
    case method, length, windows, tokens, nll, buckets, sources
    case standardError = "stderr"
  }
}
