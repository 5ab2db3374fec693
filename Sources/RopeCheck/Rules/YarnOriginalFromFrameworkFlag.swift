import RopeMath
import RopeText

enum YarnOriginalFromFrameworkFlag: Rule {
  static let card = RuleCard(
    "yarn-original-from-framework-flag", .error, "YaRN's ramp is computed from the framework's window",
    why: """
      Megatron-style code takes max-position-embeddings, the extended length, for the length that the ramp counts \
      turns in.
      """,
    fix: "Pass the pre-training length (--yarn-original-max-position-embeddings).",
    references: [
      "NVIDIA/Megatron-LM#1418", "alibaba/Pai-Megatron-Patch#500", "EvolvingLMMs-Lab/LLaVA-OneVision-2#151",
    ],
    failing: [
      RuleExample(
        """
        {"rope_theta": 10000, "max_position_embeddings": 163840, "rope_scaling": {"rope_type": "yarn", "factor": 40, \
        "original_max_position_embeddings": 163840}}
        """, facts: Facts(trainer: "Megatron-LM", commandLine: "MAX_POSITION_EMBEDDINGS=163840"))
    ],
    passing: [
      RuleExample(
        """
        {"rope_theta": 10000, "max_position_embeddings": 163840, "rope_scaling": {"rope_type": "yarn", "factor": 40, \
        "original_max_position_embeddings": 4096}}
        """,
        facts: Facts(
          trainer: "Megatron-LM",
          commandLine: "--max-position-embeddings 163840 --yarn-original-max-position-embeddings 4096"))
    ])

  static let needs: [RuleNeed] = [.training, .scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.isYarn, let factor = scaling.factor, factor > 1,
      let original = subject.original(scaling) ?? subject.window.map(Double.init)
    else { return [] }
    guard
      subject.isTrainedOrMeant(.takesOriginalFromOption) || subject.options.contains(where: { $0.kind == .megatron })
    else { return [] }
    let flag = subject.option("max_position_embeddings")
    let given = subject.option("yarn_original_max_position_embeddings")
    if let given {
      guard let length = given.length, let declared = subject.original(scaling), Double(length) > declared else {
        return []
      }
      return [
        subject.finding(
          card, at: given, or: subject.originalPlace(scaling),
          """
          \(given.spelling) is \(Phrase.tokens(length)), the configuration's original length \
          \(Phrase.tokens(declared)): the ramp counts turns in a length \(Phrase.ratio(Double(length) / declared)) × \
          too long\(gap(scaling, Double(length), declared, subject)). Write \(Phrase.whole(declared))
          """)
      ]
    }
    guard let length = flag?.length ?? subject.window, Double(length) == original else { return [] }
    let native = original / factor
    return [
      subject.finding(
        card, at: subject.originalPlace(scaling) ?? scaling.dictionary,
        """
        the extended length \(Phrase.tokens(length)) is what YaRN's ramp is computed from; the factor says that the \
        trained one is \(Phrase.tokens(native.rounded()))\(gap(scaling, original, native, subject)). Write \
        \"original_max_position_embeddings\": \(Phrase.whole(native.rounded()))
        """)
    ]
  }

  private static func gap(_ scaling: DeclaredScaling, _ read: Double, _ meant: Double, _ subject: CheckSubject)
    -> Message
  {
    .bracketed(
      subject.difference(
        subject.plan(subject.yarn(scaling, ["original_max_position_embeddings": read])),
        from: subject.plan(subject.yarn(scaling, ["original_max_position_embeddings": meant]))))
  }
}
