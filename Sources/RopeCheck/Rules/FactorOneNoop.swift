import RopeText

enum FactorOneNoop: Rule {
  static let card = RuleCard(
    "factor-one-noop", .note, "A scaling type with factor 1",
    why: "Nothing is scaled although the type says so.",
    fix: "Remove the block, or write the real factor.",
    references: ["InternLM/lmdeploy#846", "huggingface/transformers#38224"],
    failing: [
      RuleExample(
        """
        {"max_position_embeddings": 4096, "rope_scaling": {"rope_type": "linear", "factor": 1.0}}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"max_position_embeddings": 4096, "rope_scaling": {"rope_type": "linear", "factor": 2.0}}
        """)
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.scalings.compactMap { scaling in
      guard ["linear", "dynamic", "yarn", "deepseek_yarn", "llama3"].contains(scaling.type), scaling.factor == 1,
        subject.isPlain,
        let place = scaling.dictionary.member("factor")
      else { return nil }
      let window: Message =
        subject.window.map { ": the model runs plain RoPE at \(Phrase.tokens($0)) tokens" } ?? ""
      return subject.finding(
        card, at: place,
        """
        \(scaling.type) with factor 1 divides no frequency\(window). Remove the scaling, or write the real factor
        """)
    }
  }
}
