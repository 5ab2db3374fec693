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
    let decoder = model.decoder, first = try Self.checked(decoder, plans.full.geometry)
    let geometry = try Self.geometry(of: first, plans.full.geometry)
    func empty(_ heads: Int) -> [[FeatureMoments]] {
      Array(repeating: Array(repeating: FeatureMoments(geometry), count: heads), count: decoder.layers.count)
    }
    var queries = empty(first.heads), keys = empty(first.keyValueHeads)
    let scale = first.scale ?? 1 / Double(first.headDimension).squareRoot()
    let group = first.heads / first.keyValueHeads
    let layers = decoder.layers.map { SampledAttention.Layer($0.attention) }
    var extras: [AttentionExtras] = []
    for index in layers.indices { extras.append(try model.extras(index)) }
    let main = layers.indices.filter {
      layers[$0].isPlain && extras[$0] == .none && layers[$0].window == nil && layers[$0].rotation == plans.types.first
    }
    var attention = try SampledAttention(
      plans: plans, geometry: geometry, tokens: tokens.count, layers: layers, extras: extras, scale: scale, group: group
    )
    try model.forEachQueryKey(of: tokens, plans: plans, options: options) { layer, part, q, k in
      attention.add(layer: layer, part: part, queries: q, keys: k)
      for row in 0..<part.count {
        for head in 0..<q.heads { queries[layer][head].add { q(row: row, head: head, feature: $0) } }
        for head in 0..<k.heads { keys[layer][head].add { k(row: row, head: head, feature: $0) } }
      }
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
          deviation: scale
            * q.meanDeviation(against: keys[layer][head / group], weights: extras[layer].queryWeights),
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
      queries: queries, keys: keys, layers: main,
      group: group, scale: scale, geometry: geometry, attention: attention, tokens: tokens.count, method: method.name)
    return (record, moments)
  }

  /// The attention that all layers have, their rotation and what is each layer's own aside.
  ///
  /// - Throws: `InferenceError.unsupported` for heads that differ from layer to layer.
  private static func checked(_ decoder: Decoder, _ geometry: RotaryGeometry) throws(InferenceError)
    -> AttentionDescription
  {
    guard let first = decoder.layers.first?.attention else { throw .unsupported("the model has no layers") }
    for layer in decoder.layers {
      let attention = layer.attention, score = attention.latent.map { $0.plain + $0.rotated } ?? attention.headDimension
      guard attention.heads == first.heads, attention.keyValueHeads == first.keyValueHeads,
        attention.headDimension == first.headDimension, attention.scale == first.scale,
        attention.latent == first.latent, attention.keysFrom == nil, score == geometry.scoreDimension
      else {
        throw .unsupported(
          "statistics are measured of heads of one size with keys of their own; the layers of a \(decoder.family) differ"
        )
      }
    }
    return first
  }

  /// Of a head as it is multiplied: latent attention's has its rotated slice first, what is not rotated after it.
  private static func geometry(
    of attention: AttentionDescription, _ geometry: RotaryGeometry
  ) throws(InferenceError) -> RotaryGeometry {
    guard attention.latent != nil else { return geometry }
    do throws(GeometryError) {
      return try RotaryGeometry(
        headDimension: geometry.scoreDimension, rotaryDimension: geometry.rotaryDimension, base: geometry.base,
        pairing: geometry.pairing, trainedLength: geometry.trainedLength, exponentDimension: geometry.exponentDimension)
    } catch {
      throw .unsupported(error.description)
    }
  }
}
