enum LongropeAlwaysLong: Rule {
  static let card = RuleCard(
    "longrope-always-long", .warning, "The runtime chooses longrope's list by capacity",
    why: "Short prompts are computed with the table for long ones.",
    fix: "Cap the served window at the original length for short work.",
    references: ["ggml-org/llama.cpp#8995", "ml-explore/mlx-lm#660", "trymirai/lalamo#326", "lablup/mlxcel#1358"],
    failing: [RuleExample(#"{"model_type": "phi3", "hidden_size": 32, "num_attention_heads": 4, "max_position_embeddings": 64, "original_max_position_embeddings": 16, "rope_scaling": {"type": "longrope", "short_factor": [1.0, 1.0, 1.0, 1.0], "long_factor": [1.0, 1.5, 2.0, 4.0]}}"#, facts: Facts(runtimes: ["mlx-lm"]))],
    passing: [RuleExample(#"{"model_type": "phi3", "hidden_size": 32, "num_attention_heads": 4, "max_position_embeddings": 64, "original_max_position_embeddings": 16, "rope_scaling": {"type": "longrope", "short_factor": [1.0, 1.0, 1.0, 1.0], "long_factor": [1.0, 1.5, 2.0, 4.0]}}"#, facts: Facts(runtimes: ["transformers"]))])

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.type == "longrope", let original = subject.original(scaling),
      let short = scaling.numbers("short_factor"), let long = scaling.numbers("long_factor"), short.count == long.count
    else { return [] }
    let jump = zip(long, short).map { $0 / $1 }.filter(\.isFinite).max() ?? 1
    return subject.runtimes.compactMap { runtime in
      // vLLM starts with the original length unless it is told another.
      let capacity = subject.target ?? (runtime.name == .vllm ? 0 : subject.window ?? 0)
      let isLong = runtime.name == .mlx || ([.vllm, .llamaCpp, .ollama].contains(runtime.name) && Double(capacity) > original)
      guard isLong, jump > 1.001 else { return nil }
      return subject.finding(
        card, at: scaling.dictionary,
        "\(runtime.label) takes the long list for every request\(runtime.name == .mlx ? "" : " once it is started with \(Phrase.tokens(capacity)) tokens"): prompts below \(Phrase.tokens(original)) tokens turn slow pairs up to \(Phrase.ratio(jump)) × slower than trained. \(runtime.name == .mlx ? "Use another runtime for short prompts" : "Start it with \(Phrase.whole(original)) tokens for short work")")
    }
  }
}
