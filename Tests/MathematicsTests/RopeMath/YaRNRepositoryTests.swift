import Foundation
import RopeMath
import RopeTestSupport
import Testing

/// The classes of the YaRN authors' repository, executed: inverse frequencies call by call.
@Suite struct YaRNRepositoryTests {
  /// The specification of a class, with its arguments as the repository names them.
  private func method(of name: String, _ arguments: [String: Any]) -> MethodSpecification? {
    func number(_ key: String) -> Double? { (arguments[key] as? NSNumber)?.doubleValue }
    func given(_ keys: [String: String]) -> [String: ParameterValue] {
      keys.reduce(into: [:]) { result, entry in
        if let value = number(entry.value) { result[entry.key] = .number(value) }
      }
    }
    let window = number("max_position_embeddings") ?? 2048
    let original = number("original_max_position_embeddings") ?? 2048
    switch name {
    case "LlamaLinearScaledRotaryEmbedding": return MethodSpecification("linear", given(["factor": "scale"]))
    case "LlamaNTKScaledRotaryEmbedding", "GPTNeoXNTKScaledRotaryEmbedding":
      return MethodSpecification("ntk", given(["factor": "alpha"]))
    case "LlamaPartNTKScaledRotaryEmbedding":
      var values = given([
        "factor": "scale", "ntk_factor": "ntk_factor", "extrapolation_factor": "extrapolation_factor",
      ])
      values["original_max_position_embeddings"] = .number(original)
      return MethodSpecification("ntk-by-parts-index", values)
    case "LlamaYaRNScaledRotaryEmbedding":
      var values = given([
        "factor": "scale", "beta_fast": "beta_fast", "beta_slow": "beta_slow", "attn_factor": "attn_factor",
        "extrapolation_factor": "extrapolation_factor",
      ])
      values["original_max_position_embeddings"] = .number(original)
      return MethodSpecification("yarn", values)
    case "LlamaDynamicScaledRotaryEmbedding", "GPTNeoXDynamicScaledRotaryEmbedding":
      let isLinear = arguments["ntk"] == nil || (arguments["ntk"] as? NSNumber)?.doubleValue == 0
      var values: [String: ParameterValue] = ["original_max_position_embeddings": .number(window)]
      if isLinear { return MethodSpecification("dynamic-linear", values) }
      values["factor"] = .number(number("ntk") ?? 1)
      return MethodSpecification("dynamic", values)
    case "LlamaDynamicYaRNScaledRotaryEmbedding", "LlamaDynamicPartNTKScaledRotaryEmbedding":
      let id = name.contains("YaRN") ? "dynamic-yarn" : "dynamic-ntk-by-parts"
      return MethodSpecification(
        id,
        [
          "original_max_position_embeddings": .number(original), "max_position_embeddings": .number(window),
          "finetuned": .flag((arguments["finetuned"] as? NSNumber)?.boolValue ?? false),
        ])
    default: return nil
    }
  }

  @Test func everyCallOfEveryClass() throws {
    let root = try #require(try Fixtures.json("golden/yarn_official.json") as? [String: Any])
    let cases = try #require(root["cases"] as? [[String: Any]])
    var worst: [String: Double] = [:]
    var compared = 0
    for entry in cases {
      let inputs = try #require(entry["inputs"] as? [String: Any])
      let outputs = try #require(entry["outputs"] as? [String: Any])
      let name = try #require(inputs["class"] as? String)
      let arguments = try #require(inputs["args"] as? [String: Any])
      let specification = try #require(self.method(of: name, arguments), "\(name)")
      let dimension = (arguments["dim"] as? NSNumber)?.intValue ?? 0
      let base = (arguments["base"] as? NSNumber)?.doubleValue ?? 10_000
      let geometry = try RotaryGeometry(headDimension: dimension, base: base, trainedLength: 2048)
      let method = try BoundMethod(specification, context: MethodContext(geometry: geometry, targetLength: 2048))
      let tolerance = specification.parts.contains { $0.id.contains("yarn") || $0.id.contains("parts") } ? 16.0 : 5
      var reached = 0
      for call in outputs["calls_in_order"] as? [[String: Any]] ?? [] {
        // These classes never shrink: a shorter call keeps the longest length so far.
        reached = max(reached, (call["seq_len"] as? NSNumber)?.intValue ?? 0)
        let plan = try method.plan(length: max(1, reached))
        guard
          let recorded = call["inv_freq_used"] as? [Double] ?? call["inv_freq"] as? [Double] ?? call["inv_freq_after"]
            as? [Double]
        else { continue }
        // The linear classes divide the position and record the table that they leave alone.
        let divisor =
          switch specification.name {
          case "linear": (arguments["scale"] as? NSNumber)?.doubleValue ?? 1
          case "dynamic-linear":
            max(1, Double(reached) / ((arguments["max_position_embeddings"] as? NSNumber)?.doubleValue ?? 1))
          default: 1.0
          }
        let error = Accuracy.worst(plan.inverseFrequencies, recorded.map { $0 / divisor }, by: Accuracy.float32Ulps)
        #expect(error <= tolerance, "\(entry["name"] ?? "") at \(reached): \(error) ulp")
        worst[specification.name] = max(worst[specification.name] ?? 0, error)
        if let magnitude = call["mscale"] as? Double {
          #expect(Accuracy.relative(plan.attentionFactor, magnitude) <= 1e-12, "\(entry["name"] ?? "")")
        }
        compared += 1
      }
      if let magnitude = outputs["mscale_at_init"] as? Double, !specification.name.hasPrefix("dynamic") {
        let plan = try method.plan(length: 2048)
        #expect(Accuracy.relative(plan.attentionFactor, magnitude) <= 1e-12, "\(entry["name"] ?? "")")
      }
    }
    print("YaRN repository: \(compared) calls, worst ulps \(worst.sorted { $0.key < $1.key })")
    #expect(compared >= 30)
  }
}
