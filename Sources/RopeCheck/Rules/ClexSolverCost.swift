enum ClexSolverCost: Rule {
  static let card = RuleCard(
    "clex-solver-cost", .note, "CLEX with a small solver step in a training run",
    why: """
      Every length solves a differential equation in steps of time_dt; slow training and infinite gradients are \
      reported.
      """,
    fix: "A larger step, the ODE's block in float32, gradient clipping.",
    references: ["DAMO-NLP-SG/CLEX#11", "CLEX clex_layer.py"],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "rope_scaling": {"type": "clex", "max_factor": 16, "param_factor": 1, "time_dt": 0.01, \
        "act": "tanh"}}
        """, facts: Facts(trainLength: 16_384))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "rope_scaling": {"type": "clex", "max_factor": 16, "param_factor": 1, "time_dt": 0.1, \
        "act": "tanh"}}
        """, facts: Facts(trainLength: 16_384))
    ])

  static let needs: [RuleNeed] = [.training, .scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.type == "clex", subject.isTrained,
      let place = scaling.dictionary.member("time_dt"),
      let step = scaling.number("time_dt"), step > 0, step < 0.05
    else { return [] }
    let steps = ((scaling.number("max_factor") ?? 16) - 1) / step
    return [
      subject.finding(
        card, at: place,
        """
        time_dt \(Phrase.ratio(step)) up to a factor of \(Phrase.ratio(scaling.number("max_factor") ?? 16)) is \
        \(Phrase.tokens(steps.rounded())) solver steps for a forward pass, the same backwards; infinite gradients are \
        reported in half precision. Write 0.1, keep the block in float32 and clip gradients
        """)
    ]
  }
}
