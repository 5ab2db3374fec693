import RopeMath

extension AttentionMoments {
  /// Of what was measured of a model's queries and keys, layer by layer and head by head. Mean logits are rounded to a
  /// thousandth, variances and entropies to a ten-thousandth, so that the file stays small.
  ///
  /// - Parameter layers: those that count, all of one rotation.
  init(
    queries: [[FeatureMoments]], keys: [[FeatureMoments]], layers: [Int], attention: SampledAttention,
    pairCount: Int, tokens: Int, method: String
  ) {
    let heads = layers.flatMap { layer -> [Head] in
      let (geometry, scale) = (attention.layers[layer].geometry, attention.layers[layer].scale)
      let frequencies = geometry.inverseFrequencies
      return queries[layer].enumerated().map { head, q in
        let k = keys[layer][head / attention.layers[layer].group]
        var entry = Head(layer: layer, head: head, cosine: [], sine: [], variance: [])
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
    let entropies = attention.positions.enumerated().map { place, position in
      let values = layers.flatMap { attention.entropies[$0].map { $0[place] } }
      let mean = values.reduce(0, +) / Double(max(1, values.count))
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return Entropy(
        position: position, mean: Self.rounded(mean, to: 1e4),
        deviation: Self.rounded((squares / Double(max(1, values.count - 1))).squareRoot(), to: 1e4))
    }
    self.init(heads: heads, pairCount: pairCount, tokens: tokens, method: method, entropies: entropies)
  }

  private static func rounded(_ value: Double, to unit: Double) -> Double {
    let result = (value * unit).rounded() / unit
    return result == 0 ? 0 : result
  }
}
