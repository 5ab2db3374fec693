enum RotaryLegacyKeys: Rule {
  static let card = RuleCard(
    "rotary-legacy-keys", .warning, "Rotary keys of an older family",
    why: "Newer classes treat them as unknown extras and use their defaults.",
    fix: "Write rope_theta, partial_rotary_factor and max_position_embeddings.",
    references: ["huggingface/transformers#48241", "intel/ipex-llm#11303", "vllm-project/vllm#17175"],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "rotary_emb_base": 500000, \
        "max_position_embeddings": 8192}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "gptj", "n_embd": 4096, "n_head": 16, "rotary_dim": 64, "n_positions": 2048}
        """)
    ])

  private static let modern = [
    "rotary_dim": "partial_rotary_factor", "rotary_pct": "partial_rotary_factor",
    "rotary_emb_fraction": "partial_rotary_factor",
    "rotary_emb_base": "rope_theta", "rope_ratio": "rope_theta", "n_positions": "max_position_embeddings",
  ]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard
      [
        "llama", "mistral", "mixtral", "qwen2", "qwen3", "qwen3_moe", "gemma2", "gemma3_text", "phi3", "olmo2",
        "starcoder2",
      ].contains(subject.modelType ?? "")
    else { return [] }
    let text = subject.declaration.text
    return modern.sorted { $0.key < $1.key }.compactMap { old, new in
      guard let value = text.member(old), subject.value(new) == nil else { return nil }
      let lost =
        old == "rotary_emb_base"
        ? "10,000 is used instead of \(value.node.phrase)"
        : old == "n_positions"
          ? """
          the class's default window is used instead of \(value.node.phrase)
          """ : "its value \(value.node.phrase) changes nothing"
      // Only keys with the same meaning can simply be renamed.
      let isSame = ["rotary_emb_base", "n_positions", "rotary_pct", "rotary_emb_fraction"].contains(old)
      return subject.finding(
        card, atKey: old, of: text,
        """
        the \(subject.modelType ?? "") class does not read “\(old)”: \(lost). Write \(new)
        """,
        fix: isSame ? Fix("rename it to \(new)", safe: false, edits: subject.rename(old, of: text, to: new)) : nil)
    }
  }
}
