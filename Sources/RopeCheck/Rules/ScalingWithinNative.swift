import RopeConfig
import RopeMath
import RopeText

enum ScalingWithinNative: Rule {
  static let card = RuleCard(
    "scaling-within-native", .warning, "A scaling counts from a length far below what the model was trained to",
    why: """
      A recipe of an earlier model of the same name slows the pairs of one that was trained on longer texts, at every \
      length and for nothing.
      """,
    fix: "Remove the scaling, or count it from the length that the weights were trained to.",
    references: ["jundot/omlx#3594", "Neroued/ninfer#165"],
    failing: [
      RuleExample(
        """
        {"model_type": "qwen3_moe", "hidden_size": 2048, "head_dim": 128, "num_attention_heads": 32, \
        "max_position_embeddings": 262144, "rope_theta": 10000000, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
        "original_max_position_embeddings": 32768}}
        """, facts: Facts(base: "Qwen3-Coder-30B-A3B-Instruct"))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "qwen3_moe", "hidden_size": 2048, "head_dim": 128, "num_attention_heads": 32, \
        "max_position_embeddings": 1048576, "rope_theta": 10000000, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
        "original_max_position_embeddings": 262144}}
        """, facts: Facts(base: "Qwen3-Coder-30B-A3B-Instruct"))
    ])

  static let needs: [RuleNeed] = [.knownModel, .scaling]

  /// What else is said of the same numbers would have the factor or the window changed to fit the wrong length.
  static func consequences(in subject: CheckSubject) -> [any Rule.Type] {
    [FactorRatioMismatch.self, FactorLargerThanNeeded.self, WindowNotRaised.self]
  }

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let known = subject.known, known.scaling == nil, subject.isKnownForSure, !subject.isTrained,
      let scaling = subject.scaling, scaling.isYarn || scaling.type == "llama3", let factor = scaling.factor,
      factor > 1,
      let place = subject.originalPlace(scaling), let original = subject.original(scaling),
      original <= Double(known.trainedLength) / 2,
      abs((subject.theta ?? known.base) / known.base - 1) < 0.01
    else { return [] }
    let length = known.trainedLength
    let plain = subject.plan(MethodSpecification("none"), at: length)
    let gap = subject.difference(subject.plan(at: length), from: plain)
    let wanted = [subject.target, subject.servedLength, subject.window].compactMap { $0 }.max() ?? length
    let change: Message = gap.map { " changes it within them: \($0)" } ?? ""
    let advice: Message =
      wanted > length
      ? """
      Write "original_max_position_embeddings": \(length) and a factor of \
      \(Phrase.ratio(Phrase.quarters(Double(wanted) / Double(length))))
      """
      : "Remove the scaling"
    return [
      subject.finding(
        card, at: place,
        """
        \(known.name) was trained to \(Phrase.tokens(length)) tokens as it is; \(scaling.type) ×\(Phrase.ratio(factor)) \
        from \(Phrase.tokens(original))\(change). \(advice)
        """)
    ]
  }
}
