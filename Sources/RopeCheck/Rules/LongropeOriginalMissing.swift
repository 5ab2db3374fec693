import RopeText

enum LongropeOriginalMissing: Rule {
  static let card = RuleCard(
    "longrope-original-missing", .error, "longrope without an original length",
    why: "The length at which the lists change, and the attention factor, are undefined.",
    fix: "Add original_max_position_embeddings at the top level.",
    references: ["huggingface/optimum-intel#1504", "huggingface/candle#2960"],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 32, "num_attention_heads": 4, "max_position_embeddings": 131072, \
        "rope_scaling": {"type": "longrope", "short_factor": [1.0, 1.0, 1.0, 1.0], "long_factor": [1.0, 1.5, 2.0, 4.0]}}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "phi3", "hidden_size": 32, "num_attention_heads": 4, "max_position_embeddings": 131072, \
        "original_max_position_embeddings": 4096, "rope_scaling": {"type": "longrope", "short_factor": [1.0, 1.0, 1.0, \
        1.0], "long_factor": [1.0, 1.5, 2.0, 4.0]}}
        """)
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.type == "longrope", subject.originalPlace(scaling) == nil else {
      return []
    }
    if let own = subject.declaration.classOriginalLength {
      return [
        subject.finding(
          card, at: scaling.dictionary,
          """
          longrope does not say where the short list ends: the class takes \(Phrase.tokens(own)), what reads the file \
          alone, as converters do, stops with a KeyError. Add \"original_max_position_embeddings\": \(own) at the top level
          """, severity: .note)
      ]
    }
    let window: Message = subject.window.map { "\(Phrase.tokens($0))" } ?? "the window"
    let native = subject.known?.trainedLength ?? 4096
    return [
      subject.finding(
        card, at: scaling.dictionary,
        """
        longrope does not say where the short list ends: transformers 5 takes \(window) for it, so the long list is \
        never used and the attention factor is 1; others stop with a KeyError. Add \
        \"original_max_position_embeddings\": \(native) (the pre-training length) at the top level
        """)
    ]
  }
}
