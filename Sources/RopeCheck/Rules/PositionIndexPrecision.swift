enum PositionIndexPrecision: Rule {
  static let card = RuleCard(
    "position-index-precision", .note, "Positions beyond what float32 counts exactly",
    why: "Adjacent tokens collapse into one position.",
    fix: "Keep positions as integers and multiply in float64.",
    references: ["ml-explore/mlx-lm#1076", "huggingface/candle#3520"],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 33554432}
        """, facts: Facts(targetLength: 33_554_432))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 10485760}
        """, facts: Facts(targetLength: 10_485_760))
    ])

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let target = subject.target ?? subject.window, target > 1 << 24 else { return [] }
    var step = 1
    while (1 << 24) * step < target { step *= 2 }
    return [
      subject.finding(
        card, at: subject.windowPlace,
        """
        float32 counts to 16,777,216; near \(Phrase.tokens(target)) positions come in steps of \(step), so \(step) \
        neighbouring tokens share one angle. Keep positions as integers and multiply in float64
        """)
    ]
  }
}
