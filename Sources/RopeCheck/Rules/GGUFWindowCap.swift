import RopeConfig
import RopeText

enum GGUFWindowCap: Rule {
  static let card = RuleCard(
    "gguf-window-cap", .warning, "llama.cpp caps at the trained context although more is asked for",
    why: "The extension is refused, and the log says so only in passing.",
    fix: """
      Pass the scaling with the context (--rope-scaling yarn --rope-scale s --yarn-orig-ctx L0), or override the \
      context-length key.
      """,
    references: [
      "ggml-org/llama.cpp#22140", "ggml-org/llama.cpp#17459", "ggml-org/llama.cpp#28030", "marella/ctransformers#126",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "qwen2", "max_position_embeddings": 32768, "rope_theta": 1000000.0}
        """, facts: Facts(runtimes: ["llama.cpp"], commandLine: "llama-server -c 131072"))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "qwen2", "max_position_embeddings": 32768, "rope_theta": 1000000.0}
        """,
        facts: Facts(
          runtimes: ["llama.cpp"],
          commandLine: "llama-server -c 131072 --rope-scaling yarn --rope-scale 4 --yarn-orig-ctx 32768"))
    ])

  static let needs: [RuleNeed] = [.options]

  static func consequences(in subject: CheckSubject) -> [any Rule.Type] {
    [TargetExceedsWindow.self]
  }

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard subject.runtime(.readsGGUF) != nil, !subject.isLengthRefused,
      subject.effective?.command.format.admitsAnyLength != true,
      let option = subject.option("c", "ctx_size", "num_ctx", "n_ctx"), let total = option.length,
      let asked = subject.servedLength, let window = subject.window, asked > window,
      subject.option("override_kv") == nil
    else { return [] }
    let scale = subject.option("rope_scale")?.number ?? subject.option("rope_freq_scale")?.number.map { 1 / $0 } ?? 1
    let original = subject.option("yarn_orig_ctx")?.length ?? window
    let told: Message =
      asked < total
      ? "\(Phrase.tokens(total)) (\(Phrase.tokens(asked)) for each slot)"
      : "\(Phrase.tokens(asked))"
    guard Double(asked) > Double(original) * scale * 1.001 else { return [] }
    if subject.isCoveredByBase(asked) {
      guard subject.effective?.command.startsServer != false else { return [] }
      let permission = subject.verdicts.lazy.compactMap { $0.reading?.servedWindow?.permission }.first
      let advice: Message = permission.map { ". Add \($0)" } ?? ""
      return [
        subject.finding(
          card, at: option, or: subject.windowPlace,
          """
          \(option.spelling) \(Phrase.tokens(asked)) is within what the raised base reaches, but the server cuts at \
          the window of \(Phrase.tokens(window))\(advice)
          """)
      ]
    }
    let options = subject.stretching(to: total, covering: asked)
    return [
      subject.finding(
        card, at: option, or: subject.windowPlace,
        """
        \(option.spelling) \(told) exceeds the \(Phrase.tokens(Double(original) * scale)) tokens that \
        the model and its rope options cover: the server caps there or runs \
        \(Phrase.ratio(Double(asked) / (Double(original) * scale))) × out of range. Start it with \(options)
        """)
    ]
  }
}
