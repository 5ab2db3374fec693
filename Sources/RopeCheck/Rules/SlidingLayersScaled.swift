enum SlidingLayersScaled: Rule {
  static let card = RuleCard(
    "sliding-layers-scaled", .error, "Sliding-window layers are scaled like the global ones",
    why: "Their window never grows, so scaling only blurs it: fluent but wrong, and worse with length.",
    fix: "Scale full_attention only; sliding_attention keeps its own base.",
    references: ["vllm-project/vllm#29111", "Blaizzy/mlx-vlm#1709", "ggml-org/llama.cpp#14367", "allenai/OLMo-core#366", "ollama/ollama#13474", "huggingface/transformers#41922"],
    failing: [RuleExample(#"{"model_type": "gemma3_text", "head_dim": 256, "sliding_window": 1024, "max_position_embeddings": 131072, "rope_parameters": {"full_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 1000000.0}, "sliding_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 10000.0}}}"#)],
    passing: [RuleExample(#"{"model_type": "gemma3_text", "head_dim": 256, "sliding_window": 1024, "max_position_embeddings": 131072, "rope_parameters": {"full_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 1000000.0}, "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0}}}"#)])

  static func check(_ subject: CheckSubject) -> [Finding] {
    let isKnown = ["gemma3", "gemma3_text", "olmo3", "modernbert", "gemma4", "gemma4_text"].contains(subject.modelType ?? "")
    guard isKnown else { return [] }
    return subject.scalings.compactMap { scaling in
      guard let layer = scaling.layer, layer.contains("sliding") || layer.contains("local"), scaling.isScaled,
        let factor = scaling.factor, factor > 1
      else { return nil }
      let window = subject.count("sliding_window", "local_attention").map { " of \(Phrase.tokens($0)) tokens" } ?? ""
      return subject.finding(
        card, at: scaling.typePlace ?? scaling.dictionary,
        "\(layer) is scaled ×\(Phrase.ratio(factor)) although its window\(window) does not grow: neighbouring tokens stand \(Phrase.ratio(factor)) × closer than the layers were trained with. Write \"rope_type\": \"default\" there",
        fix: scaling.typePlace.map { Fix("leave these layers unscaled", safe: false, edits: [subject.replace($0, with: "\"default\"")]) })
    }
  }
}
