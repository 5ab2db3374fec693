import RopeText

enum GenerationRoom: Rule {
  static let card = RuleCard(
    "generation-room", .warning, "Prompt and answer together exceed the window",
    why: "Prompts are cut, even to nothing, or the cache overflows.",
    fix: "Budget both within the window.",
    references: ["knoveleng/open-rs#13", "karpathy/nanochat#520", "modelscope/ms-swift#4893"],
    failing: [
      RuleExample(
        """
        {"model_type": "qwen2", "max_position_embeddings": 32768}
        """, facts: Facts(commandLine: "--max_prompt_length 30000 --max_completion_length 8192"))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "qwen2", "max_position_embeddings": 32768}
        """, facts: Facts(commandLine: "--max_prompt_length 24000 --max_completion_length 8192"))
    ])

  static let needs: [RuleNeed] = [.options]

  static func check(_ subject: CheckSubject) -> [Finding] {
    // What the program calls them, where it works in one role.
    let own = subject.effective.flatMap { $0.role == nil ? $0.options : nil }
    guard
      let answer = subject.option(
        "max_completion_length", "max_response_length", "max_new_tokens", "max_tokens", "n_predict")
        ?? own?[.newTokens].flatMap({ subject.option($0.path) }),
      let tokens = answer.length, let window = subject.servedLength ?? subject.window
    else { return [] }
    let prompt =
      subject.option("max_prompt_length", "max_input_length", "max_input_tokens", "max_length")?.length
      ?? own?[.promptLength]?.length
    // A command that stops for another reason serves no window at all.
    guard !subject.isStopped else { return [] }
    let total = tokens + (prompt ?? 0)
    guard prompt == nil ? tokens >= window : total > window else { return [] }
    let left = window - tokens
    let room = window - (prompt ?? window / 2)
    let need: Message =
      prompt.map { "\(Phrase.tokens($0)) prompt and \(Phrase.tokens(tokens)) answer tokens" }
      ?? "\(Phrase.tokens(tokens)) answer tokens"
    let cost: Message =
      left > 0 ? "prompts are cut to \(Phrase.tokens(left))" : "nothing is left for the prompt"
    return [
      subject.finding(
        card, at: answer, or: subject.windowPlace,
        room > 0
          ? """
          \(need) need \(Phrase.tokens(total)) of a window of \(Phrase.tokens(window)): \(cost). Write at most \
          \(Phrase.tokens(room)) for the answer, or raise the window
          """
          : """
          \(need) need \(Phrase.tokens(total)) of a window of \(Phrase.tokens(window)): \(cost). Shorten the prompt, or \
          raise the window
          """)
    ]
  }
}
