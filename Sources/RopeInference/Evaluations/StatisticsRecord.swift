import RopeMath

/// Means and variances of a model's un-rotated queries and keys, pair by pair: `ropescope.statistics/1`.
public struct StatisticsRecord: Sendable, Hashable, Codable {
  /// Of one rotated pair: its two features in the order of the rotation, numbers over tokens.
  public struct Pair: Sendable, Hashable, Codable {
    public var mean: [Double]
    public var variance: [Double]
    /// Covariance of the two features.
    public var covariance: Double
  }

  public struct Head: Sendable, Hashable, Codable {
    public var layer: Int
    public var head: Int
    public var pairs: [Pair]
    /// Mean over tokens of the squared length of the part that is not rotated; null where all is.
    public var unrotatedSquare: Double?

    private enum CodingKeys: String, CodingKey {
      case layer, head, pairs
      case unrotatedSquare = "unrotated_square"
    }
  }

  public struct LogitDeviation: Sendable, Hashable, Codable {
    public var layer: Int
    public var head: Int
    /// Standard deviation over keys of a query’s logits `⟨q, k⟩ · scale` without rotation; root mean square over
    /// queries.
    public var deviation: Double
    /// Entropy of the head's attention, nats, mean over the queries about each of `positions`.
    public var entropy: [Double]
    /// Mean logit of the keys whose distance lies between each of `distances` and the next, over those queries; null
    /// where there is none.
    public var meanLogit: [Double?]

    private enum CodingKeys: String, CodingKey {
      case layer, head, deviation, entropy
      case meanLogit = "mean_logit"
    }
  }

  public var schema = "ropescope.statistics/1"
  public var tokens: Int
  public var queries: [Head]
  public var keys: [Head]
  public var logits: [LogitDeviation]
  public var setting: EvaluationSetting?
  /// The method that attention was computed under.
  public var method: String
  /// Queries whose attention was computed: their positions, ascending.
  public var positions: [Int]
  /// Lower ends of the classes of distances, quarter octaves from 1 on.
  public var distances: [Int]
}
