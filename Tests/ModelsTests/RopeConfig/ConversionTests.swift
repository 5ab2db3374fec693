import Foundation
import RopeAdvice
import RopeConfig
import RopeJSON
import RopeMath
import RopeTestSupport
import Testing

@Suite struct ConversionTests {
  private func settings(_ text: String, _ runtime: String, length: Int = 131_072) throws -> RuntimeSettings {
    let chosen = try #require(try RuntimeCatalogue.selection(runtime).runtimes.first)
    return try Conversion.settings(for: chosen, of: declaration(text), length: length)
  }

  @Test func yarnAsEachRuntimeSaysIt() throws {
    #expect(
      try settings(Models.qwen3YaRN, "llama.cpp").text
        == "-c 131072 --rope-scaling yarn --rope-scale 4 --yarn-orig-ctx 32768"
        + " --override-kv qwen3.context_length=int:131072")
    let vllm = try settings(Models.qwen3YaRN, "vllm").text
    #expect(
      vllm.hasPrefix(
        "--hf-overrides '{\"rope_parameters\": {\"rope_theta\": 1000000.0, \"rope_type\": \"yarn\", \"factor\": 4.0"))
    #expect(
      try settings(Models.qwen3YaRN, "megatron").text.contains(
        "--rotary-scaling-factor 4 --yarn-original-max-position-embeddings 32768"))
    #expect(try settings(Models.qwen3YaRN, "sglang").text.contains("--context-length 131072"))
    // The factor of this version is the ratio of the lengths, so that the window says it.
    #expect(try settings(Models.qwen3YaRN, "transformers@4.51").text.hasSuffix("\"max_position_embeddings\": 131072}"))
    #expect(throws: ConfigurationError.self) { try settings(Models.qwen3YaRN, "transformers@4.45") }
  }

  /// Each runtime that has a way to say an explicit factor on cos and sin is told in its own.
  @Test func explicitFactor() throws {
    #expect(try settings(Models.laguna, "vllm").text.contains("\"attention_factor\": 1.0"))
    #expect(try settings(Models.laguna, "vllm@0.29").text.contains("\"attn_factor\": 0.706"))
    #expect(try settings(Models.laguna, "sglang").text.contains("\"attn_factor\": 0.706"))
    #expect(try settings(Models.laguna, "mlx-lm").text.contains("\"mscale\": 0.0, \"mscale_all_dim\": 0.0"))
    #expect(
      try settings(Models.laguna, "llama.cpp").text.contains("--override-kv qwen2.rope.scaling.attn_factor=float:0.706")
    )
  }

  @Test func otherMethods() throws {
    #expect(try settings(Models.llama31, "torchtitan").text.contains("scaling=\"llama\", scaling_factor=8.0"))
    #expect(try settings(Models.llama31, "megatron").text.contains("--use-rope-scaling --rope-scaling-factor 8"))
    #expect(try settings(Models.llama31, "llama.cpp").text == "-c 131072")
    let truncated = Models.qwen3YaRN.replacing("\"factor\": 4.0", with: "\"factor\": 4.0, \"truncate\": false")
    #expect(throws: ConfigurationError.self) { try settings(truncated, "llama.cpp") }
    #expect(throws: ConfigurationError.self) { try settings(truncated, "mlx-lm") }
    #expect(try settings(truncated, "megatron").text.contains("--no-yarn-correction-range-round-to-int"))
    #expect(throws: ConfigurationError.self) { try settings(Models.llama31, "deepseek") }
  }

  /// Where the base grows with the length, a runtime without such scaling is told the base of one length.
  @Test func growingBaseStandsStillAtOneLength() throws {
    let model =
      """
      {"model_type": "llama", "head_dim": 128, "max_position_embeddings": 4096, "rope_theta": 10000.0,
       "rope_scaling": {"type": "dynamic", "factor": 2.0}}
      """
    let found = try settings(model, "llama.cpp", length: 16_384)
    let base = 10_000 * pow(7.0, 128.0 / 126)
    let written = try #require(found.text.split(separator: " ").dropFirst(3).first.flatMap { Double($0) })
    #expect(Accuracy.relative(written, base) < 1e-12)
    #expect(found.notes.contains { $0.contains("16384 tokens only") })
    #expect(try settings(model, "transformers@4.45", length: 16_384).text.contains("\"dynamic\""))
  }

  /// Settings of a configuration, written into it, give the same numbers: what the conversion promises.
  @Test func writtenSettingsGiveTheSamePlan() throws {
    var compared = 0
    for model in [Models.plain, Models.qwen3YaRN, Models.laguna, Models.llama31, Models.deepSeekV3] {
      let reference = try #require(try RuntimeCatalogue.reference.layers(of: declaration(model), length: 65_536).first)
      for runtime in RuntimeCatalogue.all {
        guard let found = try? Conversion.settings(for: runtime, of: declaration(model), length: 65_536),
          found.kind == .configuration, !found.isUnchanged, runtime.name != "deepseek"
        else { continue }
        var object = try #require(try JSONSerialization.jsonObject(with: Data(model.utf8)) as? [String: Any])
        object["rope_scaling"] = nil
        let changes = try #require(try JSONSerialization.jsonObject(with: Data(found.text.utf8)) as? [String: Any])
        object.merge(changes) { $1 }
        let data = try JSONSerialization.data(withJSONObject: object)
        let layer = try #require(
          try runtime.layers(of: Declaration(SourceText(bytes: [UInt8](data))), length: 65_536).first)
        #expect(!PlanComparison(of: layer.plan, with: reference.plan).isMismatch, "\(runtime.id)")
        compared += 1
      }
    }
    print("settings written back: \(compared)")
    #expect(compared >= 15)
  }

  // MARK: Suggestions

  @Test func nothingIsChangedWithinReach() throws {
    let suggestion = try Suggestion(for: declaration(Models.plain), target: 16_384)
    #expect(suggestion.advice.action == .unchanged && suggestion.advice.method == nil)
    #expect(try Suggestion(for: declaration(Models.llama31), target: 131_072).advice.action == .unchanged)
    #expect(try Suggestion(for: declaration(Models.qwen3YaRN), target: 131_072).advice.action == .unchanged)
  }

  @Test func frozenWeightsGetTheSmallestFactor() throws {
    let suggestion = try Suggestion(for: declaration(Models.plain), target: 131_072)
    #expect(suggestion.advice.factor == 4)
    #expect(suggestion.advice.method == "yarn:factor=4,original_max_position_embeddings=32768")
    #expect(suggestion.advice.reasons.contains { $0.source != nil } && suggestion.advice.cautions.isEmpty)
    let llamaCpp = try #require(suggestion.settings.first { $0.runtime == "llama.cpp" })
    #expect(llamaCpp.text == "-c 131072 --rope-scaling yarn --rope-scale 4 --yarn-orig-ctx 32768")
    let transformers = try #require(suggestion.settings.first { $0.runtime == "transformers" })
    #expect(transformers.text?.contains("\"max_position_embeddings\": 131072") == true)
    for entry in suggestion.settings where entry.runtime != "deepseek" {
      #expect(entry.supported, "\(entry.runtime): \(entry.reason ?? "")")
    }
    #expect(try !Suggestion(for: declaration(Models.plain), target: 1 << 20).advice.cautions.isEmpty)
    // Versions that take the ratio of the lengths agree as well, since the window is written out.
    let old = try RuntimeCatalogue.selection("transformers@4.51").runtimes
    #expect(
      try Suggestion(for: declaration(Models.plain), target: 131_072, runtimes: old).settings.allSatisfy(\.supported))
  }

  @Test func trainingBudgetRaisesTheBase() throws {
    let suggestion = try Suggestion(for: declaration(Models.plain), target: 131_072, trainTokens: 2e9)
    // α = 4·4 − 3 = 13.
    let base = (1_000_000 * pow(13.0, 128.0 / 126)).rounded()
    #expect(suggestion.advice.method == "abf:rope_theta=\(base.formattedShortest)")
    for entry in suggestion.settings where entry.runtime != "deepseek" {
      #expect(entry.supported, "\(entry.runtime): \(entry.reason ?? "")")
    }
  }

  @Test func ownScalingIsStretched() throws {
    let suggestion = try Suggestion(for: declaration(Models.llama31), target: 262_144)
    #expect(suggestion.advice.method?.hasPrefix("llama3:factor=16,") == true && !suggestion.advice.cautions.isEmpty)
    let llamaCpp = try #require(suggestion.settings.first { $0.runtime == "llama.cpp" })
    #expect(llamaCpp.kind == RuntimeSettings.Kind.configuration.rawValue)
    #expect(llamaCpp.notes.contains { $0.contains("convert_hf_to_gguf.py") })
  }

  // MARK: Differences

  @Test func differenceOfTwoConfigurations() throws {
    let plain = Models.qwen3YaRN.replacing(
      ",\n \"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 4.0, \"original_max_position_embeddings\": 32768}",
      with: "")
    let difference = try PlanDifference(declaration(plain), declaration(Models.qwen3YaRN), length: 131_072)
    let layer = try #require(difference.layers.first)
    #expect(difference.differs && layer.methods.first == "none")
    // Pairs up to the ramp's low end, 23, are left alone.
    #expect(layer.pairs.map(\.pair) == Array(24..<64))
    // The temperature acts from the first token on.
    #expect(layer.firstPosition == 0)
    for pair in layer.pairs {
      guard let position = pair.firstPosition else { continue }
      let step = abs(pair.first - pair.second)
      #expect(step * Double(position) > 0.1 && step * Double(position - 1) <= 0.1 * (1 + 1e-12), "pair \(pair.pair)")
    }
    #expect(try !PlanDifference(declaration(plain), declaration(plain), length: 4096).differs)
    let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(difference)) as? [String: Any]
    #expect(object?["schema"] as? String == "ropescope.diff/1")
  }
}
