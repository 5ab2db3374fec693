import Foundation
import RopeConfig
import RopeMath
import RopeTestSupport

/// A case of a golden file: a config as transformers was given it, and what it computed.
struct GoldenCase: Sendable {
  let name: String
  let configuration: [UInt8]
  let outputs: Data

  static func load(_ file: String) throws -> [GoldenCase] {
    guard let root = try Fixtures.json("golden/\(file)") as? [String: Any],
      let cases = root["cases"] as? [[String: Any]]
    else { return [] }
    return try cases.map { entry in
      let inputs = entry["inputs"] as? [String: Any] ?? [:]
      var configuration = inputs["config"] as? [String: Any] ?? [:]
      // The class stands for the model type where the config leaves it out.
      if configuration["model_type"] == nil, let type = inputs["config_class"] as? String {
        let names = [
          "Gemma3TextConfig": "gemma3_text", "Gemma4TextConfig": "gemma4_text", "LlamaConfig": "llama",
          "Phi3Config": "phi3", "DeepseekV3Config": "deepseek_v3", "GptOssConfig": "gpt_oss",
        ]
        configuration["model_type"] = names[type] ?? type
      }
      let outputs = try JSONSerialization.data(withJSONObject: entry["outputs"] ?? [:])
      return GoldenCase(name: entry["name"] as? String ?? "", configuration: try bytes(configuration), outputs: outputs)
    }
  }

  /// JSON with the fixtures' `{"$float": "nan"}` written as Python's literal.
  private static func bytes(_ configuration: [String: Any]) throws -> [UInt8] {
    let data = try JSONSerialization.data(withJSONObject: configuration, options: [.sortedKeys])
    let text = String(decoding: data, as: UTF8.self)
      .replacingOccurrences(of: "{\"$float\":\"nan\"}", with: "NaN")
      .replacingOccurrences(of: "{\"$float\":\"inf\"}", with: "Infinity")
    return Array(text.utf8)
  }

  var result: [String: Any] { ((try? JSONSerialization.jsonObject(with: outputs)) as? [String: Any]) ?? [:] }

  func model() throws -> Reading { try ModelLoader.load(bytes: configuration, name: name) }
}

extension LayerRotary {
  /// The file's own plan at a length.
  func plan(length: Int, target: Int) throws -> RotaryPlan {
    try BoundMethod(
      scaling ?? MethodSpecification("none"), context: MethodContext(geometry: geometry, targetLength: target)
    )
    .plan(length: length)
  }

  /// Float32 steps that a float64 computation may differ by: the ramp of YaRN is taken in float32 there.
  var tolerance: Double { scaling?.parts.contains { $0.id == "yarn" } == true ? 16 : 5 }
}
