enum GGUFFreqBaseDefault: Rule {
  static let card = RuleCard(
    "gguf-freq-base-default", .warning, "A frequency base of 10000 is passed to a model with another one",
    why: "What looks like the default overrides the model's own base.",
    fix: "Pass 0, or leave the option out.",
    references: [
      "ggml-org/llama.cpp#3401", "LostRuins/koboldcpp#487", "ggml-org/llama.cpp#3090", "abetlen/llama-cpp-python#765",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 16384, "rope_theta": 1000000}
        """, facts: Facts(commandLine: "llama-server --rope-freq-base 10000"))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 16384, "rope_theta": 1000000}
        """, facts: Facts(commandLine: "llama-server --rope-freq-base 0"))
    ])

  static let needs: [RuleNeed] = [.options]

  static func consequences(in subject: CheckSubject) -> [any Rule.Type] {
    [ThetaFamilyMismatch.self, ThetaTooSmallForTarget.self]
  }

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let option = subject.option("rope_freq_base", "rope_frequency_base"), let base = option.number, base > 0,
      let theta = subject.fileTheta ?? subject.known?.base, base < theta * 0.99
    else { return [] }
    return [
      subject.finding(
        card, at: option, or: subject.thetaPlace,
        """
        \(option.spelling) \(Phrase.tokens(base)) overrides the model's \(Phrase.tokens(theta)): a base \
        \(Phrase.ratio(theta / base)) × too small. Leave it out, or pass 0
        """)
    ]
  }
}
