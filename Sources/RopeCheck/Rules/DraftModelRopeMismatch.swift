import RopeConfig
import RopeMath

enum DraftModelRopeMismatch: Rule {
  private static func example(_ draft: String) -> RuleExample {
    RuleExample(
      """
      {"model_type": "qwen2", "hidden_size": 3584, "num_attention_heads": 28, "vocab_size": 152064, \
      "max_position_embeddings": 131072, "rope_theta": 1000000.0, \
      "rope_scaling": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}}
      """,
      facts: Facts(
        targetLength: 131_072, runtimes: ["sglang"],
        commandLine: "python -m sglang.launch_server --speculative-draft-model-path \(draft)"))
  }

  static let card = RuleCard(
    "draft-model-rope-mismatch", .warning, "The draft model is not made for the target's length",
    why: """
      Beyond its own window the draft guesses nothing right: acceptance collapses, and the server is slower than \
      without.
      """,
    fix: "Give the draft the target's scaling, or serve within its window.",
    references: ["sgl-project/SpecForge#219", "vllm-project/speculators#574", "NVIDIA/Model-Optimizer#917"],
    failing: [example("Qwen/Qwen2.5-0.5B-Instruct")],
    passing: [example("Qwen/Qwen3-4B-Instruct-2507")])

  static let needs: [RuleNeed] = [.target, .options]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let draft = subject.effective?.command.draft,
      let wanted = [subject.target, subject.window].compactMap({ $0 }).min()
    else { return [] }
    let published = PublishedModel.named(draft.name), own = subject.option("draft.max_position_embeddings")?.length
    guard let reach = own ?? published.map({ max($0.nativeLength, $0.statedLength) }), wanted > reach else { return [] }
    return [
      subject.finding(
        card, at: subject.windowPlace,
        """
        \(draft.option.spelling) names \(own == nil ? published?.name ?? draft.name : draft.name), made for \(Phrase.tokens(reach)) tokens, and \(Phrase.tokens(wanted)) are \
        served: beyond \(Phrase.tokens(reach)) its guesses are refused. Scale the draft by \
        \(Phrase.ratio(Phrase.quarters(Double(wanted) / Double(reach)))) as well, or serve \(reach)
        """)
    ]
  }
}
