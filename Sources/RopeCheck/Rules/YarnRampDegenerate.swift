import RopeMath

enum YarnRampDegenerate: Rule {
  static let card = RuleCard(
    "yarn-ramp-degenerate", .warning, "YaRN's ramp is empty or lies outside the pairs",
    why: "All pairs are interpolated, which is linear scaling, or none, which is no scaling.",
    fix: "Check theta, original length and betas against each other.",
    references: ["pytorch/torchtitan#2216", "jingyaogong/minimind#602", "jquesnelle/yarn#19"],
    failing: [
      RuleExample(
        """
        {"hidden_size": 1024, "num_attention_heads": 16, "max_position_embeddings": 128, "rope_theta": 10000, \
        "rope_scaling": {"rope_type": "yarn", "factor": 16.0, "original_max_position_embeddings": 8, "beta_fast": 32, \
        "beta_slow": 4}}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 131072, "rope_theta": 1000000, \
        "rope_scaling": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}}
        """)
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.isYarn, let factor = scaling.factor, factor > 1,
      let geometry = subject.geometry,
      geometry.base > 1, let original = subject.original(scaling) ?? subject.window.map(Double.init),
      let plan = subject.plan(subject.yarn(scaling)), let plain = subject.plan(MethodSpecification("none"))
    else { return [] }
    let fast = scaling.number("beta_fast") ?? 32
    let slow = scaling.number("beta_slow") ?? 1
    // A hard step, as Kimi-K2 ships, is deliberate; a reversed one has a rule of its own.
    guard fast > slow else { return [] }
    let ratios = zip(plan.inverseFrequencies, plain.inverseFrequencies).map { $0 / $1 }
    let kept = ratios.count { $0 > 1 - 1e-9 }
    let divided = ratios.count { $0 < 1 / factor + 1e-9 }
    let place = scaling.dictionary.member("original_max_position_embeddings") ?? scaling.dictionary
    if kept == ratios.count {
      return [
        subject.finding(
          card, at: place,
          """
          the ramp lies behind the last of \(ratios.count) pairs: none is interpolated, yarn ×\(Phrase.ratio(factor)) \
          scales nothing (theta \(Phrase.tokens(geometry.base)), original \(Phrase.tokens(original))). Check these two \
          numbers
          """)
      ]
    }
    if divided >= ratios.count - 1 {
      return [
        subject.finding(
          card, at: place,
          """
          the ramp lies before the first of \(ratios.count) pairs: \(divided) are divided by \(Phrase.ratio(factor)), \
          which is linear scaling (theta \(Phrase.tokens(geometry.base)), original \(Phrase.tokens(original)), betas \
          \(Phrase.ratio(fast)) and \(Phrase.ratio(slow))). Check these numbers
          """)
      ]
    }
    return []
  }
}
