enum WindowBufferTooLarge: Rule {
  static let card = RuleCard(
    "window-buffer-too-large", .warning, "The window makes the runtime build a huge table of angles",
    why: "Gigabytes of cos and sin on every device, kernel limits, crashes.",
    fix: "Cap the served window.",
    references: ["vllm-project/vllm-ascend#693", "NVIDIA/TensorRT-LLM#3778", "xiaguan/pegainfer#220"],
    failing: [
      RuleExample(
        """
        {"model_type": "llama4_text", "head_dim": 128, "hidden_size": 5120, "num_attention_heads": 40, \
        "max_position_embeddings": 10485760, "rope_theta": 500000.0}
        """, facts: Facts(runtimes: ["vllm"]))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "head_dim": 128, "max_position_embeddings": 131072}
        """, facts: Facts(runtimes: ["vllm"]))
    ])

  static let needs: [RuleNeed] = [.runtime]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let runtime = subject.runtime(.tabulatesWindow), let place = subject.windowPlace,
      let window = subject.window,
      window >= 1_000_000
    else { return [] }
    let rotary = subject.geometry?.rotaryDimension ?? subject.headDimension ?? 128
    // cos and sin of every pair, in float32 while the table is built.
    let gigabytes = Double(window) * Double(rotary) * 4 / 1e9
    return [
      subject.finding(
        card, at: place,
        """
        \(runtime.label) precomputes cos and sin for all \(Phrase.tokens(window)) positions: \
        \(Phrase.ratio(gigabytes)) GB in float32 on every device, before the first request. Lower the window to what \
        is served
        """,
        severity: gigabytes < 2 ? .note : .warning)
    ]
  }
}
