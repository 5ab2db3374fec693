enum ScalingAppliedTwice: Rule {
  static let card = RuleCard(
    "scaling-applied-twice", .error, "The window already includes the factor, and it is multiplied again",
    why: "An 8k model extended to 32k is served as 128k: positions run out of the table of angles.",
    fix: "State the native and the extended length separately, so that nothing multiplies the window.",
    references: [
      "hiyouga/LlamaFactory#1298", "vllm-project/vllm#55116", "JIA-Lab-research/LongLoRA#113",
      "axolotl-ai-cloud/axolotl#343",
    ],
    failing: [
      RuleExample(
        """
        {"max_position_embeddings": 32768, "rope_scaling": {"rope_type": "telechat3-yarn", "factor": 4.0, \
        "original_max_position_embeddings": 8192}}
        """, facts: Facts(runtimes: ["vllm"])),
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 16384, "rope_scaling": {"rope_type": "linear", "factor": \
        4.0}}
        """, facts: Facts(runtimes: ["vllm"], base: "Llama-2-7b")),
    ],
    passing: [
      RuleExample(
        """
        {"max_position_embeddings": 32768, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
        "original_max_position_embeddings": 8192}}
        """, facts: Facts(runtimes: ["vllm"]))
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.fileScaling, let factor = scaling.factor, factor > 1, let place = subject.windowPlace,
      let window = subject.window
    else { return [] }
    let native = subject.original(scaling) ?? subject.known.map { Double($0.trainedLength) }
    guard let native, abs(Double(window) - factor * native) < 1 else { return [] }
    // A length that the server is given is not multiplied.
    let isCapped = subject.servedLength.map { $0 <= window } ?? false
    let multiplying = isCapped ? nil : subject.verdicts.first { ($0.reading?.servedWindow?.tokens ?? window) > window }
    if let runtime = multiplying?.runtime {
      let admitted = Phrase.tokens(factor * Double(window))
      let beyond = Phrase.tokens(factor * Double(window) - Double(window))
      return [
        subject.finding(
          card, at: place,
          scaling.type == "linear"
            ? """
            the window \(Phrase.tokens(window)) is already \(Phrase.ratio(factor)) × \(Phrase.tokens(native)), and \
            \(runtime.label) multiplies it by the factor again: it admits \(admitted) tokens, \(beyond) of them beyond \
            the table. Write the native \(Phrase.tokens(native)) as the window, or cap with --max-model-len \(window)
            """
            : """
            the window \(Phrase.tokens(window)) is already \(Phrase.ratio(factor)) × \(Phrase.tokens(native)), and \
            \(runtime.label) multiplies it by the factor again: it admits \(admitted) tokens, \(beyond) of them beyond \
            the table. Write a type that \(runtime.label) does not multiply, or cap with --max-model-len \(window)
            """)
      ]
    }
    guard
      let option = subject.options.last(where: {
        $0.kind == .llamaFactory && $0.name == "rope_scaling" && $0.node.string != nil
      })
    else { return [] }
    return [
      subject.finding(
        card, at: option, or: place,
        """
        the configuration is already scaled ×\(Phrase.ratio(factor)) to \(Phrase.tokens(window)) tokens, and \
        \(option.spelling): \(option.text) scales again from there. Drop the option, or start from the unscaled model
        """)
    ]
  }
}
