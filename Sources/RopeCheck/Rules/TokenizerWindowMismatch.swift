enum TokenizerWindowMismatch: Rule {
  static let card = RuleCard(
    "tokenizer-window-mismatch", .warning, "The tokenizer's limit is not the length in use",
    why: "Training rows are cut at model_max_length; with the placeholder of 1e30 nothing is ever cut.",
    fix: "Set model_max_length to the target.",
    references: [
      "h2oai/h2ogpt#524", "QwenLM/Qwen3-VL#2115", "modelscope/ms-swift#1591", "lm-sys/FastChat#1293",
      "huggingface/transformers#30998",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "qwen2", "max_position_embeddings": 32768}
        """, facts: Facts(targetLength: 32_768), companions: ["tokenizer_config.json": #"{"model_max_length": 2048}"#]),
      RuleExample(
        """
        {"model_type": "qwen2", "max_position_embeddings": 32768}
        """, companions: ["tokenizer_config.json": #"{"model_max_length": 1000000000000000019884624838656}"#]),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "qwen2", "max_position_embeddings": 32768}
        """, facts: Facts(targetLength: 32_768), companions: ["tokenizer_config.json": #"{"model_max_length": 32768}"#])
    ])

  static let needs: [RuleNeed] = [.tokenizer]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let option = subject.option("tokenizer.model_max_length"), let limit = option.number else { return [] }
    if limit > 1e12 {
      guard let window = subject.window else { return [] }
      return [
        subject.finding(
          card, at: option,
          """
          model_max_length is a placeholder (\(String(option.text.prefix(12)))…): rows beyond the window of \
          \(Phrase.tokens(window)) tokens are never cut. Write \(window)
          """, severity: .note)
      ]
    }
    guard let wanted = [subject.facts.targetLength, subject.trainingLength].compactMap({ $0 }).max(),
      limit < Double(wanted)
    else { return [] }
    return [
      subject.finding(
        card, at: option,
        """
        the tokenizer cuts at \(Phrase.tokens(limit)) tokens, \(Phrase.tokens(wanted)) are wanted: \
        \(Phrase.percent(1 - limit / Double(wanted))) of the longest rows is lost. Write \"model_max_length\": \
        \(wanted)
        """)
    ]
  }
}
