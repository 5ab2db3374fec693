import RopeText

/// A table of factors that a search tried, and what was measured under it.
public struct SearchCandidate: Sendable, Hashable, Codable {
  /// Where it comes from.
  public enum Origin: String, Sendable, Codable {
    /// A known method's place in the space.
    case start
    case mutant
    case crossover
  }

  /// What one rung measured; a rung reads the same windows under every candidate.
  public struct Score: Sendable, Hashable, Codable {
    /// 0 the cheapest.
    public var rung: Int
    /// What the search makes small; null where it is no number.
    @Nullable public var objective: Double?
    /// Mean loss of the windows' text, nats per token; null where the objective has none.
    @Nullable public var loss: Double?
    /// Mean loss of what was hidden in them, nats per token.
    @Nullable public var needleLoss: Double?
    /// Windows whose hidden number greedy decoding finds.
    @Nullable public var found: Int?

    public init(rung: Int, objective: Double?, loss: Double? = nil, needleLoss: Double? = nil, found: Int? = nil) {
      self.rung = rung
      self.objective = objective
      self.loss = loss
      self.needleLoss = needleLoss
      self.found = found
    }

    enum CodingKeys: String, CodingKey {
      case rung, objective, loss, found
      case needleLoss = "needle_loss"
    }
  }

  /// Number in the order in which candidates were made, from 0.
  public var id: Int
  public var generation: Int
  public var origin: Origin
  /// Their numbers; none for a start.
  public var parents: [Int]
  /// The numbers that the table was made from.
  public var genes: [Double]
  /// λ̂, one a pair: frequencies are divided by them.
  public var factors: [Double]
  /// a, multiplier of cos and sin.
  public var attentionFactor: Double
  /// Ascending by rung; a candidate that was given up has no more.
  public var scores: [Score]

  public init(
    id: Int, generation: Int, origin: Origin, parents: [Int], genes: [Double], factors: [Double],
    attentionFactor: Double, scores: [Score] = []
  ) {
    self.id = id
    self.generation = generation
    self.origin = origin
    self.parents = parents
    self.genes = genes
    self.factors = factors
    self.attentionFactor = attentionFactor
    self.scores = scores
  }

  private enum CodingKeys: String, CodingKey {
    case id, generation, origin, parents, genes, factors, scores
    case attentionFactor = "attention_factor"
  }

  public func score(at rung: Int) -> Score? { scores.first { $0.rung == rung } }

  /// The candidates that a rung measured, the best first; equal ones in the order in which they were made.
  public static func ranked(_ candidates: [SearchCandidate], at rung: Int) -> [SearchCandidate] {
    candidates.filter { $0.score(at: rung) != nil }.sorted { first, second in
      let a = first.score(at: rung)?.objective ?? .infinity, b = second.score(at: rung)?.objective ?? .infinity
      return a == b ? first.id < second.id : a < b
    }
  }
}
