import RopeMath

enum AttentionFactorIgnored: Rule {
  static let card = RuleCard(
    "attention-factor-ignored", .warning, "The runtime does not read the attention factor that is given",
    why: "attention_factor is the final value in transformers; SGLang, llama.cpp, MLX and vLLM before September 2026 ignore it, attn_factor is a multiplier known to vLLM and SGLang only. Logits are scaled by the wrong constant at every position.",
    fix: "Use a runtime that reads the key, or write the key that it reads.",
    references: ["vllm-project/vllm#46280", "vllm-project/vllm#48351", "ml-explore/mlx-lm#1507", "NVIDIA/TensorRT-LLM#16379", "deepseek-ai/DeepSeek-R1#684"],
    failing: [
      RuleExample(#"{"max_position_embeddings": 262144, "rope_scaling": {"rope_type": "yarn", "factor": 64.0, "original_max_position_embeddings": 4096, "attention_factor": 1.0}}"#, facts: Facts(runtimes: ["sglang"])),
      RuleExample(#"{"max_position_embeddings": 131072, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768, "attn_factor": 0.8782}}"#),
    ],
    passing: [RuleExample(#"{"max_position_embeddings": 262144, "rope_scaling": {"rope_type": "yarn", "factor": 64.0, "original_max_position_embeddings": 4096, "attention_factor": 1.0}}"#, facts: Facts(runtimes: ["transformers 5.23"]))])

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.scalings.flatMap { scaling -> [Finding] in
      guard scaling.isYarn, let factor = scaling.factor, factor > 0 else { return [] }
      let natural = YaRNTemperature.magnitude(scale: factor)
      return final(scaling, natural, subject) + multiplier(scaling, natural, subject)
    }
  }

  private static func final(_ scaling: DeclaredScaling, _ natural: Double, _ subject: CheckSubject) -> [Finding] {
    guard let place = scaling.dictionary.member("attention_factor"), let given = place.node.finiteNumber, given > 0,
      abs(given / natural - 1) > 1e-6
    else { return [] }
    let deaf = subject.runtime(.sglang, .llamaCpp, .ollama, .mlx, .vllm)
    guard deaf != nil || subject.runtimes.isEmpty else { return [] }
    let reader = deaf.map { $0.name == .vllm ? "vLLM before September 2026 (0.33 reads it)" : $0.label } ?? "SGLang, llama.cpp, MLX and vLLM before September 2026"
    if let deaf, deaf.name == .vllm, deaf.from != nil, !deaf.isBefore(0, 33) { return [] }
    let logits = (natural / given) * (natural / given)
    return [
      subject.finding(
        card, at: place,
        "attention_factor \(Phrase.ratio(given)) is not read by \(reader): cos and sin are multiplied by \(Phrase.ratio(natural)) instead, logits × \(Phrase.ratio(logits)). Use a runtime that reads it, or leave the value at 0.1·ln s + 1",
        severity: deaf == nil ? .note : .warning)
    ]
  }

  private static func multiplier(_ scaling: DeclaredScaling, _ natural: Double, _ subject: CheckSubject) -> [Finding] {
    guard let place = scaling.dictionary.member("attn_factor"), let given = place.node.finiteNumber, given > 0,
      abs(given - 1) > 1e-6, subject.isTransformersMeant || subject.runtime(.vllm, .mlx, .llamaCpp) != nil
    else { return [] }
    return [
      subject.finding(
        card, at: place,
        "attn_factor \(Phrase.ratio(given)) multiplies 0.1·ln s + 1 in SGLang and older vLLM only; transformers, vLLM 0.33, llama.cpp and MLX ignore it and use \(Phrase.ratio(natural)), logits × \(Phrase.ratio(1 / (given * given))). Write \"attention_factor\": \(((given * natural * 1e6).rounded() / 1e6).formattedShortest)")
    ]
  }
}
