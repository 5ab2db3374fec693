import RopeAdvice
import RopeConfig
import RopeMath
import RopeTestSupport
import Testing

/// Whatever stands in a file, each runtime answers with a plan of finite numbers or a sentence.
@Suite struct HostileConfigurationTests {
  private static let values = [
    "null", "\"x\"", "-1", "0", "1e-300", "1e300", "1e999", "NaN", "[]", "{}", "true", "0.5", "3",
  ]
  private static let keys = [
    "factor", "original_max_position_embeddings", "beta_fast", "beta_slow", "mscale", "mscale_all_dim",
    "attention_factor", "attn_factor", "truncate", "low_freq_factor", "high_freq_factor", "short_factor", "alpha",
    "partial_rotary_factor", "rope_theta", "type", "llama_4_scaling_beta",
  ]
  private static let types = [
    "linear", "dynamic", "yarn", "llama3", "longrope", "ntk", "proportional", "deepseek_yarn", "default",
  ]

  private func dictionary(_ type: String, _ key: String, _ value: String) -> String {
    var members = [
      ("rope_type", "\"\(type)\""), ("factor", "4.0"), ("original_max_position_embeddings", "2048"),
      ("low_freq_factor", "1.0"), ("high_freq_factor", "4.0"), ("short_factor", "[1, 2, 3, 4]"),
      ("long_factor", "[2, 3, 4, 5]"),
    ]
    members.removeAll { $0.0 == key }
    members.append((key, value))
    return "{" + members.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}"
  }

  /// One rotated feature is rounded up to a pair, and its exponent is no range.
  @Test func oneRotatedFeatureIsAPair() throws {
    let bytes = Array(try Fixtures.data("hostile/rotary-dim-one.json"))
    #expect(try ModelLoader.load(bytes: bytes, name: "x").layerTypes.first?.geometry.rotaryDimension == 2)
  }

  @Test(arguments: types) func everyAnswerIsFinite(_ type: String) throws {
    var answers = 0
    for key in Self.keys {
      for (index, value) in Self.values.enumerated() {
        let place = index.isMultiple(of: 2) ? "rope_scaling" : "rope_parameters"
        let model = index.isMultiple(of: 3) ? "deepseek_v3" : "llama"
        let latent = index.isMultiple(of: 3) ? "\"kv_lora_rank\": 8, \"qk_rope_head_dim\": 8, " : ""
        let config = try declaration(
          """
          {"model_type": "\(model)", \(latent)"head_dim": 8, "max_position_embeddings": 8192, "rope_theta": 10000.0,
           "\(place)": \(dictionary(type, key, value))}
          """)
        for runtime in RuntimeCatalogue.all {
          guard let layers = try? runtime.layers(of: config, length: 4096) else { continue }
          #expect(
            layers.allSatisfy {
              $0.plan.inverseFrequencies.allSatisfy(\.isFinite) && $0.plan.attentionFactor.isFinite
            })
          _ = layers.first?.table(at: 4095)
          answers += 1
        }
        if key == "factor" { _ = try? Suggestion(for: config, target: 65_536) }
      }
    }
    #expect(answers > 100)
  }
}
