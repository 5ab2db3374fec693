import RopeAdvice

enum ExtensionRatioExtreme: Rule {
  static let card = RuleCard(
    "extension-ratio-extreme", .warning, "The target is very far beyond the trained length",
    why: "Beyond 8 × without training, or 32 × in one stage, quality collapses; papers go in stages.",
    fix: "Extend in stages (such as 16 ×, then 32 ×) or train more.",
    references: ["ggml-org/llama.cpp#2268", "jquesnelle/yarn#19", "YaRN train.sh (64k, then 128k)"],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 65536, "rope_scaling": {"rope_type": "yarn", "factor": 16.0, \
        "original_max_position_embeddings": 4096}}
        """, facts: Facts(targetLength: 65_536, base: "Llama-2-7b"))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 65536, "rope_scaling": {"rope_type": "yarn", "factor": 16.0, \
        "original_max_position_embeddings": 4096}}
        """, facts: Facts(targetLength: 65_536, base: "Llama-2-7b", trainer: "axolotl"))
    ])

  static let needs: [RuleNeed] = [.target]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard subject.facts.claimedLength == nil, let target = subject.target ?? subject.trainingLength,
      let reach = ExtensionRatio(
        target: target, known: subject.known, window: subject.window, base: subject.theta,
        scalingType: subject.scaling?.type, isTrained: subject.isTrained), reach.isExtreme,
      // What a command makes of a model is not what it is made for.
      !(subject.isKnownForSure && subject.effective != nil && target <= subject.known?.nativeLength ?? 0)
    else { return [] }
    let (ratio, native, limit) = (reach.value, reach.madeFor, reach.limit)
    return [
      subject.finding(
        card, at: subject.scaling?.dictionary.member("factor") ?? subject.windowPlace,
        subject.isTrained
          ? """
          \(Phrase.tokens(target)) tokens are \(Phrase.ratio(ratio)) × the \(Phrase.tokens(native)) that the model is \
          made for in one stage; reports of such ratios give perplexities of 86 and more. Go in stages of at most \
          \(Phrase.ratio(limit)) ×, or train
          """
          : """
          \(Phrase.tokens(target)) tokens are \(Phrase.ratio(ratio)) × the \(Phrase.tokens(native)) that the model is \
          made for, and nothing says that the weights are trained for it; reports of such ratios give perplexities of \
          86 and more. Go in stages of at most \(Phrase.ratio(limit)) ×, or train
          """)
    ]
  }
}
