import RopeText

enum RopeCacheTooShort: Rule {
  static let card = RuleCard(
    "rope-cache-too-short", .error, "The runtime's table of angles is shorter than what is served",
    why: "Reading past it is silent garbage or a device assert.",
    fix: "Raise the window that the table is sized from, or reject longer requests.",
    references: [
      "xiaguan/pegainfer#220", "vllm-project/vllm#55910", "vllm-project/vllm-ascend#1266", "karpathy/nanochat#520",
      "unslothai/unsloth#3036",
      """
      huggingface/text-generation-inference#782
      """, "vllm-project/vllm#55116",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 4096, "rope_scaling": {"rope_type": "dynamic", "factor": \
        4.0}}
        """, facts: Facts(runtimes: ["vllm"], commandLine: "VLLM_ALLOW_LONG_MAX_MODEL_LEN=1 --max-model-len 16384"))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "qwen2", "max_position_embeddings": 131072, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
        "original_max_position_embeddings": 32768}}
        """, facts: Facts(runtimes: ["vllm"], commandLine: "--max-model-len 131072"))
    ])

  static let needs: [RuleNeed] = [.target, .runtime]

  static func check(_ subject: CheckSubject) -> [Finding] {
    let allowed = subject.option("vllm_allow_long_max_model_len")
    // Otherwise the server refuses to start, which target-exceeds-window says.
    guard allowed?.isOn == true, let window = subject.window, window > 0,
      let served = [subject.facts.targetLength, subject.servedLength].compactMap({ $0 }).max()
    else { return [] }
    let factor = subject.scaling?.factor ?? 1
    let rows: Double
    switch subject.scaling?.type {
    case "yarn", "deepseek_yarn": rows = factor * (subject.scaling.flatMap(subject.original) ?? Double(window))
    case "linear": rows = Double(window) * factor
    case "longrope": return []
    default: rows = Double(window)
    }
    guard Double(served) > rows else { return [] }
    let kind: Message = subject.scaling.map { "\($0.type)" } ?? "unscaled"
    return [
      subject.finding(
        card, at: subject.option("max_model_len"), or: subject.windowPlace,
        """
        vLLM builds \(Phrase.tokens(rows)) rows of cos and sin for \(kind) rotation, \
        \(Phrase.tokens(served)) are served (VLLM_ALLOW_LONG_MAX_MODEL_LEN turns the refusal off): the last \
        \(Phrase.tokens(Double(served) - rows)) positions read past the table. Scale to the served length, or cap at \
        \(Phrase.whole(rows))
        """)
    ]
  }
}
