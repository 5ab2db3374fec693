import RopeText

enum DynamicBaseNotReset: Rule {
  static let card = RuleCard(
    "dynamic-base-not-reset", .note, "Dynamic scaling in a version that keeps the enlarged base",
    why: "After one long request, short ones are computed with its base in older code.",
    fix: "Use transformers 4.45 or later.",
    references: ["huggingface/transformers#27033", "huggingface/transformers#27227"],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 4096, "rope_scaling": {"rope_type": "dynamic", "factor": \
        2.0}}
        """, facts: Facts(runtimes: ["transformers 4.40"]))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 4096, "rope_scaling": {"rope_type": "dynamic", "factor": \
        2.0}}
        """, facts: Facts(runtimes: ["transformers 4.57"]))
    ])

  static let needs: [RuleNeed] = [.runtime, .scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.type == "dynamic", let runtime = subject.runtime(.keepsDynamicBase),
      let factor = scaling.factor
    else { return [] }
    let long: Message =
      subject.window.map { "one of \(Phrase.tokens(2 * $0)) tokens" } ?? "one of twice the window"
    return [
      subject.finding(
        card, at: scaling.typePlace ?? scaling.dictionary,
        """
        \(runtime.label) keeps the base of the longest request so far: after \(long), every shorter one runs with \
        wavelengths up to \(Phrase.ratio(factor + 1)) × too long. Use transformers 4.45 or later, or a static method
        """)
    ]
  }
}
