enum KVCacheMemory: Rule {
  static let card = RuleCard(
    "kv-cache-memory", .note, "The cache at the target exceeds the declared memory",
    why: "The first long prompt runs out of memory.",
    fix: "Lower the target, quantise the cache, or add devices.",
    references: [
      "vllm-project/vllm#25350", "vllm-project/vllm#10517", "InternLM/lmdeploy#4366",
      "microsoft/onnxruntime-genai#2251",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 32, \
        "num_hidden_layers": 32, "max_position_embeddings": 131072}
        """, facts: Facts(targetLength: 131_072, memory: 24))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 8, \
        "num_hidden_layers": 32, "max_position_embeddings": 131072}
        """, facts: Facts(targetLength: 131_072, memory: 24))
    ])

  static let needs: [RuleNeed] = [.memory, .target]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let memory = subject.facts.memory, let target = subject.target, let reading = subject.reading,
      let layers = reading.layers
    else { return [] }
    let bytes = subject.facts.precision.map { $0.contains("fp8") || $0.contains("int8") ? 1.0 : 2.0 } ?? 2
    let width: Double
    if let rank = reading.kvLoraRank {
      width = Double(rank + (subject.headDimension ?? 64))
    } else {
      guard let heads = reading.keyValueHeads ?? reading.heads, let head = subject.headDimension else { return [] }
      width = 2 * Double(heads) * Double(head)
    }
    // Sliding layers keep their window only.
    let tokens = (0..<layers).reduce(0.0) { $0 + Double(min(target, reading.slidingWindow(at: $1) ?? target)) }
    let gibibytes = tokens * width * bytes / 1_073_741_824
    guard gibibytes > memory else { return [] }
    return [
      subject.finding(
        card, at: subject.windowPlace,
        """
        keys and values of one request of \(Phrase.tokens(target)) tokens take \(Phrase.ratio(gibibytes)) GiB, \
        \(Phrase.ratio(memory)) GiB are declared: room for \
        \(Phrase.tokens((Double(target) * memory / gibibytes).rounded(.down))) tokens. Lower the target, use an 8-bit \
        cache, or add devices
        """)
    ]
  }
}
