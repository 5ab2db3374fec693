import RopeConfig
import RopeJSON
import RopeMath
import Testing

/// What a reading says of families, known and unknown.
struct FamilyReadingTests {
  private func read(_ text: String) throws -> Reading {
    try RuntimeCatalogue.reference.read(Declaration(SourceText(bytes: Array(text.utf8))))
  }

  private static let sizes =
    #""hidden_size": 2048, "num_attention_heads": 16, "num_hidden_layers": 8, "max_position_embeddings": 4096"#

  @Test func everyNameStandsOnce() {
    let names = Family.knownTypes
    #expect(names.count > 300 && Set(names).count == names.count)
    for name in names { #expect(Family.isKnown(name), "\(name)") }
    #expect(!Family.isKnown("no-such-class"))
  }

  @Test func architecturesOfGGUFMeanKnownTypes() {
    #expect(Family.named("qwen3").ggufArchitecture == "qwen3")
    #expect(Family.named("deepseek_v3").ggufArchitecture == "deepseek2")
    #expect(Family.knownTypes.count { Family.named($0).ggufArchitecture != nil } > 50)
  }

  @Test func anUnknownClassBelievesTheCommonKeys() throws {
    let share = try read(#"{"model_type": "newest", "partial_rotary_factor": 0.5, "rope_theta": 1e6, \#(Self.sizes)}"#)
    #expect(share.isUnknownFamily && share.layerTypes[0].geometry.rotaryDimension == 64)
    #expect(share.notes.contains { $0.contains("“newest” is not known") })
    let sections = try read(
      #"{"model_type": "newest", "rope_scaling": {"rope_type": "default", "mrope_section": [8, 8, 8]}, \#(Self.sizes)}"#
    )
    #expect(sections.layerTypes[0].geometry.rotaryDimension == 48)
    let layers = try read(#"{"model_type": "newest", "no_rope_layers": [3, 7], \#(Self.sizes)}"#)
    #expect(layers.layersWithoutRotation == [3, 7])
    let nothing = try read(#"{"model_type": "newest", "position_embedding_type": "alibi", \#(Self.sizes)}"#)
    #expect(!nothing.rotates && nothing.noRotationReason?.place?.pointer == "/position_embedding_type")
  }

  @Test func valuesOfTheClassAreDefaults() throws {
    let reading = try read(
      #"{"model_type": "gpt_oss", "hidden_size": 2880, "num_attention_heads": 64, "num_hidden_layers": 4}"#)
    let factor = try #require(reading.values.first { $0.key == "factor" })
    #expect(factor.origin == .default && factor.value == .number(32) && factor.pointer == nil && factor.line == nil)
    #expect(reading.layerTypes[0].geometry.trainedLength == 4096)
    #expect(reading.layerWindows == [128, nil, 128, nil])
    #expect(
      reading.slidingWindow(at: 2) == 128 && reading.slidingWindow(at: 1) == nil && reading.slidingWindow(at: 9) == nil)
  }

  /// llava-1.5, Qwen2-Audio and Janus-Pro: a section is saved as what differs from its class.
  @Test func aSectionLeavesSizesToItsClass() throws {
    let files = [
      #"{"model_type": "llava", "text_config": {"model_type": "llama", "max_position_embeddings": 4096}}"#,
      #"{"model_type": "qwen2_audio", "text_config": {"model_type": "qwen2", "max_position_embeddings": 8192}}"#,
      #"""
      {"model_type": "multi_modality", "language_config": {"model_type": "llama", "num_hidden_layers": 30,
       "max_position_embeddings": 16384}}
      """#,
    ]
    for file in files {
      let reading = try read(file)
      #expect(reading.headDimension == 128 && reading.heads == 32 && reading.layerTypes.count == 1, "\(file)")
      #expect(reading.values.first { $0.key == "heads" }?.origin == .default)
    }
    let whole = try read(#"{"model_type": "llama", "max_position_embeddings": 4096}"#)
    #expect(whole.headDimension == nil)
    let draft = try read(
      #"""
      {"speculators_model_type": "eagle3", "transformer_layer_config": {"model_type": "llama", "rope_theta": 5e5,
       "head_dim": 128, "max_position_embeddings": 8192}}
      """#)
    #expect(draft.layerTypes.first?.geometry.base == 500_000)
  }

  /// jina-embeddings-v3 and DeepSeek-OCR.
  @Test func codeOfAModelsOwnIsNotTheClassOfItsName() throws {
    let jina = #""model_type": "xlm-roberta", "position_embedding_type": "rotary", "rotary_emb_base": 20000.0"#
    let rotary = try read(#"{\#(jina), "auto_map": {"AutoConfig": "a--b.C"}, \#(Self.sizes)}"#)
    #expect(rotary.layerTypes.first?.geometry.base == 20_000)
    #expect(try !read(#"{\#(jina), \#(Self.sizes)}"#).rotates)
    let plain = try read(
      #"""
      {"model_type": "deepseek_vl_v2", "language_config": {"model_type": "deepseek_v2", "hidden_size": 1280,
       "num_attention_heads": 10, "use_mla": false, "qk_rope_head_dim": 0, "kv_lora_rank": null,
       "max_position_embeddings": 8192}}
      """#)
    #expect(plain.layerTypes.first?.geometry.rotaryDimension == 128)
    #expect(plain.layerTypes.first?.geometry.pairing == .half)
  }

  @Test func mlxReadsTheNewDictionaryInSomeClasses() throws {
    func base(_ type: String, _ runtime: String) throws -> Double? {
      let text = #"{"model_type": "\#(type)", "rope_parameters": {"rope_theta": 4e6}, "head_dim": 128, \#(Self.sizes)}"#
      return try Runtime.named(runtime).read(Declaration(SourceText(bytes: Array(text.utf8)))).layerTypes.first?
        .geometry.base
    }
    #expect(try base("qwen3_5_text", "mlx-lm") == 4_000_000)
    #expect(try base("lfm2", "mlx-swift-lm") == 4_000_000)
    #expect(try base("glm_moe_dsa", "mlx-lm") == 4_000_000)
    #expect(try base("qwen2", "mlx-lm") == 10_000)
  }

  @Test func layersTellWhetherTheyRotateAndSlide() throws {
    let gemma = try read(#"{"model_type": "gemma3_text", \#(Self.sizes), "sliding_window": 512, "rope_theta": 1e6}"#)
    #expect(gemma.layerTypes.map(\.name) == ["full_attention", "sliding_attention"])
    #expect(gemma.layerTypes.map(\.layerIndices) == [[5], [0, 1, 2, 3, 4, 6, 7]])
    #expect(gemma.layerTypes.map(\.geometry.base) == [1_000_000, 10_000])
    let command = try read(#"{"model_type": "cohere2", \#(Self.sizes)}"#)
    #expect(command.layersWithoutRotation == [3, 7] && command.slidingWindow(at: 3) == nil)
    #expect(command.slidingWindow(at: 0) == 4096)
    let hybrid = try read(#"{"model_type": "qwen3_next", "head_dim": 256, \#(Self.sizes)}"#)
    #expect(hybrid.layerTypes[0].layerIndices == [3, 7] && hybrid.layersWithoutRotation.isEmpty)
    let lists = try read(
      #"""
      {"model_type": "step3p5", \#(Self.sizes), "head_dim": 128, "rope_theta": [5e6, 1e4, 1e4, 1e4, 5e6, 1e4, 1e4, 1e4],
       "partial_rotary_factors": [0.5, 1, 1, 1, 0.5, 1, 1, 1], "layer_types": ["full_attention", "sliding_attention",
       "sliding_attention", "sliding_attention", "full_attention", "sliding_attention", "sliding_attention",
       "sliding_attention"], "sliding_window": 512}
      """#)
    #expect(lists.layerTypes.map(\.geometry.rotaryDimension) == [64, 128])
    #expect(lists.layerTypes.map(\.geometry.base) == [5_000_000, 10_000])
    let bases = try read(
      #"{"model_type": "granite_swa", \#(Self.sizes), "layer_rope_theta": [0, 1e4, 1e4, 1e4, 1e6, 1e4, 1e4, 1e4]}"#)
    #expect(bases.layerTypes.map(\.geometry.base) == [1_000_000, 10_000] && bases.layersWithoutRotation == [0])
  }

  /// RecurrentGemma: the layers between the attending ones see nothing, so nothing reaches beyond the window.
  @Test func layersThatDoNotAttendReachNowhere() throws {
    let reading = try read(
      #"""
      {"model_type": "recurrent_gemma", "attention_window_size": 2048, "head_dim": 256, "num_hidden_layers": 26,
       "block_types": ["recurrent", "recurrent", "attention"]}
      """#)
    #expect(reading.largestReach == 2048 && reading.windowedLayers == nil)
  }

  @Test func aModelWithoutRotationNamesTheKey() throws {
    let reading = try read(#"{"model_type": "granitemoehybrid", "position_embedding_type": "nope", \#(Self.sizes)}"#)
    #expect(!reading.rotates && reading.layerTypes.isEmpty && reading.missing.isEmpty && reading.headDimension == 128)
    #expect(reading.noRotation?.contains("“position_embedding_type”") == true)
    let error = #expect(throws: ConfigurationError.self) { try reading.planned(length: 4096) }
    #expect(error?.pointer == "/position_embedding_type" && error?.line == 1)
    #expect(try read(#"{"model_type": "zamba2", \#(Self.sizes)}"#).rotates == false)
    #expect(try read(#"{"model_type": "falcon", "alibi": true, \#(Self.sizes)}"#).rotates == false)
    #expect(
      try read(#"{"model_type": "olmo_hybrid", "rope_parameters": {"rope_theta": null}, \#(Self.sizes)}"#).rotates
        == false)
    #expect(try read(#"{"model_type": "baichuan", "hidden_size": 5120, "num_attention_heads": 40}"#).rotates == false)
  }

  @Test func oddSharesFillWholePairs() throws {
    let neox = try read(
      #"{"model_type": "gpt_neox", "hidden_size": 5120, "num_attention_heads": 40, "rotary_pct": 0.4}"#
    )
    let geometry = neox.layerTypes[0].geometry
    #expect(geometry.rotaryDimension == 52 && geometry.exponentDimension == 51)
    #expect(abs(geometry.inverseFrequencies[1] - 0.6968470) < 1e-6)
    let phi = try read(
      #"{"model_type": "phi", "hidden_size": 5120, "num_attention_heads": 40, "partial_rotary_factor": 0.4}"#
    )
    #expect(phi.layerTypes[0].refusal != nil)
  }
}
