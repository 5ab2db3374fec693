import RopeConfig

enum DynamicWindowRaisedNoop: Rule {
  static let card = RuleCard(
    "dynamic-window-raised-noop", .error, "Dynamic scaling with a raised window never starts",
    why: "The base grows only beyond max_position_embeddings, so inside the new window nothing is scaled.",
    fix: "Keep the native length as the window, or use yarn.",
    references: [
      """
      LLaMA-Factory src/llamafactory/model/model_utils/rope.py
      """, "transformers 4.51 _compute_dynamic_ntk_parameters", "vllm-project/vllm#17175",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 16384, \
        "rope_scaling": {"rope_type": "dynamic", "factor": 4.0, "original_max_position_embeddings": 4096}}
        """),
      RuleExample(
        """
        {"model_type": "qwen2", "hidden_size": 3584, "num_attention_heads": 28, "vocab_size": 152064, "rope_theta": \
        1000000.0, "max_position_embeddings": 131072, "rope_scaling": {"rope_type": "dynamic", "factor": 4.0}}
        """),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 4096, "rope_scaling": {"rope_type": "dynamic", "factor": \
        4.0}}
        """)
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.type == "dynamic", let place = subject.windowPlace,
      let window = subject.window,
      let native = scaling.number("original_max_position_embeddings")
        ?? subject.known.map({ Double($0.trainedLength) }),
      Double(window) > native * 1.01, window != subject.classWindow,
      isDynamic(subject),
      subject.known.map({ !isPublished(window, of: $0) && subject.isKnownForSure }) ?? true
    else { return [] }
    return [
      subject.finding(
        card, at: place,
        """
        dynamic scaling starts beyond the window \(Phrase.tokens(window)), the model is trained to \
        \(Phrase.tokens(native)): between the two nothing is \
        scaled\(subject.unseenPairs(at: window, trained: native)). Write \"\(place.key)\": \(Phrase.whole(native)), \
        or use yarn
        """,
        fix: Fix(
          "write \(Phrase.whole(native))", safe: false,
          edits: subject.replace(place, with: String(Phrase.whole(native)))))
    ]
  }

  /// Whether a window is that of a published file with dynamic scaling, or the trained length with room for the answer.
  private static func isPublished(_ window: Int, of known: PublishedModel) -> Bool {
    known.leavesRoom(in: window) || known.scaling?.type == "dynamic" && known.windows.contains(window)
  }

  /// Whether a runtime that is meant computes it so: some take the base from another key, or leave the scaling out.
  private static func isDynamic(_ subject: CheckSubject) -> Bool {
    let readings = subject.verdicts.isEmpty ? [nil] : subject.verdicts.map(\.reading)
    return readings.contains { reading in
      (reading ?? subject.sizedReading).map { $0.layerTypes.first?.scaling?.parts.first?.id == "dynamic" } ?? true
    }
  }
}
