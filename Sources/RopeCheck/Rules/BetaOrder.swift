import RopeMath

enum BetaOrder: Rule {
  static let card = RuleCard(
    "beta-order", .error, "beta_fast is below beta_slow",
    why: "The ramp is inverted: fast pairs are interpolated and slow ones are not.",
    fix: "Swap the two (32 and 1 are usual; equal values, a hard step, are legal).",
    references: ["pytorch/torchtitan#3787", "transformers 5.23 modeling_rope_utils.py, _validate_yarn_parameters"],
    failing: [
      RuleExample(
        """
        {"hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 131072, "rope_scaling": \
        {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768, "beta_fast": 1, "beta_slow": \
        32}}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"max_position_embeddings": 131072, "rope_scaling": {"rope_type": "yarn", "factor": 32.0, \
        "original_max_position_embeddings": 4096, "beta_fast": 1, "beta_slow": 1}}
        """)
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.scalings.compactMap { scaling in
      guard scaling.isYarn else { return nil }
      // 0 means the default in transformers.
      let fast = scaling.number("beta_fast").flatMap { $0 == 0 ? nil : $0 } ?? 32
      let slow = scaling.number("beta_slow").flatMap { $0 == 0 ? nil : $0 } ?? 1
      guard fast < slow, let place = scaling.dictionary.member("beta_fast") ?? scaling.dictionary.member("beta_slow")
      else { return nil }
      let right = subject.plan(subject.yarn(scaling, ["beta_fast": slow, "beta_slow": fast]))
      let gap = subject.difference(subject.plan(subject.yarn(scaling)), from: right)
      var edits: [TextEdit] = []
      if let one = scaling.dictionary.member("beta_fast"), let other = scaling.dictionary.member("beta_slow") {
        edits = subject.together(
          subject.replace(one, with: Phrase.json(slow)), subject.replace(other, with: Phrase.json(fast)))
      }
      let cost = gap ?? "fast pairs are divided by \(Phrase.ratio(scaling.factor ?? 1))"
      return subject.finding(
        card, at: place,
        gap == nil
          ? """
          beta_fast \(Phrase.ratio(fast)) is below beta_slow \(Phrase.ratio(slow)): the ramp runs backwards, \(cost). \
          Swap them
          """
          : """
          beta_fast \(Phrase.ratio(fast)) is below beta_slow \(Phrase.ratio(slow)): the ramp runs backwards; \(cost). \
          Swap them
          """,
        fix: edits.isEmpty ? nil : Fix("swap beta_fast and beta_slow", safe: false, edits: edits))
    }
  }
}
