import RopeText

enum SlidingLayersScaled: Rule {
  static let card = RuleCard(
    "sliding-layers-scaled", .error, "Sliding-window layers are scaled like the global ones",
    why: "Their window never grows, so scaling only blurs it: fluent but wrong, and worse with length.",
    fix: "Scale full_attention only; sliding_attention keeps its own base.",
    references: [
      "vllm-project/vllm#29111", "Blaizzy/mlx-vlm#1709", "ggml-org/llama.cpp#14367", "allenai/OLMo-core#366",
      "ollama/ollama#13474", "huggingface/transformers#41922",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "gemma3_text", "head_dim": 256, "sliding_window": 1024, "max_position_embeddings": 131072, \
        "rope_parameters": {"full_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 1000000.0}, \
        "sliding_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 10000.0}}}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "gemma3_text", "head_dim": 256, "sliding_window": 1024, "max_position_embeddings": 131072, \
        "rope_parameters": {"full_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 1000000.0}, \
        "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0}}}
        """)
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] { declared(subject) + computed(subject) }

  /// The file itself scales them.
  private static func declared(_ subject: CheckSubject) -> [Finding] {
    guard let layers = subject.sizedReading?.layerTypes, subject.scalings.contains(where: { $0.layer != nil }) else {
      return []
    }
    return subject.scalings.compactMap { scaling in
      guard let name = scaling.layer, let layer = layers.first(where: { $0.name == name && $0.isSliding }),
        scaling.isScaled, let factor = scaling.factor, factor > 1, subject.classLeavesSlidingPlain
      else { return nil }
      let window: Message = layer.window.map { " of \(Phrase.tokens($0)) tokens" } ?? ""
      return subject.finding(
        card, at: scaling.typePlace ?? scaling.dictionary,
        """
        \(name) is scaled ×\(Phrase.ratio(factor)) although its window\(window) does not grow: neighbouring tokens stand \
        \(Phrase.ratio(factor)) × closer than the layers were trained with. Write "rope_type": "default" there
        """,
        fix: scaling.typePlace.map {
          Fix("leave these layers unscaled", safe: false, edits: subject.replace($0, with: "\"default\""))
        })
    }
  }

  /// A runtime scales them although the reference does not.
  private static func computed(_ subject: CheckSubject) -> [Finding] {
    guard let place = subject.scaling?.dictionary else { return [] }
    return subject.verdicts.compactMap { verdict in
      guard let gap = verdict.gaps.first(where: \.isScaledHereOnly) else { return nil }
      var finding = subject.finding(
        card, at: place,
        """
        \(verdict.runtime.label) scales \(gap.layer.name) as well: \(gap.words()). Use a version that scales the \
        full-attention layers only, or write one dictionary for each layer type
        """, severity: .warning)
      finding.causes = [verdict.cause(of: gap.aspects)]
      return finding
    }
  }
}
