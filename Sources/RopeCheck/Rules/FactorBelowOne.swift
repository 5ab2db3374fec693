import RopeText

enum FactorBelowOne: Rule {
  static let card = RuleCard(
    "factor-below-one", .error, "The factor is below 1",
    why: "It is the frequency-scale convention, 1/s, in a field for s: the window shrinks instead of growing.",
    fix: "Write s = target / original.",
    references: ["axolotl-ai-cloud/axolotl#342", "ggml-org/llama.cpp#2530"],
    failing: [
      RuleExample(
        """
        {"max_position_embeddings": 4096, "rope_scaling": {"rope_type": "linear", "factor": 0.25}}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"max_position_embeddings": 4096, "rope_scaling": {"rope_type": "linear", "factor": 4.0}}
        """)
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.scalings.compactMap { scaling in
      guard scaling.isScaled, let place = scaling.dictionary.member("factor"), let factor = scaling.factor, factor < 1
      else { return nil }
      guard factor > 0 else {
        return subject.finding(
          card, at: place,
          """
          factor is \(Phrase.ratio(factor)): frequencies are divided by it, which gives no number. Write target / \
          original, at least 1
          """)
      }
      let inverse = 1 / factor
      let window: Message =
        subject.window.map { window in
          let tokens = Double(window)
          return ", \(Phrase.tokens((tokens * factor).rounded())) tokens instead of \(Phrase.tokens(tokens * inverse))"
        } ?? ""
      return subject.finding(
        card, at: place,
        """
        factor \(Phrase.ratio(factor)) turns every scaled pair \(Phrase.ratio(inverse)) × faster and shrinks the \
        window\(window). Write \(Phrase.ratio(inverse))
        """,
        fix: Fix(
          "write \(Phrase.json(inverse))", safe: false, edits: subject.replace(place, with: Phrase.json(inverse))))
    }
  }
}
