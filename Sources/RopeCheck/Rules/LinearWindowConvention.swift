enum LinearWindowConvention: Rule {
  static let card = RuleCard(
    "linear-window-convention", .note,
    """
    Linear scaling leaves open whether the window is the native or the extended one
    """,
    why: """
      Runtimes that multiply give factor × too much for the second kind, those that do not give the native length for \
      the first.
      """,
    fix: "State the served length explicitly.",
    references: ["hiyouga/LlamaFactory#1298", "axolotl-ai-cloud/axolotl#343", "vllm-project/vllm#55116"],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 16384, "rope_scaling": {"rope_type": "linear", "factor": \
        4.0}}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "gemma3_text", "max_position_embeddings": 131072, "rope_scaling": {"rope_type": "linear", \
        "factor": 8.0}}
        """)
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.type == "linear", let factor = scaling.factor, factor > 1,
      let place = subject.windowPlace, let window = subject.window,
      !["gemma3", "gemma3_text"].contains(subject.modelType ?? ""), subject.known == nil,
      !scaling.has("original_max_position_embeddings"),
      // A length that the command says leaves nothing open.
      subject.servedLength == nil, !subject.isTrainersView
    else { return [] }
    return [
      subject.finding(
        card, at: place,
        """
        with linear ×\(Phrase.ratio(factor)), a window of \(Phrase.tokens(window)) means \
        \(Phrase.tokens(Double(window) * factor)) tokens where it is the native length (vLLM and SGLang multiply) and \
        \(Phrase.tokens(window)) where it is the extended one (transformers). Set the served length explicitly
        """)
    ]
  }
}
