enum FreqScaleInverted: Rule {
  static let card = RuleCard(
    "freq-scale-inverted", .error, "llama.cpp's frequency scale is above 1",
    why: "Positions are stretched instead of squeezed; output is noise.",
    fix: "Write 1/s, or use --rope-scale s.",
    references: ["ggml-org/llama.cpp#2530", "turboderp/exllama#158", "LostRuins/koboldcpp#375"],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 2048}
        """, facts: Facts(commandLine: "llama-server --rope-freq-scale 8.0 -c 16384"))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 2048}
        """, facts: Facts(commandLine: "llama-server --rope-freq-scale 0.125"))
    ])

  static let needs: [RuleNeed] = [.options]

  static func consequences(in subject: CheckSubject) -> [any Rule.Type] {
    [FactorBelowOne.self, BaseConfigLengthWrong.self, GGUFWindowCap.self, TargetExceedsWindow.self]
  }

  static func check(_ subject: CheckSubject) -> [Finding] {
    if let option = subject.option("rope_freq_scale", "rope_frequency_scale"), let scale = option.number, scale > 1 {
      return [
        subject.finding(
          card, at: option, or: subject.windowPlace,
          """
          \(option.spelling) \(Phrase.ratio(scale)) turns every pair \(Phrase.ratio(scale)) × faster: token 1 stands \
          where token \(Phrase.ratio(scale)) belongs. Write \(Phrase.ratio(1 / scale))
          """)
      ]
    }
    guard let option = subject.option("rope_scale", "compress_pos_emb"), let scale = option.number, scale > 0, scale < 1
    else { return [] }
    return [
      subject.finding(
        card, at: option, or: subject.windowPlace,
        """
        \(option.spelling) \(Phrase.ratio(scale)) is the inverse of what it takes: positions are stretched \
        \(Phrase.ratio(1 / scale)) ×. Write \(Phrase.ratio(1 / scale))
        """)
    ]
  }
}
