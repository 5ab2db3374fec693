import RopeAdvice
import RopeConfig
import RopeJSON
import RopeMath
import RopeTestSupport
import Testing

/// What is printed for particular models, letter by letter.
@Suite struct SettingsTextTests {
  private func field(_ name: String) throws -> Declaration {
    try Declaration(SourceText(bytes: [UInt8](Fixtures.data("field/\(name).json")), path: name))
  }

  private func suggested(
    _ declaration: Declaration, _ target: Int, _ runtime: String
  ) throws -> (suggestion: Suggestion, text: String?) {
    let runtimes = try RuntimeCatalogue.selection(runtime).runtimes
    let suggestion = try Suggestion(for: declaration, target: target, runtimes: runtimes)
    return (suggestion, suggestion.settings.first?.text)
  }

  /// A nested language model is told at its own path, with all that its dictionary held.
  @Test func nestedModels() throws {
    let model = try field("qwen3-vl-8b-suggest")
    let dictionary = """
      {"rope_theta": 5000000.0, "rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 262144, \
      "mrope_interleaved": true, "mrope_section": [24, 20, 20]}
      """
    for version in ["0.29", "0.33"] {
      #expect(
        try suggested(model, 1_048_576, "vllm@\(version)").text == """
          --hf-overrides '{"text_config": {"rope_parameters": \(dictionary), "max_position_embeddings": 1048576}}' \
          --max-model-len 1048576
          """)
    }
    #expect(
      try suggested(model, 1_048_576, "sglang@0.5.23").text == """
        --json-model-override-args '{"text_config": {"rope_parameters": \(dictionary), \
        "max_position_embeddings": 1048576}}' \
        --context-length 1048576
        """)
    let share = try suggested(field("qwen3.8-27b-flat-override-32768"), 1_048_576, "vllm@0.33").text
    #expect(share?.contains("\"partial_rotary_factor\": 0.25") == true && share?.contains("\"mrope_section\"") == true)
  }

  /// A class's own longer context would change base and window again: its switch is turned off.
  @Test func aSwitchOfTheClassIsTurnedOff() throws {
    for runtime in ["transformers", "vllm", "sglang"] {
      let text = try #require(try suggested(field("zamba2-long"), 32_768, runtime).text, "\(runtime)")
      #expect(text.contains("\"use_long_context\": false") && text.contains("81512.82"), "\(runtime): \(text)")
    }
  }

  /// What was trained needs no scaling: the window alone is raised, or nothing.
  @Test func withinWhatWasTrained() throws {
    let commandR = try suggested(field("command-r-8192-field"), 65_536, "llama.cpp")
    #expect(commandR.suggestion.advice.action == .window && commandR.suggestion.advice.method == nil)
    #expect(commandR.suggestion.advice.nativeLength == 131_072)
    #expect(commandR.text == "-c 65536 --override-kv command-r.context_length=int:65536")
    #expect(
      try suggested(field("command-r-8192-field"), 65_536, "transformers").text
        == "{\"max_position_embeddings\": 65536}")
    let hunyuan = try suggested(field("hunyuan-a13b-alpha"), 262_144, "vllm")
    #expect(hunyuan.suggestion.advice.action == .window)
    #expect(
      hunyuan.text == "--hf-overrides '{\"max_position_embeddings\": 262144}' --max-model-len 262144")
    let reached = [("qwen3-4b-2507", 262_144), ("qwen3.8-27b-yarn-mlx-vlm", 1_048_576), ("seed-oss-36b", 65_536)]
    for (name, target) in reached {
      let found = try Suggestion(for: field(name), target: target, runtimes: [RuntimeCatalogue.reference])
      #expect(found.advice.action == .unchanged && found.advice.method == nil, "\(name)")
    }
    // Nothing is printed, not even that plain rotation cannot be said.
    let plain = try Suggestion(for: declaration(Models.plain), target: 16_384)
    #expect(plain.advice.action == .unchanged && plain.settings.isEmpty)
  }

  /// An edited window says nothing of what was trained.
  @Test func editedWindows() throws {
    let found = try Suggestion(for: field("qwen3-32b-window-only"), target: 131_072)
    #expect(found.advice.method == "yarn:factor=4,original_max_position_embeddings=32768")
  }

  /// Options of old releases.
  @Test func oldReleases() throws {
    let model = try declaration(Models.plain)
    #expect(
      try suggested(model, 131_072, "vllm@0.8.5").text == """
        --rope-scaling '{"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}' \
        --max-model-len 131072
        """)
    let method = MethodSpecification("abf", ["rope_theta": .number(5_000_000)])
    let runtime = try #require(try RuntimeCatalogue.selection("vllm@0.8.5").runtimes.first)
    let base = try Conversion.settings(for: runtime, of: model, length: 65_536, method: method, window: 65_536)
    #expect(
      base.text == "--rope-theta 5000000.0 --hf-overrides '{\"max_position_embeddings\": 65536}' --max-model-len 65536")
  }

  /// One entry for each type of layer where the class has several.
  @Test func typesOfLayers() throws {
    let text = try suggested(ModelLoader.declaration("gemma-3-4b"), 524_288, "vllm@0.33").text
    let full = "\"full_attention\": {\"rope_theta\": 1000000.0, \"rope_type\": \"linear\", \"factor\": 32.0}"
    #expect(text?.contains(full) == true)
    #expect(text?.contains("\"sliding_attention\": {\"rope_theta\": 10000.0, \"rope_type\": \"default\"}") == true)
  }

  /// Layers that see less than was trained meet no new angle.
  @Test func slidingModels() throws {
    let found = try Suggestion(for: ModelLoader.declaration("mistral-7b"), target: 32_768)
    #expect(found.advice.action == .unchanged && found.advice.reasons.contains { $0.text.contains("no angle is new") })
  }

  /// A GGUF file is told by options, and by no other program than llama.cpp.
  @Test func ggufFiles() throws {
    let vicuna = try ModelLoader.declaration(Fixtures.url("field/wizard-vicuna-30b.gguf").path)
    let found = try Suggestion(for: vicuna, target: 4096)
    let entry = try #require(found.settings.first { $0.runtime == "llama.cpp" })
    #expect(entry.text == "-c 4096 --rope-scaling yarn --rope-scale 2 --yarn-orig-ctx 2048")
    #expect(found.settings.allSatisfy { $0.supported == ($0.runtime == "llama.cpp") })
    let vllm = try #require(found.settings.first { $0.runtime == "vllm" })
    #expect(vllm.reason?.contains("GGUF") == true)
    let runtime = try #require(try RuntimeCatalogue.selection("llama.cpp").runtimes.first)
    let base = MethodSpecification("abf", ["rope_theta": .number(40_000)])
    #expect(
      try Conversion.settings(for: runtime, of: vicuna, length: 4096, method: base, window: 4096).text
        == "-c 4096 --rope-freq-base 40000 --override-kv llama.context_length=int:4096")
    #expect(try Conversion.settings(for: runtime, of: vicuna, length: 2048).isUnchanged)
    let smolLM = try ModelLoader.declaration(Fixtures.url("field/smollm3.gguf").path)
    #expect(try Suggestion(for: smolLM, target: 32_768).advice.action == .unchanged)
  }
}
