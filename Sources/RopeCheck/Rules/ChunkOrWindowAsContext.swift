enum ChunkOrWindowAsContext: Rule {
  static let card = RuleCard(
    "chunk-or-window-as-context", .warning, "A sliding window or chunk is shorter than the target",
    why: "Every layer sees that many tokens only; what lies further back reaches the answer indirectly or not at all.",
    fix: "Honour use_sliding_window and layer_types; raise or drop the window where the model was not trained with it.",
    references: ["EuroEval/EuroEval#851", "vllm-project/vllm#12328", "dphnAI/sonar#163"],
    failing: [RuleExample(#"{"model_type": "mistral", "max_position_embeddings": 32768, "sliding_window": 4096}"#, facts: Facts(targetLength: 32_768))],
    passing: [
      RuleExample(#"{"model_type": "qwen2", "max_position_embeddings": 131072, "sliding_window": 32768, "use_sliding_window": false}"#, facts: Facts(targetLength: 131_072)),
      RuleExample(#"{"model_type": "gemma3_text", "max_position_embeddings": 131072, "sliding_window": 1024}"#, facts: Facts(targetLength: 131_072)),
    ])

  static let needs: [RuleNeed] = [.target]

  static func check(_ subject: CheckSubject) -> [Finding] {
    let isQwen = (subject.modelType ?? "").hasPrefix("qwen")
    guard let target = subject.target, let place = subject.value("sliding_window", "local_attention", "attention_chunk_size"),
      let tokens = place.node.count, tokens > 0, tokens < target, subject.value("layer_types") == nil,
      subject.value("sliding_window_pattern", "_sliding_window_pattern", "global_attn_every_n_layers", "no_rope_layers", "no_rope_layer_interval") == nil,
      subject.value("use_sliding_window")?.node.boolean ?? !isQwen,
      ["mistral", "mixtral", "starcoder2", "phi3", "qwen2", "qwen3", "llama"].contains(subject.modelType ?? "")
    else { return [] }
    return [
      subject.finding(
        card, at: place,
        "\(place.key) is \(Phrase.tokens(tokens)) on every layer, the target \(Phrase.tokens(target)): attention sees \(Phrase.percent(Double(tokens) / Double(target))) of the context at once, whatever the rotary scaling. Write a window of at least \(target), or null, if the model was trained so",
        severity: target <= (subject.window ?? 0) ? .note : .warning)
    ]
  }
}
