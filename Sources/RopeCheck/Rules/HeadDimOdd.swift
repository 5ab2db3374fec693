import RopeConfig
import RopeText

enum HeadDimOdd: Rule {
  static let card = RuleCard(
    "head-dim-odd", .error, "The rotated part of the head has an odd size",
    why: "Features rotate in pairs; the first forward pass stops with a shape error.",
    fix: "Choose an even head_dim (or rotary share).",
    references: ["huggingface/transformers#48101", "allenai/OLMo-core#555"],
    failing: [
      RuleExample(
        """
        {"hidden_size": 12, "num_attention_heads": 4}
        """), RuleExample(#"{"head_dim": 65, "num_attention_heads": 4}"#),
    ],
    passing: [RuleExample(#"{"hidden_size": 16, "num_attention_heads": 4}"#)])

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    // What can be rotated in pairs is no matter, whatever the class derives it from.
    guard subject.reading?.layerTypes.isEmpty ?? true, let head = subject.headDimension, head > 0 else { return [] }
    let share =
      subject.scalings.first?.number("partial_rotary_factor") ?? subject.declaration.value(.share)?.node.finiteNumber
      ?? 1
    let rotary = subject.count("rotary_dim") ?? Phrase.whole(Double(head) * share)
    guard !rotary.isMultiple(of: 2) else { return [] }
    let place =
      subject.value("rotary_dim") ?? subject.value("head_dim", "qk_rope_head_dim")
      ?? subject.declaration.value(.hiddenSize)
    let derived = place.map { ConfigurationKey.hiddenSize.spellings.contains($0.key) } ?? false
    let pairs: Message = rotary / 2 == 1 ? "1 pair" : "\(rotary / 2) pairs"
    return [
      subject.finding(
        card, at: place,
        derived
          ? """
          hidden size over heads gives \(rotary) rotated features, \(pairs) and one over: the first forward pass stops \
          with a shape error. Write an even size, such as \(rotary + 1)
          """
          : """
          the head has \(rotary) rotated features, \(pairs) and one over: the first forward pass stops with a shape \
          error. Write an even size, such as \(rotary + 1)
          """)
    ]
  }
}
