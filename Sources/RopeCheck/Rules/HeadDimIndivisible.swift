enum HeadDimIndivisible: Rule {
  static let card = RuleCard(
    "head-dim-indivisible", .error, "The hidden size does not divide into the heads",
    why: "Without head_dim the head's size is undefined; readers floor it and every projection has the wrong shape.",
    fix: "Add head_dim.",
    references: ["allenai/OLMo-core#555", "huggingface/transformers#48101"],
    failing: [RuleExample(#"{"hidden_size": 2880, "num_attention_heads": 56}"#)],
    passing: [RuleExample(#"{"hidden_size": 2880, "num_attention_heads": 64, "head_dim": 64}"#)])

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let place = subject.declaration.value(.hiddenSize), let hidden = place.node.count,
      let heads = subject.count(.heads), heads > 0, !hidden.isMultiple(of: heads),
      subject.value("head_dim", "kv_channels", "attention_head_dim") == nil, !subject.isLatent
    else { return [] }
    let runs = subject.reading?.layerTypes.isEmpty == false
    return [
      subject.finding(
        card, at: place,
        """
        \(place.key) \(Phrase.tokens(hidden)) over \(heads) heads is \(Phrase.ratio(Double(hidden) / Double(heads))): \
        readers floor it to \(hidden / heads) and \(hidden % heads) features belong to no head. Add head_dim
        """,
        // Classes whose projections do not depend on it run all the same.
        severity: runs ? .note : .error)
    ]
  }
}
