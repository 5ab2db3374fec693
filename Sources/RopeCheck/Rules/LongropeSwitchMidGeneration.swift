import RopeText

enum LongropeSwitchMidGeneration: Rule {
  static let card = RuleCard(
    "longrope-switch-mid-generation", .warning, "Generation crosses longrope's switch of lists",
    why: "Keys cached with the short list meet queries of the long one: garbage right after the original length.",
    fix: "Recompute the cache at the switch, or force the long list from the start.",
    references: [
      "huggingface/transformers#33129", "microsoft/onnxruntime-genai#1161", "ggml-org/llama.cpp#8995",
      "ggml-org/llama.cpp#24875", "apache/tvm#18422",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "phi3", "hidden_size": 32, "num_attention_heads": 4, "max_position_embeddings": 64, \
        "original_max_position_embeddings": 16, "rope_scaling": {"type": "longrope", "short_factor": [1.0, 1.0, 1.0, \
        1.0], "long_factor": [1.0, 1.5, 2.0, 4.0]}}
        """, facts: Facts(targetLength: 64))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "phi3", "hidden_size": 32, "num_attention_heads": 4, "max_position_embeddings": 64, \
        "original_max_position_embeddings": 16, "rope_scaling": {"type": "longrope", "short_factor": [1.0, 1.0, 1.0, \
        1.0], "long_factor": [1.0, 1.5, 2.0, 4.0]}}
        """, facts: Facts(targetLength: 16))
    ])

  static let needs: [RuleNeed] = [.target, .scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.type == "longrope", let original = subject.original(scaling),
      let target = subject.target, Double(target) > original, subject.isTransformersMeant,
      let short = scaling.numbers("short_factor"), let long = scaling.numbers("long_factor"), short.count == long.count
    else { return [] }
    let jump = zip(long, short).map { $0 / $1 }.filter(\.isFinite).max() ?? 1
    guard jump > 1.001 else { return [] }
    let read = subject.reading?.layerTypes.first?.scaling?.parts.first?.given
    if let list = read?["long_factor"], list == read?["short_factor"] {
      return [
        subject.finding(
          card, at: scaling.dictionary,
          """
          \(subject.referenceName) keeps the short list of this class beyond \(Phrase.tokens(original)) tokens: slow pairs \
          turn up to \(Phrase.ratio(jump)) × faster than the file says. Use transformers 4, or another runtime
          """)
      ]
    }
    // Phi-3's own code clears the cache once at the switch.
    let cleared = ["phi3", "phimoe", "phi4mm"].contains(subject.modelType ?? "")
    let exception: Message =
      cleared ? " (transformers clears this model's cache once at that token; other loops do not)" : ""
    return [
      subject.finding(
        card, at: scaling.dictionary,
        """
        a request that passes \(Phrase.tokens(original)) tokens on its way to \(Phrase.tokens(target)) changes lists \
        there: slow pairs turn \(Phrase.ratio(jump)) × slower than those of the cached \
        keys\(exception). \
        Force the long list from the start, or recompute the cache
        """,
        severity: cleared ? .note : .warning)
    ]
  }
}
