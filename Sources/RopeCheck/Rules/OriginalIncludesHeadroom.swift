import RopeText

enum OriginalIncludesHeadroom: Rule {
  static let card = RuleCard(
    "original-includes-headroom", .note, "The original length is the window with room for the answer",
    why: """
      Qwen3's 40960 is 32768 trained tokens and 8192 for output; a ramp and a factor derived from it belong to a \
      length that the model was never trained on.
      """,
    fix: "Write 32768.",
    references: [
      "MiroMindAI/MiroTrain#5", "rasbt/reasoning-from-scratch#42", "rasbt/LLMs-from-scratch#979",
      "modelscope/ms-swift#5146",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "qwen3", "head_dim": 128, "rope_theta": 1000000, "max_position_embeddings": 163840, \
        "rope_scaling": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 40960}}
        """),
      RuleExample(
        """
        {"model_type": "qwen3", "rope_scaling": {"rope_type": "yarn", "factor": 3.0}}
        """, facts: Facts(targetLength: 122_880)),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "qwen3", "max_position_embeddings": 131072, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
        "original_max_position_embeddings": 32768}}
        """)
    ])

  static let needs: [RuleNeed] = [.scaling]

  private static func isQwen3(_ subject: CheckSubject) -> Bool {
    ["qwen3", "qwen3_moe"].contains(subject.modelType ?? "") || subject.known?.name == "Qwen3"
  }

  /// Whether the original length of a scaling is the window with its room.
  static func applies(_ subject: CheckSubject, _ scaling: DeclaredScaling) -> Bool {
    isQwen3(subject) && (scaling.isYarn || scaling.type == "linear")
      && subject.originalPlace(scaling)?.node.finiteNumber == 40_960
  }

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard isQwen3(subject), let scaling = subject.scaling, scaling.isYarn || scaling.type == "linear" else {
      return []
    }
    if let place = subject.originalPlace(scaling) {
      guard applies(subject, scaling) else { return [] }
      let window = subject.window ?? 163_840
      let meant = subject.plan(
        subject.yarn(scaling, ["original_max_position_embeddings": 32_768, "factor": scaling.factor ?? 4]), at: window)
      let gap = subject.difference(
        subject.plan(subject.yarn(scaling, ["factor": scaling.factor ?? 4]), at: window), from: meant)
      let reach: Message =
        scaling.factor.map { factor in
          let paper = Phrase.tokens(factor * 40_960), trained = Phrase.tokens(factor * 32_768)
          return ": ×\(Phrase.ratio(factor)) reaches \(paper) on paper, \(trained) from what was trained"
        } ?? ""
      return [
        subject.finding(
          card, at: place,
          """
          original length 40,960 is Qwen3's window with 8,192 tokens for the answer; it was trained on \
          32,768\(reach)\(Message.bracketed(gap)). Write 32768
          """,
          severity: subject.effective?.command.format.kind == .trainer ? .warning : .note,
          fix: Fix("write 32768", safe: false, edits: subject.replace(place, with: "32768")))
      ]
    }
    guard let factor = scaling.factor else { return [] }
    let asked = subject.target ?? subject.window
    guard asked.map({ Double($0) == factor * 40_960 }) == true || subject.window == 40_960 else { return [] }
    return [
      subject.finding(
        card, at: scaling.dictionary.member("factor") ?? scaling.dictionary,
        """
        factor \(Phrase.ratio(factor)) counts from 40,960, Qwen3's window with 8,192 tokens for the answer; from the \
        32,768 trained ones it reaches \(Phrase.tokens(factor * 32_768)), \(Phrase.percent(1 - 32_768.0 / 40_960)) \
        less. Write \"original_max_position_embeddings\": 32768 and a factor of \
        \(Phrase.ratio(Phrase.quarters(factor * 40_960 / 32_768)))
        """)
    ]
  }
}
