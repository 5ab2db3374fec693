/// What was measured of a model's un-rotated queries and keys, as the mean and the variance of the logits that they give:
/// in place of a guess about them.
///
/// With un-rotated queries q and keys k as complex numbers, pair by pair, the mean logit at distance Δ is
/// `Σ_i Re(c_i e^{jΔθ_i}) = Σ_i a_i cos(Δθ_i) − b_i sin(Δθ_i)`, `c = a + jb = scale · E q · conj(E k)`. What the sampled query
/// and key add to it is taken as independent Gaussian noise; where the pair turns, it has the variance
/// `scale²/2 · (E|q|² Var k + Var q |E k|²)`. Pairs that make no whole turn in the trained length shift all keys of a query
/// alike by the second term, which softmax does not see; they are counted without it.
public struct AttentionMoments: Sendable, Hashable, Codable {
  public static let schema = "ropescope.moments/1"

  public struct Head: Sendable, Hashable, Codable {
    public var layer: Int
    public var head: Int
    /// Real and imaginary part of c, a and b, of each pair, nats.
    public var cosine: [Double]
    public var sine: [Double]
    /// Variance of each pair's part of the logit, nats².
    public var variance: [Double]
    /// The same of the features that are not rotated.
    public var unrotatedVariance: Double

    public init(
      layer: Int, head: Int, cosine: [Double], sine: [Double], variance: [Double], unrotatedVariance: Double = 0
    ) {
      self.layer = layer
      self.head = head
      self.cosine = cosine
      self.sine = sine
      self.variance = variance
      self.unrotatedVariance = unrotatedVariance
    }

    private enum CodingKeys: String, CodingKey {
      case layer, head, cosine, sine, variance
      case unrotatedVariance = "unrotated_variance"
    }
  }

  /// Measured entropy of the attention of the query at a position, over all layers and heads.
  public struct Entropy: Sendable, Hashable, Codable {
    public var position: Int
    /// Nats.
    public var mean: Double
    /// Over heads.
    public var deviation: Double

    public init(position: Int, mean: Double, deviation: Double) {
      self.position = position
      self.mean = mean
      self.deviation = deviation
    }
  }

  public var schema: String
  public var setting: EvaluationSetting?
  /// The method that `entropies` were measured under.
  public var method: String
  /// Tokens that were read.
  public var tokens: Int
  public var pairCount: Int
  public var heads: [Head]
  public var entropies: [Entropy]

  private enum CodingKeys: String, CodingKey {
    case schema, setting, method, tokens, heads, entropies
    case pairCount = "pair_count"
  }

  public init(
    heads: [Head], pairCount: Int, tokens: Int = 0, method: String = "none", entropies: [Entropy] = [],
    setting: EvaluationSetting? = nil
  ) {
    schema = Self.schema
    self.heads = heads
    self.pairCount = pairCount
    self.tokens = tokens
    self.method = method
    self.entropies = entropies
    self.setting = setting
  }

  /// What is wrong with them as a sentence; nil where they can be computed with.
  public var fault: String? {
    if schema != Self.schema {
      return "its schema is “\(schema)”, \(Self.schema) is expected (evaluate statistics --compact)"
    }
    if heads.isEmpty { return "it holds no heads" }
    if heads.count > Self.mostHeads { return "it holds \(heads.count) heads, at most \(Self.mostHeads) are expected" }
    guard (0...RotaryGeometry.largestLength).contains(tokens) else {
      return "its number of tokens is \(tokens), a number from 0 to \(RotaryGeometry.largestLength) is expected"
    }
    let possible = 0...Self.largestEntropy
    for entropy in entropies {
      guard (0..<RotaryGeometry.largestLength).contains(entropy.position) else {
        return
          "an entropy stands at position \(entropy.position), one from 0 to below \(RotaryGeometry.largestLength) is expected"
      }
      guard possible.contains(entropy.mean), possible.contains(entropy.deviation) else {
        return
          "the entropy at position \(entropy.position): mean and deviation are expected from 0 to \(Self.largestEntropy.formattedShortest) nats"
      }
    }
    for head in heads {
      if let wrong = headFault(head) { return "layer \(head.layer), head \(head.head): \(wrong)" }
    }
    return nil
  }

  /// As many as 64 layers of 64 heads.
  private static let mostHeads = 4096
  /// Of one pair and of all, nats: a thousand times what trained heads have, and few enough bins for entropies.
  private static let largestLogit = 1e4
  private static let largestLogitSum = 1e5
  /// Of one pair, nats².
  private static let largestVariance = 1e6
  /// More than that of a uniform row over any number of keys, nats.
  private static let largestEntropy = 100.0

  private func headFault(_ head: Head) -> String? {
    let isWhole = [head.cosine, head.sine, head.variance].allSatisfy {
      $0.count == pairCount && $0.allSatisfy(\.isFinite)
    }
    guard isWhole, head.unrotatedVariance.isFinite else {
      return "\(pairCount) finite numbers are expected in cosine, sine and variance"
    }
    guard ([head.unrotatedVariance] + head.variance).allSatisfy({ (0...Self.largestVariance).contains($0) }) else {
      return "variances are expected from 0 to \(Self.largestVariance.formattedShortest) nats²"
    }
    let sizes = zip(head.cosine, head.sine).map { ($0 * $0 + $1 * $1).squareRoot() }
    guard (head.cosine + head.sine).allSatisfy({ abs($0) <= Self.largestLogit }),
      sizes.reduce(0, +) <= Self.largestLogitSum
    else {
      return
        "cosines and sines are expected from −\(Self.largestLogit.formattedShortest) to \(Self.largestLogit.formattedShortest) nats, of \(Self.largestLogitSum.formattedShortest) nats at most over all pairs"
    }
    return nil
  }

  /// Root mean square over heads of the deviation of their logits about the mean, nats.
  public var logitDeviation: Double {
    let squares = heads.reduce(0) { $0 + $1.variance.reduce($1.unrotatedVariance, +) }
    return (squares / Double(max(1, heads.count))).squareRoot()
  }
}
