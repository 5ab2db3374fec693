import RopeText

enum InvFreqCast: Rule {
  static let card = RuleCard(
    "inv-freq-cast", .warning, "The whole model is cast to half precision, rotary buffers included",
    why: "Rounded frequencies cannot be recovered by later float32 arithmetic.",
    fix: "Keep the rotary buffers in float32, or recompute them after the cast.",
    references: [
      "NVIDIA-NeMo/Automodel#2549", "huggingface/transformers#25681", "huggingface/transformers#30709",
      "EleutherAI/gpt-neox#1016",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 32768}
        """, facts: Facts(commandLine: "--bf16_full_eval true"))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 32768}
        """, facts: Facts(commandLine: "--bf16 true"))
    ])

  static let needs: [RuleNeed] = [.options]

  static func check(_ subject: CheckSubject) -> [Finding] {
    let option = subject.options.last {
      ["bf16_full_eval", "fp16_full_eval", "pure_bf16"].contains($0.name) && $0.isOn
    }
    let precision = subject.facts.precision?.lowercased() ?? ""
    let isDeclared = [
      ".to(bf16", ".to(torch.bfloat16", ".half()", "inv_freq in bf16", "inv_freq bf16", "pure bf16", "cast whole model",
    ].contains { precision.contains($0) }
    guard option != nil || isDeclared, let length = subject.target ?? subject.window else { return [] }
    // bfloat16 keeps 8 bits of the significand: a relative error of 2^−9 in each frequency.
    let phase = Double(length) / 512
    let cause: Message = option.map { "\($0.spelling)" } ?? "the declared cast"
    return [
      subject.finding(
        card, at: option, or: subject.windowPlace,
        """
        \(cause) rounds inv_freq to 8 bits, off by up to 0.2 %: at \
        \(Phrase.tokens(length)) tokens the phase of the faster pairs is off by up to \(Phrase.ratio(phase)) radian. \
        Keep rotary buffers in float32, or recompute them after the cast
        """)
    ]
  }
}
