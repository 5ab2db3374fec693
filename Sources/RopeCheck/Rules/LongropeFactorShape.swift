enum LongropeFactorShape: Rule {
  static let card = RuleCard(
    "longrope-factor-shape", .warning, "A longrope factor is below 1, or the list goes down",
    why: "The search keeps monotone candidates only; a dip is usually a paste error.",
    fix: "Check the list against the published one.",
    references: ["microsoft/LongRoPE evolution/algorithms/dim_mono.py", "microsoft/LongRoPE#13"],
    failing: [
      RuleExample(
        """
        {"model_type": "phi3", "hidden_size": 32, "num_attention_heads": 4, "max_position_embeddings": 64, \
        "original_max_position_embeddings": 16, "rope_scaling": {"type": "longrope", "short_factor": [1.0, 1.0, 1.0, \
        1.0], "long_factor": [1.0, 4.0, 2.0, 4.0]}}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "phi3", "hidden_size": 32, "num_attention_heads": 4, "max_position_embeddings": 64, \
        "original_max_position_embeddings": 16, "rope_scaling": {"type": "longrope", "short_factor": [1.0, 1.0, 1.0, \
        1.0], "long_factor": [1.0, 1.5, 2.0, 4.0]}}
        """)
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.type == "longrope" else { return [] }
    return ["short_factor", "long_factor"].compactMap { key in
      guard let place = scaling.dictionary.member(key), let factors = scaling.numbers(key), !factors.isEmpty else {
        return nil
      }
      // Searched lists wobble in the last digits.
      if let index = factors.firstIndex(where: { !($0 >= 0.99) }) {
        return subject.finding(
          card, at: place,
          """
          \(key)[\(index)] is \(Phrase.ratio(factors[index])), below 1: pair \(index) turns \
          \(Phrase.ratio(1 / factors[index])) × faster than trained. Check it against the published list
          """)
      }
      guard let index = factors.indices.dropFirst().first(where: { factors[$0] < factors[$0 - 1] * 0.98 }) else {
        return nil
      }
      return subject.finding(
        card, at: place,
        """
        \(key) falls from \(Phrase.ratio(factors[index - 1])) to \(Phrase.ratio(factors[index])) at pair \(index): a \
        slower pair is stretched \(Phrase.ratio(factors[index - 1] / factors[index])) × less than a faster one. Check \
        the list against the published one
        """)
    }
  }
}
