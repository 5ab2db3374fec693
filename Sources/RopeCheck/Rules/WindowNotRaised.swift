import RopeMath
import RopeText

enum WindowNotRaised: Rule {
  static let card = RuleCard(
    "window-not-raised", .error, "The model is scaled, but its window is the old one",
    why: """
      Servers cap requests at max_position_embeddings, and transformers 4.49–4.5x computes factor = window / original \
      = 1, which is no scaling at all.
      """,
    fix: "Set max_position_embeddings to factor × original.",
    references: [
      "NVIDIA/RULER#56", "QwenLM/Qwen3#1424", "huggingface/transformers#38224", "sgl-project/sglang#2943",
      "vllm-project/vllm#4930",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "qwen2", "hidden_size": 3584, "num_attention_heads": 28, "max_position_embeddings": 32768, \
        "rope_theta": 1000000.0, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
        "original_max_position_embeddings": 32768}}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "qwen2", "max_position_embeddings": 131072, "rope_scaling": {"rope_type": "yarn", "factor": \
        4.0, "original_max_position_embeddings": 32768}}
        """),
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 4096, "rope_scaling": {"rope_type": "linear", "factor": \
        8.0}}
        """),
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling,
      scaling.isYarn || ["linear", "longrope", "telechat3-yarn"].contains(scaling.type),
      let place = subject.windowPlace, let window = subject.window, let original = subject.original(scaling),
      Double(window) <= original, original == Double(window) || scaling.isYarn
    else { return [] }
    // The swapped reading: the original length is the one at fault.
    if OriginalNotBelowWindow.isOriginalAtFault(subject, scaling) { return [] }
    if scaling.type == "longrope" {
      // MiniCPM3 ships equal lengths: the switch to the long list never happens, and means nothing between equal lists.
      if let short = scaling.numbers("short_factor"), short == scaling.numbers("long_factor") { return [] }
      return [
        subject.finding(
          card, at: place,
          """
          the window \(Phrase.tokens(window)) is the original length itself: the long list of factors is never used. \
          Raise max_position_embeddings where longer texts are meant
          """,
          severity: .note)
      ]
    }
    guard let factor = scaling.factor, factor > 1, !subject.isLongerPermitted else { return [] }
    let wanted = Phrase.whole((factor * original).rounded())
    // Some servers lengthen the window by the factor themselves.
    let served = subject.verdicts.map { $0.reading?.servedWindow?.tokens ?? 0 }
    if let shortest = served.min(), shortest >= wanted { return [] }
    let off = subject.plan(subject.yarn(scaling, ["factor": 1]), at: wanted)
    let gap = scaling.isYarn ? subject.difference(off, from: subject.plan(subject.yarn(scaling), at: wanted)) : nil
    return [
      subject.finding(
        card, at: place,
        """
        \(scaling.type) ×\(Phrase.ratio(factor)) promises \(Phrase.tokens(wanted)) tokens, but the window is \
        \(Phrase.tokens(window)): servers cut at \(Phrase.tokens(window)) and transformers 4.49–4.5x scales by window \
        / original = \(Phrase.ratio(Double(window) / original)) instead of \
        \(Phrase.ratio(factor))\(Message.bracketed(gap)). Write \"\(place.key)\": \(wanted)
        """,
        fix: Fix("raise the window to \(wanted)", safe: false, edits: subject.replace(place, with: String(wanted))))
    ]
  }
}
