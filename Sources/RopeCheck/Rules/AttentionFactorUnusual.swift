import RopeAdvice
import RopeMath

enum AttentionFactorUnusual: Rule {
  static let card = RuleCard(
    "attention-factor-unusual", .note, "The attention factor is not YaRN's own",
    why: "Either deliberate (1.0 turns the temperature off) or a copied value of another factor.",
    fix: "Check it against the base model; leave the key out for 0.1·ln s + 1.",
    references: ["deepseek-ai/DeepSeek-R1#684", "vllm-project/vllm#46280"],
    failing: [
      RuleExample(
        """
        {"max_position_embeddings": 262144, "rope_scaling": {"rope_type": "yarn", "factor": 64.0, \
        "original_max_position_embeddings": 4096, "attention_factor": 1.0}}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"max_position_embeddings": 65536, "rope_scaling": {"rope_type": "yarn", "factor": 8.0, \
        "original_max_position_embeddings": 8192, "attention_factor": 1.2079441541679836}}
        """)
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.scalings.compactMap { scaling in
      guard scaling.isYarn, let factor = scaling.factor, factor > 1,
        let place = scaling.dictionary.member("attention_factor"),
        // The maker's own file knows what the model was trained with.
        !place.isRenamed, let given = place.node.finiteNumber
      else { return nil }
      let natural = YaRNTemperature.magnitude(scale: factor)
      guard abs(given / natural - 1) > 0.05 else { return nil }
      let logits = given * given / (natural * natural)
      return subject.finding(
        card, at: place,
        """
        attention_factor \(Phrase.ratio(given)) where factor \(Phrase.ratio(factor)) gives \(Phrase.ratio(natural)): \
        logits × \(Phrase.ratio(logits)) against YaRN's. Leave the key out unless the model was trained with it
        """,
        severity: AdviceThresholds.soundLogits.contains(logits) ? nil : .warning)
    }
  }
}
