import RopeText

enum LongropeFactorLength: Rule {
  static let card = RuleCard(
    "longrope-factor-length", .error, "A list of longrope factors has the wrong length",
    why: "There is one factor for each rotated pair; another count is a shape error, or the wrong pairs are scaled.",
    fix: "Make the list rotary_dim / 2 long (rotary_dim = head_dim × partial_rotary_factor).",
    references: ["mlc-ai/mlc-llm#3268", "turboderp-org/exllamav2#741", "huggingface/candle#2960"],
    failing: [
      RuleExample(
        """
        {"model_type": "phi3", "hidden_size": 32, "num_attention_heads": 4, "max_position_embeddings": 64, \
        "original_max_position_embeddings": 16, "rope_scaling": {"type": "longrope", "short_factor": [1.0, 1.0, 1.0, \
        1.0], "long_factor": [1.0, 1.5, 2.0]}}
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
    guard let scaling = subject.scaling, scaling.type == "longrope", let head = subject.headDimension else { return [] }
    let share =
      subject.isLatent ? 1 : scaling.number("partial_rotary_factor") ?? subject.number("partial_rotary_factor") ?? 1
    let pairs = Phrase.whole(Double(head) * share) / 2
    let counts = ["short_factor", "long_factor"].compactMap {
      scaling.dictionary.member($0)?.node.elements?.count
    }
    // Two lists of one length are as the model was made: the share is what is missing.
    if counts.count == 2, let count = counts.first, counts[1] == count, count > 0, count < pairs, 2 * count <= head,
      !subject.isLatent, share == 1, let place = scaling.dictionary.member("long_factor")
    {
      let part = Phrase.json(Double(2 * count) / Double(head))
      return [
        subject.finding(
          card, at: place,
          """
          both lists have \(count) factors, for \(pairs) rotated pairs (head \(head)): load stops with a shape error. \
          They are made for \(2 * count) rotated features: write "partial_rotary_factor": \(part)
          """,
          fix: Fix(
            "add partial_rotary_factor", safe: false,
            edits: subject.insert("partial_rotary_factor", part, into: subject.declaration.text)))
      ]
    }
    return ["short_factor", "long_factor"].compactMap { key in
      guard let place = scaling.dictionary.member(key), let count = place.node.elements?.count, count != pairs,
        count > 0
      else { return nil }
      let given: Message = count == 1 ? "1 factor" : "\(count) factors"
      let size = share < 1 ? "\(head) × \(Phrase.ratio(share))" : String(head)
      let cost: Message = count < pairs ? "\(pairs - count) pairs have none" : "\(count - pairs) too many"
      return subject.finding(
        card, at: place,
        """
        \(key) has \(given) for \(pairs) rotated pairs (head \(size)): \(cost), load stops with a shape error. Write \
        \(pairs) factors
        """)
    }
  }
}
