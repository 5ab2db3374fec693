import RopeConfig
import RopeJSON
import Testing

/// What classes and makers' programs do that their files do not say.
@Suite struct ClassFactsTests {
  private func reading(_ text: String, _ runtime: String = "transformers") throws -> Reading {
    let declaration = try Declaration(SourceText(bytes: Array(text.utf8)))
    return try #require(try RuntimeCatalogue.selection(runtime).runtimes.last).read(declaration)
  }

  /// mistral-inference and llama multiply neighbours as complex numbers, with scaling and without.
  @Test(arguments: [
    (#""hidden_dim": 14336, "head_dim": 128, "rope_theta": 5000.0, "max_seq_len": 32768"#, 5000.0),
    (#""hidden_dim": 14336, "head_dim": 128, "max_seq_len": 32768"#, 1e6),
    (#""multiple_of": 256, "max_seq_len": 2048"#, 1e4),
    (
      #""hidden_dim": 14336, "head_dim": 128, "rope_theta": 1e6, "max_seq_len": 262144, "yarn": {"factor": 8, "beta": 32, "alpha": 1, "original_max_position_embeddings": 32768}"#,
      1e6
    ),
  ])
  func makersPairNeighbours(_ keys: String, _ base: Double) throws {
    let layer = try #require(
      try reading(#"{"dim": 4096, "n_layers": 32, "n_heads": 32, "vocab_size": 32000, \#(keys)}"#).layerTypes.first)
    #expect(layer.geometry.pairing == .interleaved && layer.geometry.base == base)
  }

  /// Run with the classes of 5.24.0: what is typed as a number stops at a null, the rest is derived.
  @Test func nullsThatAClassStopsAt() throws {
    func refusal(_ type: String, _ key: String, _ version: String = "5.24") throws -> String? {
      let text = #"{"model_type": "\#(type)", "hidden_size": 4096, "num_attention_heads": 32, "\#(key)": null}"#
      return try reading(text, "transformers@" + version).layerTypes.first?.refusal?.message
    }
    for (type, key) in [
      ("qwen3", "head_dim"), ("mixtral", "num_key_value_heads"), ("qwen2", "max_position_embeddings"),
      ("llama", "rope_theta"),
    ] {
      #expect(try refusal(type, key)?.contains("“\(key)” is null") == true, "\(type) \(key)")
    }
    for (type, key) in [
      ("llama", "head_dim"), ("qwen2", "num_key_value_heads"), ("qwen2", "sliding_window"), ("gpt_neox", "rope_theta"),
    ] {
      #expect(try refusal(type, key) == nil, "\(type) \(key)")
    }
    #expect(try refusal("qwen3", "head_dim", "5.0") == nil)
  }

  /// The class multiplies by the magnitudes of the file in every version but 5.0.0, which stops.
  @Test func magnitudesOfPhiMoE() throws {
    let text = """
      {"model_type": "phimoe", "hidden_size": 256, "num_attention_heads": 32, "max_position_embeddings": 131072, \
      "original_max_position_embeddings": 4096, "rope_scaling": {"type": "longrope", "short_factor": [1, 1, 1, 1], \
      "long_factor": [1, 2, 3, 4], "short_mscale": 1.25, "long_mscale": 1.5, "original_max_position_embeddings": 4096}}
      """
    let declaration = try Declaration(SourceText(bytes: Array(text.utf8)))
    for version in ["4.50", "4.57", "5.12", "5.24"] {
      let runtime = try #require(try RuntimeCatalogue.selection("transformers@" + version).runtimes.first)
      let layer = try #require(try runtime.layers(of: declaration, length: 131_072).first)
      #expect(layer.plan.attentionFactor == 1.5, "\(version)")
    }
    let first = try #require(try RuntimeCatalogue.selection("transformers@5.0").runtimes.first)
    #expect(throws: ConfigurationError.self) { try first.layers(of: declaration, length: 4096) }
  }

  /// Of rope_parameters some classes of MLX take the base alone.
  @Test func mlxTakesTheBaseAlone() throws {
    func scaled(_ type: String) throws -> LayerRotary {
      try #require(
        try reading(
          """
          {"model_type": "\(type)", "hidden_size": 1024, "num_attention_heads": 16, "max_position_embeddings": 32768, \
          "head_dim": 64, "rope_parameters": {"rope_type": "linear", "rope_theta": 5000.0, "factor": 4.0}}
          """, "mlx-lm"
        ).layerTypes.first)
    }
    #expect(try scaled("lfm2").scaling == nil && scaled("lfm2").geometry.base == 5000)
    #expect(try scaled("qwen3").scaling != nil && scaled("qwen3").geometry.base == 5000)
    #expect(try scaled("llama").scaling == nil && scaled("llama").geometry.base == 10_000)
  }

  @Test func aNameMeansOneModel() {
    #expect(ModelPresets.closest(to: "qwen2.5-7b")?.name == ModelPresets.named("qwen2.5-7b")?.name)
    #expect(PublishedModel.named("Qwen/Qwen2.5-Math-7B")?.windows == [4096])
    #expect(ModelPresets.closest(to: "Qwen/Qwen2.5-Math-7B") == nil)
  }
}
