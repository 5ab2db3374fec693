/// A score of a benchmark, such as RULER's accuracy, for one method and length.
public struct MeasuredScore: Sendable, Hashable, Codable {
  /// As the source calls it: `yarn:factor=2`, or any words.
  public var method: String
  /// Tokens.
  public var length: Int
  /// In the source's own unit, higher is better.
  public var score: Double
  public var standardError: Double?
  /// Which benchmark, where the source tells: `RULER`.
  public var benchmark: String?

  public init(method: String, length: Int, score: Double, standardError: Double? = nil, benchmark: String? = nil) {
    self.method = method
    self.length = length
    self.score = score
    self.standardError = standardError
    self.benchmark = benchmark
  }

  private enum CodingKeys: String, CodingKey {
    case method, length, score, benchmark
    case standardError = "stderr"
  }
}
