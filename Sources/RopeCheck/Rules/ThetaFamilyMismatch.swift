import RopeMath
import RopeText

enum ThetaFamilyMismatch: Rule {
  static let card = RuleCard(
    "theta-family-mismatch", .warning, "rope_theta is not the published model's",
    why: "A value copied from another template turns every pair but the first at a speed that the weights do not know.",
    fix: "Write the family's value, unless the model was retrained with this one.",
    references: [
      "agentscope-ai/Trinity-RFT#389", "vllm-project/vllm#998", "LostRuins/koboldcpp#487", "FlagOpen/FlagEmbedding#849",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "qwen2", "hidden_size": 1536, "num_attention_heads": 12, "vocab_size": 151936, \
        "max_position_embeddings": 32768, "rope_theta": 10000.0}
        """),
      RuleExample(
        """
        {"model_type": "llama", "vocab_size": 128256, "hidden_size": 4096, "num_attention_heads": 32, \
        "max_position_embeddings": 8192, "rope_theta": 10000.0}
        """),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "qwen2", "vocab_size": 151936, "max_position_embeddings": 32768, "rope_theta": 1000000.0}
        """),
      RuleExample(
        """
        {"model_type": "llama", "vocab_size": 128256, "max_position_embeddings": 1048576, "rope_theta": 3580165449.0}
        """),
    ])

  static let needs: [RuleNeed] = [.knownModel]

  static func consequences(in subject: CheckSubject) -> [any Rule.Type] {
    [ThetaTooSmallForTarget.self]
  }

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let known = subject.known, let place = subject.thetaPlace, let theta = subject.theta, theta > 0,
      !known.isTrained(with: theta),
      // A larger base with a raised window is an extension by training.
      theta < known.base * 0.99
        || (subject.window.map { $0 <= known.trainedLength } ?? false) && theta > known.base * 1.01,
      !subject.isTrained || theta < known.base
    else { return [] }
    // A declared base with a factor on top is the matter of theta-and-factor-both; one that a command raises for more
    // tokens than were trained is its way to extend the context.
    if theta > known.base {
      let asked = [subject.facts.targetLength, subject.servedLength].compactMap { $0 }.max() ?? 0
      if subject.scaling != nil || subject.effective?.command.option(.theta) != nil && asked > known.trainedLength {
        return []
      }
    }
    var gap: Message?
    if let head = subject.headDimension ?? known.headDimension,
      let geometry = try? RotaryGeometry(headDimension: head, base: known.base, trainedLength: known.trainedLength),
      let mine = try? RotaryGeometry(headDimension: head, base: theta, trainedLength: known.trainedLength)
    {
      gap = subject.difference(
        subject.plan(MethodSpecification("none"), mine, at: known.trainedLength),
        from: subject.plan(MethodSpecification("none"), geometry, at: known.trainedLength))
    }
    return [
      subject.finding(
        card, at: place,
        """
        theta is \(Phrase.tokens(theta)), \(known.name) was trained with \
        \(Phrase.tokens(known.base))\(Message.afterColon(gap)). Write \(Phrase.json(known.base))
        """,
        fix: Fix(
          "write \(Phrase.json(known.base))", safe: false,
          edits: subject.replace(place, with: Phrase.json(known.base))))
    ]
  }
}
