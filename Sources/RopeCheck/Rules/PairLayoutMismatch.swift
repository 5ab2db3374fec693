import RopeText

enum PairLayoutMismatch: Rule {
  static let card = RuleCard(
    "pair-layout", .warning, "The file asks for interleaved pairs in a class that rotates halves",
    why: "Weights look fine and output is noise: features are paired with other partners.",
    fix: "Permute the query and key weights on conversion, and drop the key.",
    references: [
      "huggingface/transformers#25199", "huggingface/nanotron#427", "jzhang38/TinyLlama#24", "pytorch/torchtitan#801",
      "ggml-org/llama.cpp#7481",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 576, "num_attention_heads": 9, "max_position_embeddings": 8192, \
        "rope_interleaved": true}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 576, "num_attention_heads": 9, "max_position_embeddings": 8192, \
        "rope_interleaved": false}
        """)
    ])

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard
      let place = subject.declaration.value(.pairLayout), place.node.boolean == true,
      subject.declaration.classPairsHalves
    else { return [] }
    let pairs: Message =
      subject.headDimension.map { "\($0 / 2 - 1) of \($0 / 2) pairs" } ?? "all pairs but the first"
    return [
      subject.finding(
        card, at: place,
        """
        “\(place.key)” is not read by the \(subject.modelType ?? "") class, which pairs feature i with i + d/2: \
        weights trained on neighbouring features get the wrong partner in \(pairs). Permute query and key weights, \
        and write false
        """)
    ]
  }
}
