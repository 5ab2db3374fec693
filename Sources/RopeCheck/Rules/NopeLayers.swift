import RopeConfig

enum NopeLayers: Rule {
  static let card = RuleCard(
    "nope-layers", .warning, "Layers without rotation need care",
    why: "A list of the wrong length rotates the wrong layers; with the temperature off, long contexts lose accuracy.",
    fix: """
      One entry for each layer (or an empty list for the class's default), and attn_temperature_tuning on for long \
      contexts.
      """,
    references: [
      "NVIDIA/TensorRT-LLM#3382", "vllm-project/vllm#16439", "vllm-project/vllm#16417", "AI-Hypercomputer/maxtext#1611",
    ],
    failing: [
      RuleExample(#"{"model_type": "llama4_text", "num_hidden_layers": 8, "no_rope_layers": [1, 1, 1, 0]}"#),
      RuleExample(
        """
        {"model_type": "llama4_text", "num_hidden_layers": 8, "attn_temperature_tuning": false, \
        "max_position_embeddings": 1048576}
        """, facts: Facts(targetLength: 131_072)),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama4_text", "num_hidden_layers": 48, "no_rope_layers": [], "attn_temperature_tuning": true}
        """)
    ])

  static func check(_ subject: CheckSubject) -> [Finding] {
    var findings: [Finding] = []
    if let place = subject.value("no_rope_layers"), let entries = place.node.elements, !entries.isEmpty,
      let layers = subject.count("num_hidden_layers"), entries.count != layers
    {
      findings.append(
        subject.finding(
          card, at: place,
          """
          no_rope_layers has \(Phrase.items(entries.count)) for \(Phrase.layers(layers)): the kinds \
          of \(abs(layers - entries.count)) layers are undefined. Write one 0 or 1 for each layer
          """))
    }
    if let inverted = inverted(subject) { findings.append(inverted) }
    if let place = subject.value("attn_temperature_tuning"), place.node.boolean == false, let target = subject.target,
      target > 32_768
    {
      findings.append(
        subject.finding(
          card, at: place,
          """
          attn_temperature_tuning is off at \(Phrase.tokens(target)) tokens: in the layers without rotation nothing \
          sharpens attention over \(Phrase.ratio(Double(target) / 8192)) × the 8,192 of one step. Write true
          """))
    }
    return findings
  }

  /// A list that rotates just the layers which the class leaves alone: 1 means rotated.
  private static func inverted(_ subject: CheckSubject) -> Finding? {
    guard let place = subject.value("no_rope_layers"), let entries = place.node.elements, !entries.isEmpty,
      let reading = subject.reading, let layers = reading.layers, entries.count == layers,
      let usual = try? RuntimeCatalogue.reference.read(subject.declaration.without("no_rope_layers"))
    else { return nil }
    let resting = Set(reading.layersWithoutRotation)
    let published = Set(usual.layersWithoutRotation)
    guard !published.isEmpty, resting.isDisjoint(with: published), resting.count + published.count == layers
    else { return nil }
    return subject.finding(
      card, at: place,
      """
      the list rotates \(layers - resting.count) of \(layers) layers, the class's own pattern \
      \(layers - published.count): it is turned round, as 1 means rotated and 0 not. Write 1 for each of the \
      \(layers - published.count) layers
      """)
  }
}
