import RopeConfig

enum ServeWindowUnset: Rule {
  static let card = RuleCard(
    "serve-window-unset", .warning, "The server's own window is below what is wanted",
    why: "Prompts are cut silently at a default of 2048 or 4096 tokens.",
    fix: "Set the window explicitly.",
    references: ["sgl-project/sglang#2108", "ollama/ollama#3819", "vllm-project/vllm#9490"],
    failing: [
      RuleExample(
        """
        {"model_type": "qwen2", "max_position_embeddings": 131072}
        """, facts: Facts(targetLength: 65_536, runtimes: ["ollama"])),
      RuleExample(
        """
        {"model_type": "qwen2", "max_position_embeddings": 131072}
        """, facts: Facts(targetLength: 65_536, commandLine: "vllm serve model --max-model-len 8192")),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "qwen2", "max_position_embeddings": 131072}
        """,
        facts: Facts(
          targetLength: 65_536, runtimes: ["ollama"], commandLine: "OLLAMA_CONTEXT_LENGTH=65536 num_ctx=65536"))
    ])

  static let needs: [RuleNeed] = [.target]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let target = subject.facts.targetLength else { return [] }
    if let served = subject.servedLength,
      let option = subject.option("max_model_len", "context_length", "ctx_size", "c", "n_ctx", "num_ctx", "max_seq_len")
    {
      guard served < target else { return [] }
      return [
        subject.finding(
          card, at: option, or: subject.windowPlace,
          """
          \(option.spelling) \(Phrase.tokens(served)) is below the target \(Phrase.tokens(target)): \
          \(Phrase.percent(1 - Double(served) / Double(target))) of a full prompt is cut or refused. Write \(target)
          """)
      ]
    }
    guard let runtime = subject.runtime(.cutsToShortWindow), let usual = RuntimeTrait.cutsToShortWindow.tokens,
      target > usual, subject.option("ollama_context_length") == nil
    else { return [] }
    return [
      subject.finding(
        card, at: subject.windowPlace,
        """
        no window is passed to \(runtime.label), whose default is about \(Phrase.tokens(usual)) tokens: \
        \(Phrase.percent(1 - Double(usual) / Double(target))) of a \(Phrase.tokens(target))-token prompt is cut \
        silently. Write num_ctx \(target)
        """)
    ]
  }
}
