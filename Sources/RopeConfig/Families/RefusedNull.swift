import RopeJSON

/// Keys that a file says null for, or writes otherwise than as a whole number, and at which the configuration class of
/// transformers stops.
///
/// From 5.4 on the classes check the type of what they are given (`@strict` in `configuration_utils.py`). Each class of
/// 5.24.0 was given a null for each key; the rotary embedding was built where the configuration was.
enum RefusedNull {
  private static let first = RuntimeVersion("5.4")

  /// Numbers in every class that has them.
  private static let everywhere: Set = ["max_position_embeddings", "num_attention_heads", "hidden_size"]

  /// Classes that have the head size as a number; others derive it from the model's.
  private static let headDimension: Set = [
    "axk2", "bailing_hybrid", "beam", "cohere2_moe", "cosmos3_edge_text", "cwm", "deepseek_v32", "deepseek_v4",
    "diffusion_gemma_text", "dory", "dots3_note_text", "embedding_gemma2_text", "falcon", "flint", "gemma", "gemma2",
    "gemma3_text", "gemma3n_text", "gemma4_text", "gemma4_unified_text", "glm4", "glm5_next_text", "glm_moe_dsa",
    "gpt_oss", "helium", "hrm_text", "hy_v3", "hy_v4", "inkling2_text", "inkling_text", "kolibri1", "laguna", "lfm3",
    "llama4_text", "longcat_flash", "mellum", "mimo_v2_flash", "minimax_m2", "minimax_m3_vl_text", "ministral3",
    "mistral_large4_text", "molmo2_text", "muse_glimmer_text", "muse_spark_text", "nemotron_h", "neomme", "qwen3",
    "qwen3_5_moe_text", "qwen3_5_text", "qwen3_next", "qwen3_vl_text", "qwen4_exp_text", "sarvam_moe", "solar_open",
    "step3p5", "t5gemma2_decoder", "t5gemma2_text", "t5_gemma_module", "vaultgemma", "zaya",
  ]

  /// Classes that have the heads of keys and values as a number; others take as many as of queries.
  private static let keyValueHeads: Set = [
    "axk1", "axk2", "beam", "cwm", "deepseek_v32", "deepseek_v4", "diffusion_gemma_text", "dory", "dots3_note_text",
    "embedding_gemma2_text", "exaone4", "exaone_moe", "flint", "gemma", "gemma2", "gemma3_text", "gemma3n_text",
    "gemma4_text", "gemma4_unified_text", "glm4", "glm4_moe", "glm4_moe_lite", "glm4v_moe_text", "glm5_next_text",
    "glm_moe_dsa", "glm_ocr_text", "gpt_oss", "helium", "hy_v3", "hy_v4", "inkling2_text", "inkling_text", "jamba",
    "jetmoe", "kolibri1", "laguna", "lfm2", "lfm2_moe", "lfm3", "llama4_text", "mellum", "mimo_v2_flash", "minimax",
    "minimax_m2", "minimax_m3_vl_text", "ministral", "ministral3", "mistral", "mistral_large4_text", "mixtral",
    "mllama_text_model", "molmo2_text", "muse_glimmer_text", "muse_spark_text", "nemotron_h", "neomme", "phimoe",
    "qwen3_5_moe_text", "qwen3_5_text", "qwen3_moe", "qwen3_next", "qwen3_omni_moe_text", "qwen3_vl_moe_text",
    "qwen4_exp_text", "sarvam_moe", "solar_open", "stablelm", "starcoder2", "step3p5", "t5_gemma_module",
    "t5gemma2_decoder", "t5gemma2_text", "vaultgemma", "voxtral_realtime_text", "youtu", "zamba", "zaya",
  ]

  /// Classes with a base that no key replaces, or with a dictionary of their own that holds one.
  private static let ownBase: Set = [
    "apertus", "apertus1p5_text", "beam", "codegen", "cosmos3_edge_text", "cwm", "diffusion_gemma_text", "dory",
    "embedding_gemma2_text", "gemma4_text", "gemma4_unified_text", "gpt_neox", "gpt_neox_japanese", "gptj", "laguna",
    "lfm3", "mellum", "mimo_v2_flash", "ministral3", "mistral4", "mistral_large4_text", "modernbert",
    "modernbert-decoder", "muse_spark_text", "neomme", "ultrabert", "zaya",
  ]

  /// How a number is written that is no whole number to Python; nil where it is one, or something else.
  private static func spelling(_ node: JSONNode) -> String? {
    switch node.value {
    case .number(_, let literal): literal.contains { ".eE".contains($0) } ? "written as \(literal)" : nil
    case .string(let text): Double(text) == nil ? nil : "the text “\(text)”"
    default: nil
    }
  }

  /// The first null of a file that its class stops at, and what happens; nil where it stops at none.
  static func found(
    in declaration: Declaration, of family: Family, type: String, version: RuntimeVersion?
  ) -> (place: DeclaredValue, sentence: String)? {
    guard !family.isUnknown, version.map({ version in first.map { version >= $0 } ?? true }) ?? true else { return nil }
    func null(_ key: String) -> DeclaredValue? {
      guard let member = declaration.text.node.member(key), member.node.isNull else { return nil }
      return DeclaredValue(key: key, node: member.node, pointer: declaration.text.pointer + "/" + key)
    }
    let keys =
      everywhere.sorted() + (headDimension.contains(type) ? ["head_dim"] : [])
      + (keyValueHeads.contains(type) ? ["num_key_value_heads"] : [])
      + (type == "phi3" ? ["original_max_position_embeddings"] : [])
    for key in ["max_position_embeddings", "sliding_window"] {
      guard let place = declaration.text.member(key), let said = spelling(place.node) else { continue }
      return (place, "“\(key)” is \(said), where the class \(type) takes a whole number only (TypeError)")
    }
    for key in keys {
      guard let place = null(key) else { continue }
      return (
        place, "“\(key)” is null, where the class \(type) takes a whole number only (TypeError). Leave the key out"
      )
    }
    let hasBase = RuntimeFault.dictionaries(declaration).contains { $0.member("rope_theta") != nil }
    if !hasBase, !family.nullBaseIsUnrotated, family.baseKeys.contains("rope_theta"), !ownBase.contains(type),
      let place = null("rope_theta")
    {
      return (place, "“rope_theta” is null, and the class \(type) raises it to a power (TypeError). Leave the key out")
    }
    return nil
  }
}
