import RopeConfig
import RopeJSON
import RopeMath
import Testing

/// What releases of the same runtime compute otherwise.
@Suite struct RuntimeBandsTests {
  private func layer(_ runtime: String, _ text: String, length: Int = 32_768, served: Int? = nil) throws -> RuntimeLayer
  {
    let chosen = try #require(try RuntimeCatalogue.selection(runtime).runtimes.first)
    return try #require(try chosen.layers(of: declaration(text), length: length, servedLength: served).first)
  }

  private func model(_ scaling: String, type: String = "llama", window: Int = 32_768, extra: String = "") -> String {
    """
    {"model_type": "\(type)", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": \(window),
     "rope_theta": 500000.0, \(extra)"rope_scaling": {\(scaling)}}
    """
  }

  private func refuses(_ runtime: String, _ text: String, _ words: String) {
    do {
      _ = try layer(runtime, text)
      Issue.record("\(runtime) takes it")
    } catch let error as ConfigurationError {
      #expect(error.message.contains(words), "\(runtime): \(error.message)")
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test func vllmTypeKeys() throws {
    let both = model(#""type": "linear", "rope_type": "dynamic", "factor": 2.0"#)
    #expect(try layer("vllm 0.6.3", both).method == "linear")
    #expect(try layer("vllm 0.6.4", both).method == "ntk")
    refuses("vllm 0.8.5", both, "contradict")
    let names = model(#""type": "mrope", "rope_type": "default", "mrope_section": [16, 24, 24]"#)
    refuses("vllm 0.11.0", names, "contradict")
    #expect(try layer("vllm 0.12", names).method == "none")
    refuses("vllm 0.6.3", model(#""rope_type": "default""#), "not known")
    #expect(try layer("vllm 0.6.4", model(#""rope_type": "default""#)).method == "none")
  }

  @Test func vllmDictionaries() throws {
    let modern = """
      {"model_type": "llama", "head_dim": 128, "max_position_embeddings": 131072,
       "rope_parameters": {"rope_type": "linear", "factor": 4.0, "rope_theta": 500000.0}}
      """
    #expect(try layer("vllm 0.8.5", modern).method == "none" && layer("vllm 0.8.5", modern).plan.base == 10_000)
    #expect(try layer("vllm 0.24", modern).method == "linear" && layer("vllm 0.24", modern).plan.base == 500_000)
    let yarn = model(
      #""rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 8192, "truncate": false"#)
    #expect(try layer("vllm 0.11.0", yarn).parameters["truncate"] == .flag(true))
    #expect(try layer("vllm 0.12.0", yarn).parameters["truncate"] == .flag(false))
  }

  @Test func vllmTemperatureAndDynamic() throws {
    let yarn = model(
      #""rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 8192, "attention_factor": 1.0, "attn_factor": 2.0"#
    )
    #expect(abs(try layer("vllm 0.29.0", yarn).plan.attentionFactor - 2 * 1.1386294) < 1e-6)
    #expect(try layer("vllm 0.30.0", yarn).plan.attentionFactor == 1)
    let dynamic = model(#""type": "dynamic", "factor": 2.0"#, window: 4096)
    #expect(try layer("vllm 0.21.0", dynamic).method == "ntk" && layer("vllm 0.22.1", dynamic).method == "none")
    let alpha = model(#""type": "dynamic", "alpha": 4.0, "factor": 2.0"#, window: 4096)
    #expect(try layer("vllm 0.9.0", alpha).parameters["factor"] == .number(3))
    #expect(try layer("vllm 0.9.2", alpha).parameters["factor"] == .number(4))
    // HunYuan-VL's type was a class of vLLM's own until 0.30 took it out; to text it is NTK alpha.
    let xdrope = model(#""rope_type": "xdrope", "alpha": 1000.0, "xdrope_section": [16, 16, 16, 16]"#, window: 4096)
    #expect(try layer("vllm 0.14.0", xdrope).parameters["factor"] == .number(1000))
    refuses("vllm 0.8.5", model(#""rope_type": "ntk", "factor": 2.0"#), "not known")
    #expect(try layer("vllm 0.9.0", model(#""rope_type": "ntk", "factor": 2.0"#)).method == "ntk-fixed")
    refuses("vllm 0.18.1", model(#""rope_type": "proportional""#), "not known")
  }

  @Test func vllmSearchedLists() throws {
    let list = "[" + Array(repeating: "2.0", count: 64).joined(separator: ", ") + "]"
    let config = model(
      "\"rope_type\": \"longrope\", \"short_factor\": \(list.replacing("2.0", with: "1.0")), \"long_factor\": \(list)",
      window: 131_072, extra: "\"original_max_position_embeddings\": 4096, ")
    #expect(try layer("vllm 0.11.0", config, length: 1000, served: 131_072).plan.inverseFrequencies[0] == 1)
    #expect(try layer("vllm 0.11.1", config, length: 1000, served: 131_072).plan.inverseFrequencies[0] == 0.5)
    refuses(
      "vllm 0.6.6", config.replacing("\"rope_theta\"", with: "\"partial_rotary_factor\": 0.5, \"rope_theta\""), "partly"
    )
  }

  @Test func multimodalYaRN() throws {
    let config = model(
      #""rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768, "mrope_section": [16, 24, 24]"#,
      type: "qwen2_5_vl")
    func original(_ runtime: String) throws -> ParameterValue? {
      try layer(runtime, config).parameters["original_max_position_embeddings"]
    }
    #expect(try original("vllm 0.10.2") == .number(32_768) && original("vllm 0.11.0") == .number(131_072))
  }

  @Test func sglangReleases() throws {
    let yarn = model(
      #""rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 8192, "truncate": false, "mscale": 0.5, "mscale_all_dim": 1.0"#
    )
    #expect(try layer("sglang 0.5.6", yarn).parameters["truncate"] == .flag(true))
    #expect(try layer("sglang 0.5.10", yarn).parameters["truncate"] == .flag(false))
    #expect(try layer("sglang 0.5.15", yarn).plan.attentionFactor > 1.1)
    #expect(try layer("sglang 0.5.20", yarn).plan.attentionFactor < 1)
    refuses("sglang 0.4.9", model(#""rope_type": "yarn", "factor": 4.0"#), "KeyError")
    refuses("sglang 0.5.10", model(#""rope_type": "proportional""#), "not known")
    let alpha = model(#""type": "dynamic", "alpha": 4.0, "factor": 2.0"#)
    #expect(try layer("sglang 0.4.4", alpha).parameters["factor"] == .number(3))
    #expect(try layer("sglang 0.4.9", alpha).parameters["factor"] == .number(4))
  }

  @Test func transformersReleases() throws {
    let linear = model(#""type": "linear", "factor": 4.0"#)
    #expect(try layer("transformers 4.30.2", linear).method == "none")
    #expect(try layer("transformers 4.31.0", linear).method == "linear")
    refuses("transformers 4.42.4", Models.llama31, "exactly")
    refuses("transformers 4.40.2", model(#""type": "linear", "factor": 4"#), "fraction")
    #expect(try layer("transformers 4.43.0", Models.llama31).method == "llama3")
    let yarn = model(#""rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 8192"#, window: 16_384)
    for (version, factor, original) in [
      ("4.48.0", 4.0, 16_384.0), ("4.50.3", 4, 16_384), ("4.51.0", 2, 8192), ("4.56.0", 4, 8192),
    ] {
      let parameters = try layer("transformers \(version)", yarn).parameters
      #expect(parameters["factor"] == .number(factor), "\(version)")
      #expect(parameters["original_max_position_embeddings"] == .number(original), "\(version)")
    }
    let loose = yarn.replacing("8192", with: "8192, \"truncate\": false")
    #expect(try layer("transformers 4.54.1", loose).parameters["truncate"] == .flag(true))
    #expect(try layer("transformers 4.55.0", loose).parameters["truncate"] == .flag(false))
    refuses("transformers 5.4.0", model(#""rope_type": "proportional""#), "not known")
    #expect(try layer("transformers 5.5.4", model(#""rope_type": "proportional""#)).method == "proportional")
    refuses("transformers 5.2.0", Models.plain.replacing("qwen2", with: "qwen3_5"), "no model class")
  }

  @Test func nestedDictionaries() throws {
    let nested = """
      {"model_type": "qwen2", "head_dim": 64, "max_position_embeddings": 32768, "num_hidden_layers": 2, "rope_theta": 20000.0,
       "layer_types": ["full_attention", "sliding_attention"], "sliding_window": 1024, "use_sliding_window": true,
       "rope_parameters": {"full_attention": {"rope_type": "linear", "factor": 4.0, "rope_theta": 500000.0},
       "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0}}}
      """
    let old = try layer("transformers 5.12.1", nested)
    #expect(old.method == "none" && old.notes.contains { $0.contains("un-scaled") })
    #expect(abs(old.plan.inverseFrequencies[1] - old.plan.geometry.inverseFrequencies(base: 20_000)[1]) < 1e-12)
    #expect(try layer("transformers 5.24.0", nested).method == "linear")
    refuses(
      "transformers 5.17.0",
      nested.replacing("\"rope_parameters\": {", with: "\"rope_parameters\": {\"rope_theta\": 1.0, "), "5.17")
  }

  @Test func mistralWithoutHeadSize() throws {
    let mistral = model(
      #""rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 8192"#, type: "mistral")
    refuses("transformers 4.57.6", mistral, "head_dim is absent")
    refuses("transformers 4.52.4", mistral, "TypeError")
    refuses(
      "transformers 4.57.6", mistral.replacing("\"rope_theta\"", with: "\"head_dim\": null, \"rope_theta\""),
      "head_dim is null")
    #expect(try layer("transformers 4.51.3", mistral).method == "yarn")
    #expect(
      try layer("transformers 4.57.6", mistral.replacing("\"rope_theta\"", with: "\"head_dim\": 128, \"rope_theta\""))
        .method
        == "yarn")
    #expect(
      try layer("transformers 4.57.6", model(#""rope_type": "linear", "factor": 4.0"#, type: "mistral")).method
        == "linear")
  }

  @Test func torchTitanGuard() throws {
    #expect(try layer("torchtitan 0.2.0", Models.deepSeekV3, length: 4096).method == "none")
    #expect(try layer("torchtitan 0.2.0", Models.deepSeekV3, length: 8192).method != "none")
    #expect(try layer("torchtitan", Models.deepSeekV3, length: 4096).method != "none")
  }

  /// Without an original length llama3 takes the window in transformers 5.
  @Test func llama3WithoutOriginalLength() throws {
    let config = model(
      #""rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0"#, window: 131_072)
    #expect(
      try layer("transformers", config).parameters["original_max_position_embeddings"] == .number(131_072))
    refuses("transformers 4.57.6", config, "original_max_position_embeddings")
  }

  /// A negative attention factor is only warned of, in every release, and turns the sign of nothing: it is squared.
  @Test func negativeAttentionFactor() throws {
    let config = model(
      #""rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 8192, "attention_factor": -1.0"#)
    for runtime in ["transformers", "transformers 5.2.0", "transformers 4.57.6", "transformers 4.45.2"] {
      #expect(try layer(runtime, config).plan.attentionFactor == -1, "\(runtime)")
    }
  }

  /// Values of several types of layer carry the type's name.
  @Test func labelsOfLayerTypes() throws {
    let config = """
      {"model_type": "gemma3_text", "head_dim": 256, "max_position_embeddings": 131072, "num_hidden_layers": 6,
       "layer_types": ["sliding_attention", "sliding_attention", "sliding_attention", "sliding_attention",
       "sliding_attention", "full_attention"], "sliding_window": 512,
       "rope_parameters": {"full_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 1000000.0},
       "sliding_attention": {"rope_type": "linear", "factor": 2.0, "rope_theta": 10000.0}}}
      """
    let keys = try RuntimeCatalogue.reference.read(declaration(config)).values.map(\.key)
    #expect(
      keys.contains("full_attention.factor") && keys.contains("sliding_attention.factor") && !keys.contains("factor"))
  }
}
