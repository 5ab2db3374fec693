import RopeConfig
import RopeText

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

  /// Keys that newer classes have another name for, and whether the number means the same there.
  private static let modern: [(old: String, key: ConfigurationKey, isSame: Bool)] = [
    ("rotary_dim", .share, false), ("rotary_emb_fraction", .share, true), ("rotary_pct", .share, true),
    ("rope_ratio", .base, false), ("rotary_emb_base", .base, true), ("n_positions", .window, true),
  ]

  static func check(_ subject: CheckSubject) -> [Finding] {
    let text = subject.declaration.text
    let base = subject.reading?.layerTypes.first?.geometry.base ?? 10_000
    return modern.compactMap { old, key, isSame in
      guard let value = text.member(old), subject.value(key.name) == nil, subject.value("auto_map") == nil,
        // Nothing is lost where the class does the same by itself.
        !(key == .share && value.node.finiteNumber == 1), !(key == .base && value.node.finiteNumber == base),
        subject.declaration.classReads(old, of: key) == false,
        // A class that reads neither has a part or a base of its own.
        subject.declaration.classReads(key.name, of: key) == true || key == .share
      else { return nil }
      let lost: Message =
        old == "rotary_emb_base"
        ? "\(Phrase.tokens(base)) is used instead of \(value.node.told)"
        : key == .window
          ? "the class's default window is used instead of \(value.node.told)"
          : "its value \(value.node.told) changes nothing"
      return subject.finding(
        card, atKey: old, of: text,
        """
        the \(subject.modelType ?? "") class does not read “\(old)”: \(lost). Write \(key.name)
        """,
        fix: isSame
          ? Fix("rename it to \(key.name)", safe: false, edits: subject.rename(old, of: text, to: key.name)) : nil)
    }
  }
}
