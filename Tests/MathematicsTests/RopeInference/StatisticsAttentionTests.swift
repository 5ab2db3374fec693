import Foundation
import RealModule
import RopeInference
import RopeKernel
import RopeMath
import RopeTensors
import RopeTestSupport
import Testing

/// Measured attention is that of the reference kernel whatever a family's attention is: latent, capped, with sinks, with
/// norms after rotation, in runs of keys, with heads of several sizes, with the keys of an earlier layer.
@Suite struct StatisticsAttentionTests {
  private struct Layer {
    var queries: [Double] = []
    var keys: [Double] = []
  }

  /// `[head][token][feature]` of rows that came token by token.
  private func tensor(_ rows: [Double], heads: Int, size: Int) throws -> Tensor<Double> {
    let tokens = rows.count / (heads * size)
    let values = (0..<heads * tokens * size).map { i in
      let (head, token, feature) = (i / (tokens * size), i / size % tokens, i % size)
      return rows[(token * heads + head) * size + feature]
    }
    return try Tensor(shape: [heads, tokens, size], values: values)
  }

  @Test(arguments: [
    "deepseek_v3", "deepseek_v2", "gemma2", "gpt_oss", "hunyuan_v1_dense", "llama4_text", "kimi_k2",
    "gemma4_text", "gemma4_moe",
  ])
  func entropiesAreThoseOfTheReference(_ family: String) throws {
    let golden = try DecoderGoldens(family)
    for item in golden.cases {
      let model = item.model, tokens = golden.tokens, count = tokens.count
      let language = try model.transformer(Float.self)
      let method = MethodRun(
        try MethodPlanner(MethodSpecification.parse("config"), model: model.resolved, targetLength: count))
      let plans = try method.planner.plans(length: count)
      let record = try StatisticsEvaluation(options: RunOptions(chunk: 16)).run(
        language, tokens: tokens, method: method)
      var layers = model.decoder.layers.map { _ in Layer() }
      try language.forEachQueryKey(of: tokens, plans: plans, options: RunOptions()) { layer, part, q, k in
        for row in 0..<part.count {
          for head in 0..<q.heads {
            for i in 0..<q.headDimension { layers[layer].queries.append(q(row: row, head: head, feature: i)) }
          }
          guard let k else { continue }
          for head in 0..<k.heads {
            for i in 0..<k.headDimension { layers[layer].keys.append(k(row: row, head: head, feature: i)) }
          }
        }
      }
      for (index, layer) in model.decoder.layers.enumerated() {
        let attention = layer.attention, size = attention.headDimension, extras = try language.extras(index)
        var options = AttentionOptions(
          scale: attention.scale, softCap: attention.softCap, slidingWindow: attention.window)
        options.chunk = attention.chunk
        options.rotatedQueryWeights = extras.queryWeights
        let weights = try ReferenceAttention.weights(
          q: tensor(layers[index].queries, heads: attention.heads, size: size),
          k: tensor(layers[attention.keysFrom ?? index].keys, heads: attention.keyValueHeads, size: size),
          plan: plan(plans, attention, extras), options: options)
        for head in 0..<attention.heads {
          func entropy(_ query: Int) -> Double {
            let row = weights.values[(head * count + query) * count..<(head * count + query + 1) * count]
            let all = row + (extras.sinks == nil ? [] : [1 - row.reduce(0, +)])
            return -all.reduce(0) { $0 + ($1 > 0 ? $1 * .log($1) : 0) }
          }
          let expected = [39, 39, 38, 37].reduce(0) { $0 + entropy($1) } / 4
          let measured = record.logits.first { $0.layer == index && $0.head == head }?.entropy.last ?? .nan
          #expect(abs(measured - expected) <= 2e-4, "\(family) \(item.name), layer \(index): \(measured), \(expected)")
        }
      }
    }
  }

  /// The plan of a layer as the kernel takes it.
  private func plan(
    _ plans: LayerPlans, _ attention: AttentionDescription, _ extras: AttentionExtras
  ) throws -> RotaryPlan {
    var plan = attention.rotation.map { plans.plan(of: $0) } ?? plans.full
    let geometry = plan.geometry
    if attention.headNorm?.isAfterRotation == true { plan.attentionFactor = 1 }
    if attention.rotation == nil {
      plan = try RotaryPlan(
        geometry: RotaryGeometry(headDimension: attention.headDimension, trainedLength: geometry.trainedLength),
        length: plan.length)
      plan.inverseFrequencies = plan.inverseFrequencies.map { _ in 0 }
      plan.queryScale = attention.temperature
    } else if geometry.headDimension != attention.headDimension {
      plan.geometry = try RotaryGeometry(
        headDimension: attention.headDimension, rotaryDimension: geometry.rotaryDimension, base: geometry.base,
        pairing: geometry.pairing, trainedLength: geometry.trainedLength,
        exponentDimension: geometry.exponentDimension)
    }
    if let sinks = extras.sinks { plan.sink = HeadValues(sinks) }
    return plan
  }

  /// Analyses know neither caps nor sinks: they are handed nothing that they would take for plain attention.
  @Test func analysesTakePlainLayersOnly() throws {
    for (family, isPlain) in [("gpt_oss", false), ("gemma2", false), ("deepseek_v3", true), ("gemma4_text", true)] {
      let golden = try DecoderGoldens(family), model = try #require(golden.cases.first).model
      let method = MethodRun(
        try MethodPlanner(MethodSpecification.parse("config"), model: model.resolved, targetLength: 40))
      let moments = try StatisticsEvaluation().measure(
        model.transformer(Float.self), tokens: golden.tokens, method: method
      ).moments
      #expect(moments.heads.isEmpty == !isPlain, "\(family)")
    }
  }
}
