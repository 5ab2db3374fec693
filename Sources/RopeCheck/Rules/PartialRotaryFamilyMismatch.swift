import RopeText

enum PartialRotaryFamilyMismatch: Rule {
  static let card = RuleCard(
    "partial-rotary-family-mismatch", .error, "Another share of the head is rotated than in the published model",
    why: "The wrong number of features turns, and all of them at other speeds; output is noise.",
    fix: "Write the family's value.",
    references: [
      "susnato/phi-2 commit f3d2d295", "huggingface/transformers#48241", "huggingface/transformers#48486",
      "InternLM/lmdeploy#3861",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "phi", "hidden_size": 2560, "num_attention_heads": 32, "partial_rotary_factor": 0.5}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "phi", "hidden_size": 2560, "num_attention_heads": 32, "partial_rotary_factor": 0.4}
        """),
      RuleExample(#"{"model_type": "glm", "head_dim": 128, "partial_rotary_factor": 1.0}"#),
    ])

  static func check(_ subject: CheckSubject) -> [Finding] {
    let place =
      subject.scalings.first?.dictionary.member("partial_rotary_factor") ?? subject.value("partial_rotary_factor")
    guard let place, let given = place.node.finiteNumber else { return [] }
    let model = subject.known.flatMap { $0.rotaryShare < 1 ? (name: $0.name, share: $0.rotaryShare) : nil }
    guard let known = model ?? subject.declaration.publishedShare, abs(given - known.share) > 1e-6 else { return [] }
    let head = subject.headDimension ?? subject.known?.headDimension
    let sizes: Message =
      head.map { head in
        let turning = Phrase.whole(Double(head) * given), wanted = Phrase.whole(Double(head) * known.share)
        return ": \(turning) of \(head) features turn instead of \(wanted)"
      } ?? ": \(Phrase.percent(given)) of each head turns instead of \(Phrase.percent(known.share))"
    return [
      subject.finding(
        card, at: place,
        """
        partial_rotary_factor is \(Phrase.ratio(given)), \(known.name) has \(Phrase.ratio(known.share))\(sizes), and \
        every pair but the first at another speed. Write \(Phrase.ratio(known.share))
        """,
        fix: Fix("write \(String(known.share))", safe: false, edits: subject.replace(place, with: String(known.share))))
    ]
  }
}
