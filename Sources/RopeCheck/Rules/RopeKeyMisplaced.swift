import RopeText

enum RopeKeyMisplaced: Rule {
  static let card = RuleCard(
    "rope-key-misplaced", .error, "A scaling key stands beside the scaling dictionary",
    why: "Nothing reads it there; the model runs without it and without a message.",
    fix: "Move it into rope_scaling.",
    references: ["llava-hf/LLaVA-NeXT-Video-7B-DPO-hf commit b35fd71b", "transformers 5.23 standardize_rope_params"],
    failing: [
      RuleExample(#"{"text_config": {"model_type": "llama", "max_position_embeddings": 4096, "factor": 2.0}}"#),
      RuleExample(
        """
        {"max_position_embeddings": 131072, "beta_fast": 64, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
        "original_max_position_embeddings": 32768}}
        """),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "phi3", "max_position_embeddings": 131072, "original_max_position_embeddings": 4096, \
        "rope_scaling": null}
        """)
    ])

  private static let keys = [
    "factor", "rope_type", "beta_fast", "beta_slow", "attention_factor", "mscale", "mscale_all_dim", "low_freq_factor",
    "high_freq_factor", "long_factor", "short_factor", "mrope_section", "scaling_factor",
  ]

  /// Scaling keys at the level of the model's own.
  static func misplaced(in subject: CheckSubject) -> [String] {
    keys.filter { subject.declaration.text.member($0) != nil }
  }

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    misplaced(in: subject).compactMap { key in
      let text = subject.declaration.text
      let value = text.member(key)
      if let value, subject.scaling?.dictionary.member(key)?.node.told == value.node.told { return nil }
      let cost: Message
      if let scaling = subject.scaling, let read = defaultOf(key, scaling) {
        cost = "\(scaling.type) uses \(read) instead of \(value?.node.told ?? "it")"
      } else if key == "factor", let factor = value?.node.finiteNumber, let window = subject.window {
        cost = """
          the model runs unscaled at \(Phrase.tokens(window)) tokens instead of \
          \(Phrase.tokens(Double(window) * factor))
          """
      } else {
        cost = "its value is lost"
      }
      var fix: Fix?
      if let scaling = subject.scalings.first, let value, scaling.dictionary.member(key) == nil, key != "scaling_factor"
      {
        let json = String(decoding: subject.declaration.source.bytes[value.node.bytes], as: UTF8.self)
        fix = Fix(
          "move \(key) into the dictionary", safe: false,
          edits: subject.together(
            subject.remove(key, of: text), subject.insert(key, json, into: scaling.dictionary)))
      }
      return subject.finding(
        card, atKey: key, of: text,
        """
        “\(key)” stands beside the scaling dictionary, where nothing reads it: \(cost). Move it into rope_scaling
        """, fix: fix)
    }
  }

  private static let usual = ["beta_fast": "32", "beta_slow": "1", "attention_factor": "0.1·ln s + 1"]

  private static func defaultOf(_ key: String, _ scaling: DeclaredScaling) -> Message? {
    if let inside = scaling.dictionary.member(key) { return "the dictionary's \(inside.node.told)" }
    return usual[key].map { "\($0)" }
  }
}
