enum GGUFExtFactorConfusion: Rule {
  static let card = RuleCard(
    "gguf-ext-factor-confusion", .warning, "yarn-ext-factor is set to the scaling factor",
    why: "It mixes between interpolated (0) and YaRN's ramp (1); a larger value extrapolates the mix.",
    fix: "Write 1.0, and the factor as --rope-scale.",
    references: ["ikawrakow/ik_llama.cpp#2003"],
    failing: [
      RuleExample(
        #"{"model_type": "qwen2", "max_position_embeddings": 32768}"#,
        facts: Facts(
          commandLine: """
            llama-server --rope-scaling yarn --rope-scale 4 --yarn-ext-factor 4
            """))
    ],
    passing: [
      RuleExample(
        #"{"model_type": "qwen2", "max_position_embeddings": 32768}"#,
        facts: Facts(
          commandLine: """
            llama-server --rope-scaling yarn --rope-scale 4 --yarn-ext-factor 1.0
            """))
    ])

  static let needs: [RuleNeed] = [.options]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let option = subject.option("yarn_ext_factor"), let mix = option.number, mix > 1 else { return [] }
    let scale = subject.option("rope_scale")?.number ?? mix
    return [
      subject.finding(
        card, at: option, or: subject.windowPlace,
        """
        \(option.spelling) \(Phrase.ratio(mix)) is a share between 0 and 1, not the factor: fast pairs turn \
        \(Phrase.ratio(mix - (mix - 1) / scale)) × their own speed instead of 1 ×. Write 1.0, and --rope-scale \
        \(Phrase.ratio(scale))
        """)
    ]
  }
}
