import RopeText

enum ChunkOrWindowAsContext: Rule {
  static let card = RuleCard(
    "chunk-or-window-as-context", .warning, "A sliding window or chunk is shorter than the target",
    why: "Every layer sees that many tokens only; what lies further back reaches the answer indirectly or not at all.",
    fix: "Honour use_sliding_window and layer_types; raise or drop the window where the model was not trained with it.",
    references: ["EuroEval/EuroEval#851", "vllm-project/vllm#12328", "dphnAI/sonar#163"],
    failing: [
      RuleExample(
        """
        {"model_type": "mistral", "max_position_embeddings": 32768, "sliding_window": 4096}
        """, facts: Facts(targetLength: 32_768))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "qwen2", "max_position_embeddings": 131072, "sliding_window": 32768, "use_sliding_window": \
        false}
        """, facts: Facts(targetLength: 131_072)),
      RuleExample(
        """
        {"model_type": "gemma3_text", "max_position_embeddings": 131072, "sliding_window": 1024}
        """, facts: Facts(targetLength: 131_072)),
    ])

  static let needs: [RuleNeed] = [.reading]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let reading = subject.sizedReading, reading.windowedLayers == nil,
      reading.layersWithoutRotation.isEmpty, let window = subject.longestRotatedDistance,
      let wanted = [subject.target, subject.trainingLength].compactMap({ $0 }).max(), window < wanted,
      let place = subject.value("sliding_window", "local_attention", "attention_chunk_size")
    else { return [] }
    let what: Message = subject.target == nil ? "training length" : "target"
    let share = Phrase.percent(Double(window) / Double(wanted))
    return [
      subject.finding(
        card, at: place,
        """
        \(place.key) is \(Phrase.tokens(window)) on every layer, the \(what) \
        \(Phrase.tokens(wanted)): attention sees \(share) of the context at once, whatever the rotary scaling. Write a \
        window of at least \(wanted), or null, if the model was trained so
        """,
        severity: wanted <= (subject.window ?? 0) ? .note : .warning)
    ]
  }
}
