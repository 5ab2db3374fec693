import RopeText

enum RopeTypeLegacyKey: Rule {
  static let card = RuleCard(
    "rope-type-legacy-key", .note, "The scaling dictionary has type but no rope_type",
    why: "Some readers index rope_type, others type; a few releases crashed on the missing one or dropped the scaling.",
    fix: "Write rope_type with the same value beside type, or rename it where every runtime is new enough.",
    references: [
      "huggingface/transformers#32167", "huggingface/transformers#32916", "microsoft/KBLaM#37",
      "vllm-project/vllm#10293",
    ],
    failing: [RuleExample(#"{"max_position_embeddings": 4096, "rope_scaling": {"type": "dynamic", "factor": 3.0}}"#)],
    passing: [
      RuleExample(
        """
        {"max_position_embeddings": 4096, "rope_scaling": {"rope_type": "dynamic", "factor": 3.0}}
        """)
    ])

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.scalings.compactMap { scaling in
      // A published file is not the user's to change.
      guard !subject.isBorrowed || scaling.dictionary.node.document > 0, !scaling.has("rope_type"),
        let old = scaling.dictionary.member("type")?.node.string
      else { return nil }
      // The names that the new key knows.
      let type = ["su": "longrope", "mrope": "default"][old] ?? old
      let loss: Message =
        scaling.factor.map { factor in
          let ratio = Phrase.ratio(factor)
          return "; a reader of rope_type alone runs without the ×\(ratio) scaling or stops with a KeyError"
        } ?? ""
      return subject.finding(
        card, atKey: "type", of: scaling.dictionary,
        "the scaling is named by the old key “type” only\(loss). Write \"rope_type\": \"\(type)\" as well",
        fix: Fix(
          "add rope_type", safe: true, edits: subject.insert("rope_type", "\"\(type)\"", into: scaling.dictionary)))
    }
  }
}
