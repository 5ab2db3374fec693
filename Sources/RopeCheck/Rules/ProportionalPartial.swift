enum ProportionalPartial: Rule {
  static let card = RuleCard(
    "proportional-partial", .note, "proportional rotation in a runtime that reads it otherwise",
    why: "It leaves the slow pairs of the whole head unrotated, unlike an ordinary partial factor, and some runtimes ignore its factor.",
    fix: "Use transformers 5.",
    references: ["zml/zml#660", "transformers 5.23 _compute_proportional_rope_parameters"],
    failing: [RuleExample(#"{"model_type": "gemma4_text", "head_dim": 256, "global_head_dim": 512, "max_position_embeddings": 262144, "rope_parameters": {"full_attention": {"rope_type": "proportional", "rope_theta": 1000000.0, "partial_rotary_factor": 0.25, "factor": 8.0}, "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0}}}"#, facts: Facts(runtimes: ["vllm"]))],
    passing: [RuleExample(#"{"model_type": "gemma4_text", "head_dim": 256, "max_position_embeddings": 262144, "rope_parameters": {"full_attention": {"rope_type": "proportional", "rope_theta": 1000000.0, "partial_rotary_factor": 0.25}, "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0}}}"#, facts: Facts(runtimes: ["transformers@5.23"]))])

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.scalings.flatMap { scaling -> [Finding] in
      guard scaling.type == "proportional", let place = scaling.typePlace else { return [] }
      return subject.runtimes.compactMap { runtime in
        let words: String
        switch runtime.name {
        case .vllm, .sglang:
          guard let factor = scaling.factor, factor != 1 else { return nil }
          words = "ignores its factor \(Phrase.ratio(factor)): every rotated pair turns \(Phrase.ratio(factor)) × too fast"
        case .llamaCpp, .ollama: words = "writes no factor for it and rotates the whole head unless its class knows the model; \(Phrase.percent(1 - (scaling.number("partial_rotary_factor") ?? 1))) of the pairs should stand still"
        default: return nil
        }
        return subject.finding(card, at: place, "\(runtime.label) \(words). Use transformers 5, or compare with ropescope parity")
      }
    }
  }
}
