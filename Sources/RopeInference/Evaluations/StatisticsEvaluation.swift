import RopeMath

/// Measures the un-rotated queries and keys of every layer and head on a text, and the attention of some queries.
public struct StatisticsEvaluation: Sendable {
  public var options: RunOptions

  public init(options: RunOptions = .init()) { self.options = options }

  /// - Parameter tokens: at most as many as the model was trained on, for figures of the model as it was trained.
  /// - Throws: `InferenceError` as running the model does.
  public func run(
    _ model: any LanguageModel, tokens: [Int], method: MethodRun
  ) throws(InferenceError) -> StatisticsRecord {
    try measure(model, tokens: tokens, method: method).record
  }

  /// The record, and its moments in the compact form that analyses take: those of the layers that see the whole text
  /// under the model's full rotation, without caps, sinks and weights after rotation, which analyses do not know.
  public func measure(
    _ model: any LanguageModel, tokens: [Int], method: MethodRun
  ) throws(InferenceError) -> (record: StatisticsRecord, moments: AttentionMoments) {
    guard tokens.count >= 2 else { throw .option("statistics need at least 2 tokens, there are \(tokens.count)") }
    let plans = try method.planner.plans(length: tokens.count)
    let decoder = model.decoder
    var extras: [AttentionExtras] = []
    for index in decoder.layers.indices { extras.append(try model.extras(index)) }
    var attention = try SampledAttention(decoder, plans: plans, tokens: tokens.count, extras: extras)
    let layers = attention.layers
    let main = layers.indices.filter {
      layers[$0].isPlain && extras[$0] == .none && layers[$0].window == nil && layers[$0].rotation == plans.types.first
    }
    var queries: [[FeatureMoments]] = [], keys: [[FeatureMoments]] = []
    for (layer, described) in zip(layers, decoder.layers) {
      let empty = FeatureMoments(layer.geometry)
      queries.append(Array(repeating: empty, count: described.attention.heads))
      keys.append(Array(repeating: empty, count: described.attention.keyValueHeads))
    }
    try model.forEachQueryKey(of: tokens, plans: plans, options: options) { layer, part, q, k in
      attention.add(layer: layer, part: part, queries: q, keys: k)
      for row in 0..<part.count {
        for head in 0..<q.heads { queries[layer][head].add { q(row: row, head: head, feature: $0) } }
        guard let k else { continue }
        for head in 0..<k.heads { keys[layer][head].add { k(row: row, head: head, feature: $0) } }
      }
    }
    // Keys that a layer reads of an earlier one count as its own.
    for (index, layer) in decoder.layers.enumerated() {
      if let source = layer.attention.keysFrom { keys[index] = keys[source] }
    }
    func heads(_ moments: [[FeatureMoments]]) -> [StatisticsRecord.Head] {
      moments.enumerated().flatMap { layer, heads in
        heads.enumerated().map { $0.element.record(layer: layer, head: $0.offset) }
      }
    }
    let logits = queries.enumerated().flatMap { layer, heads in
      heads.enumerated().map { head, q in
        StatisticsRecord.LogitDeviation(
          layer: layer, head: head,
          deviation: layers[layer].scale
            * q.meanDeviation(against: keys[layer][head / layers[layer].group], weights: extras[layer].queryWeights),
          entropy: attention.entropies[layer][head], meanLogit: attention.meanLogits(layer: layer, head: head))
      }
    }
    guard queries.joined().allSatisfy(\.isFinite), keys.joined().allSatisfy(\.isFinite) else {
      throw .unsupported("queries or keys are not finite numbers: the weights hold such, or their type overflows")
    }
    let record = StatisticsRecord(
      tokens: tokens.count, queries: heads(queries), keys: heads(keys), logits: logits, method: method.name,
      positions: attention.positions, distances: SampledAttention.distances(below: tokens.count))
    let moments = AttentionMoments(
      queries: queries, keys: keys, layers: main, attention: attention, pairCount: plans.full.geometry.pairCount,
      tokens: tokens.count, method: method.name)
    return (record, moments)
  }
}
