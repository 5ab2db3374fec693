enum ThetaAndFactorBoth: Rule {
  static let card = RuleCard(
    "theta-and-factor-both", .warning, "A changed base and a scaling factor at once",
    why: "Two extensions multiply; perplexity gets worse than with either (15.4 against 5.35 in the cited thread).",
    fix: "Choose one: the base model's theta with a factor, or a new theta without.",
    references: [
      "vllm-project/vllm#10537", "turboderp/exllama#118", "oobabooga/text-generation-webui#3852",
      "FlagOpen/FlagEmbedding#849",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 2048, "rope_scaling": {"rope_type": "linear", "factor": \
        4.0}, "rope_alpha": 4.0}
        """),
      RuleExample(
        """
        {"model_type": "qwen2", "max_position_embeddings": 131072, "rope_theta": 4000000.0, "rope_scaling": \
        {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}}
        """, facts: Facts(base: "Qwen2.5-7B")),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "qwen2", "max_position_embeddings": 131072, "rope_theta": 1000000.0, "rope_scaling": \
        {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}}
        """, facts: Facts(base: "Qwen2.5-7B"))
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, let factor = scaling.factor, factor > 1 else { return [] }
    if let place = subject.value("rope_alpha", "alpha_value"), let alpha = place.node.finiteNumber, alpha > 1 {
      return [
        subject.finding(
          card, at: place,
          """
          an NTK alpha of \(Phrase.ratio(alpha)) stands beside \(scaling.type) ×\(Phrase.ratio(factor)): the slowest \
          pairs are slowed \(Phrase.ratio(alpha * factor)) ×, not \(Phrase.ratio(factor)) ×. Keep one of the two
          """)
      ]
    }
    guard subject.facts.base != nil, let known = subject.known, let place = subject.thetaPlace,
      let theta = subject.theta,
      theta > known.base * 1.01
    else { return [] }
    let growth = theta / known.base
    return [
      subject.finding(
        card, at: place,
        """
        theta \(Phrase.tokens(theta)) is \(Phrase.ratio(growth)) × that of \(known.name), and \(scaling.type) \
        ×\(Phrase.ratio(factor)) comes on top: the slowest pairs are slowed by about \(Phrase.ratio(growth * factor)) \
        × in all. Write \(Phrase.tokens(known.base)), or drop the factor
        """)
    ]
  }
}
