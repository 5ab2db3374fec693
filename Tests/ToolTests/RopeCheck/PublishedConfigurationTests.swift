import Foundation
import RopeCheck
import RopeConfig
import RopeTestSupport
import Testing

@Suite struct PublishedConfigurationTests {
  static let names = ((try? Fixtures.names(in: "configs")) ?? []).filter { $0.hasSuffix(".json") }

  /// Warnings that are true of published files: what the file says is read differently by some runtime.
  static let accepted: [String: Set<String>] = [
    "yarn-mistral-7b-64k.json": ["factor-ratio-mismatch"],
    "yarn-mistral-7b-128k.json": ["factor-ratio-mismatch"],
    "alfred-40b-1023-rope-part.json": ["rope-type-unknown"],
    // MaxText's own settings, which reckon with mscale alone.
    "mt-kimi-k2-1t.json": ["mla-softmax-scale-missing"],
  ]

  @Test func theFilesAreThere() { #expect(Self.names.count > 60) }

  @Test(arguments: names) func givesNoErrorAndNoDoubtfulWarning(_ name: String) {
    let report = Checker().check(paths: [Fixtures.folder.appendingPathComponent("configs/\(name)").path])
    let findings = report.files.flatMap(\.findings)
    #expect(report.summary.unreadable == 0)
    #expect(findings.filter { $0.severity == .error }.map(\.text) == [])
    let warnings = findings.filter { $0.severity == .warning && Self.accepted[name]?.contains($0.rule) != true }
    #expect(warnings.map { "\($0.rule): \($0.text)" } == [])
  }

  /// What makers leave in their files, shortened: none of it is a finding beyond a note.
  static let remains = [
    // Hunyuan writes YaRN's keys with YaRN's defaults beside its alpha.
    #"""
    {"model_type": "hunyuan_v1_dense", "hidden_size": 4096, "num_attention_heads": 32, "head_dim": 128,
     "max_position_embeddings": 262144, "rope_theta": 10000.0, "rope_scaling": {"alpha": 1000.0, "beta_fast": 32,
     "beta_slow": 1, "factor": 1.0, "mscale": 1.0, "mscale_all_dim": 1.0, "type": "dynamic"}}
    """#,
    // MiniCPM4: a searched list begins a little below 1, and both lists are one.
    #"""
    {"model_type": "minicpm", "hidden_size": 32, "num_attention_heads": 4, "max_position_embeddings": 32768,
     "rope_scaling": {"rope_type": "longrope", "original_max_position_embeddings": 32768,
     "long_factor": [0.9978, 1.5, 2.0, 4.0], "short_factor": [0.9978, 1.5, 2.0, 4.0]}}
    """#,
    // gte: a type of the model's own code.
    #"""
    {"model_type": "new", "auto_map": {"AutoModel": "modeling.NewModel"}, "hidden_size": 768, "num_attention_heads": 12,
     "max_position_embeddings": 8192, "rope_theta": 20000, "rope_scaling": {"factor": 8.0, "type": "ntk"}}
    """#,
    // EAGLE-3: a draft with the sizes of Llama 3, trained with its own base.
    #"""
    {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 8,
     "num_hidden_layers": 1, "vocab_size": 128256, "draft_vocab_size": 32000, "max_position_embeddings": 2048}
    """#,
    // Yi-200K was continued with a base of 10,000,000.
    #"""
    {"model_type": "llama", "hidden_size": 7168, "num_attention_heads": 56, "num_key_value_heads": 8,
     "vocab_size": 64000, "max_position_embeddings": 200000, "rope_theta": 10000000.0}
    """#,
    // Qwen3-Omni says twice that its sections are interleaved.
    #"""
    {"model_type": "qwen3_omni_moe", "thinker_config": {"text_config": {"model_type": "qwen3_omni_moe_text",
     "head_dim": 128, "hidden_size": 2048, "num_attention_heads": 32, "max_position_embeddings": 65536,
     "rope_theta": 1000000, "rope_scaling": {"interleaved": true, "mrope_interleaved": true,
     "mrope_section": [24, 20, 20], "rope_type": "default", "type": "default"}}}}
    """#,
  ]

  @Test(arguments: remains) func whatMakersLeaveIsNoFinding(_ text: String) {
    let findings = Checker().check(bytes: Array(text.utf8), path: "config.json").files.flatMap(\.findings)
    #expect(findings.filter { $0.rule != "rope-type-legacy-key" }.map { "\($0.rule): \($0.text)" } == [])
  }

  /// What the adviser makes of published files is right by `check` as well.
  @Test(arguments: [
    // Yi-200K keeps its native length when its window is raised.
    (
      #"""
      {"model_type": "llama", "hidden_size": 7168, "num_attention_heads": 56, "num_key_value_heads": 8,
       "vocab_size": 64000, "max_position_embeddings": 400000, "rope_theta": 5000000.0, "rope_scaling":
       {"rope_type": "yarn", "factor": 2.0, "original_max_position_embeddings": 200000}}
      """#, 400_000
    ),
    // Llama 1 is not Llama 2.
    (
      #"""
      {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 32,
       "num_hidden_layers": 32, "vocab_size": 32000, "max_position_embeddings": 4096, "rope_scaling":
       {"rope_type": "yarn", "factor": 2.0, "original_max_position_embeddings": 2048}}
      """#, 4096
    ),
    // DeepSeek-Coder was trained under a linear scaling, which is widened.
    (
      #"""
      {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "vocab_size": 32256,
       "max_position_embeddings": 32768, "rope_theta": 100000, "rope_scaling": {"rope_type": "linear", "factor": 8.0}}
      """#, 32_768
    ),
    // No layer of Mistral 7B sees further than 4,096 tokens.
    (
      #"""
      {"model_type": "mistral", "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 8,
       "num_hidden_layers": 32, "vocab_size": 32000, "max_position_embeddings": 65536, "rope_theta": 10000.0,
       "sliding_window": 4096}
      """#, 65_536
    ),
  ]) func anAdvisedFileIsNoFinding(_ text: String, _ target: Int) {
    let checker = Checker(facts: Facts(targetLength: target))
    let findings = checker.check(bytes: Array(text.utf8), path: "config.json").files.flatMap(\.findings)
    let doubtful = findings.filter { $0.severity > .note && $0.rule != "chunk-or-window-as-context" }
    #expect(doubtful.map { "\($0.rule): \($0.text)" } == [])
  }

  /// Files of transformers 5 that MLX reads as they are.
  @Test(arguments: ["qwen3_5_text", "lfm2", "glm_moe_dsa"]) func theNewFormIsNoFindingWhereItIsRead(_ type: String) {
    let text = #"""
      {"model_type": "\#(type)", "hidden_size": 2048, "num_attention_heads": 16, "num_hidden_layers": 4,
       "max_position_embeddings": 131072, "rope_parameters": {"rope_type": "default", "rope_theta": 4000000.0}}
      """#
    let findings = Checker().check(bytes: Array(text.utf8), path: "config.json").files.flatMap(\.findings)
    #expect(!findings.contains { $0.rule == "v5-config-on-v4-runtime" && $0.text.contains("MLX-LM") }, "\(findings)")
  }

  @Test func presetsGiveNoError() {
    for preset in ModelPresets.all {
      let report = Checker().check(bytes: Array(preset.configuration.utf8), path: preset.name)
      #expect(
        report.summary.errors == 0 && report.summary.unreadable == 0,
        "\(preset.name): \(report.files.flatMap(\.findings).map(\.text))")
    }
  }
}
