import RopeText

enum BaseConfigLengthWrong: Rule {
  static let card = RuleCard(
    "base-config-length-wrong", .warning, "The window is not the model's published length",
    why: "Factors are derived from it, servers cap at it.",
    fix: "Write the published length, and derive factors from that.",
    references: ["huggingface/transformers#24986", "vllm-project/vllm#3676", "QwenLM/Qwen#1287", "QwenLM/Qwen3#679"],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "vocab_size": 128256, "hidden_size": 4096, "num_attention_heads": 32, \
        "max_position_embeddings": 1234, "rope_theta": 45218125210.0}
        """, facts: Facts(claimedLength: 4_194_304)),
      RuleExample(#"{"model_type": "llama", "max_position_embeddings": 2048}"#, facts: Facts(base: "Llama-2-7b-hf")),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 4096}
        """, facts: Facts(base: "Llama-2-7b-hf"))
    ])

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    // A window that a command writes is none of a file.
    guard let place = subject.windowPlace, let window = subject.window, place.node.document == 0
    else { return [] }
    let claimed = subject.facts.claimedLength.flatMap { claimed in
      // A changed base says that the model was extended; a claim alone is the matter of scaling-not-saved.
      claimed > window && subject.scaling == nil && (subject.theta ?? 0) > (subject.known?.base ?? 10_000) * 1.01
        ? claimed : nil
    }
    let native = subject.known.flatMap { known in
      window < known.trainedLength && (subject.facts.base != nil || known.name.hasPrefix("Llama 3")) ? known : nil
    }
    guard claimed != nil || native != nil else { return [] }
    let right = claimed ?? native?.trainedLength ?? window
    // Some servers find the length under another key.
    let served = subject.verdicts.compactMap { $0.reading?.servedWindow?.tokens }
    if subject.isBorrowed, let shortest = served.min(), shortest >= right { return [] }
    let source: Message =
      claimed == nil
      ? "\(native?.name ?? "") is published with \(Phrase.tokens(right))"
      : "the model is published for \(Phrase.tokens(right))"
    return [
      subject.finding(
        card, at: place,
        """
        the window is \(Phrase.tokens(window)), \(source): servers cap at \
        \(Phrase.percent(Double(window) / Double(right))) of it, and a factor derived from \(Phrase.tokens(window)) \
        is \(Phrase.ratio(Double(right) / Double(window))) × too large. Write \"\(place.key)\": \(right)
        """,
        fix: Fix("set the window to \(right)", safe: false, edits: subject.replace(place, with: String(right))))
    ]
  }
}
