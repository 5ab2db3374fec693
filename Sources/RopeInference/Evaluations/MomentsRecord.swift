import RealModule
import RopeMath

/// The moments of a model's logits, head by head, as small as analyses can use them: `ropescope.moments/1`.
///
/// With un-rotated queries q and keys k as complex numbers, pair by pair, the mean logit at distance Δ is
/// `Σ_i Re(c_i e^{jΔθ_i})`, `c = scale · E q · conj(E k)`; what the sampled query and key add to it has, where the pair
/// turns, the variance `scale²/2 · (E|q|² Var k + Var q |E k|²)`. Pairs that make no whole turn in the trained length shift
/// all keys of a query alike by the second term, which softmax does not see; they are counted without it.
public struct MomentsRecord: Sendable, Hashable, Codable {
  public struct Head: Sendable, Hashable, Codable {
    public var layer: Int
    public var head: Int
    /// Real and imaginary part of c of each pair, nats, to a thousandth.
    public var cosine: [Double]
    public var sine: [Double]
    /// Variance of each pair's part of the logit about its mean, to a ten-thousandth.
    public var variance: [Double]
    /// The same of what is not rotated; 0 where all is.
    public var unrotatedVariance: Double

    private enum CodingKeys: String, CodingKey {
      case layer, head, cosine, sine, variance
      case unrotatedVariance = "unrotated_variance"
    }
  }

  /// Measured attention of the queries about a position, over all layers and heads.
  public struct Entropy: Sendable, Hashable, Codable {
    public var position: Int
    /// Nats.
    public var mean: Double
    /// Over heads.
    public var deviation: Double
  }

  public var schema = "ropescope.moments/1"
  public var setting: EvaluationSetting?
  public var method: String
  public var tokens: Int
  public var pairCount: Int
  public var heads: [Head]
  public var entropies: [Entropy]

  private enum CodingKeys: String, CodingKey {
    case schema, setting, method, tokens, heads, entropies
    case pairCount = "pair_count"
  }

  init(
    queries: [[FeatureMoments]], keys: [[FeatureMoments]], group: Int, scale: Double, geometry: RotaryGeometry,
    attention: SampledAttention, tokens: Int, method: String
  ) {
    self.method = method
    self.tokens = tokens
    pairCount = geometry.pairCount
    let frequencies = geometry.inverseFrequencies
    heads = queries.enumerated().flatMap { layer, row in
      row.enumerated().map { head, q in
        let k = keys[layer][head / group]
        var entry = Head(layer: layer, head: head, cosine: [], sine: [], variance: [], unrotatedVariance: 0)
        for pair in 0..<geometry.pairCount {
          let (mq, vq) = q.pair(pair), (mk, vk) = k.pair(pair)
          let turns = frequencies[pair] * Double(geometry.trainedLength) >= 2 * .pi
          let queryPower = mq.x * mq.x + mq.y * mq.y + vq, keyPower = turns ? mk.x * mk.x + mk.y * mk.y : 0
          entry.cosine.append(Self.rounded(scale * (mq.x * mk.x + mq.y * mk.y), to: 1e3))
          entry.sine.append(Self.rounded(scale * (mq.y * mk.x - mq.x * mk.y), to: 1e3))
          entry.variance.append(Self.rounded(scale * scale / 2 * (queryPower * vk + vq * keyPower), to: 1e4))
        }
        let rest = geometry.headDimension - geometry.rotaryDimension
        if rest > 0 {
          entry.unrotatedVariance = Self.rounded(
            scale * scale * q.unrotated.square * k.unrotated.variance / Double(rest), to: 1e4)
        }
        return entry
      }
    }
    entropies = attention.positions.enumerated().map { place, position in
      let values = attention.entropies.flatMap { $0.map { $0[place] } }
      let mean = values.reduce(0, +) / Double(max(1, values.count))
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return Entropy(
        position: position, mean: Self.rounded(mean, to: 1e4),
        deviation: Self.rounded((squares / Double(max(1, values.count - 1))).squareRoot(), to: 1e4))
    }
  }

  private static func rounded(_ value: Double, to unit: Double) -> Double {
    let result = (value * unit).rounded() / unit
    return result == 0 ? 0 : result
  }
}
