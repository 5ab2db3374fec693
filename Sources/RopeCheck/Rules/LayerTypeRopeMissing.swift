import RopeText

enum LayerTypeRopeMissing: Rule {
  static let card = RuleCard(
    "layer-type-rope-missing", .error, "A layer type has no rotary parameters of its own",
    why: "Load stops with a KeyError, or the local base is used on global layers.",
    fix: "Add a dictionary for every type in layer_types.",
    references: ["huggingface/transformers#41922", "vllm-project/vllm#28542"],
    failing: [
      RuleExample(
        """
        {"model_type": "cohere2", "num_hidden_layers": 2, "hidden_size": 1024, "num_attention_heads": 8, \
        "head_dim": 128, "max_position_embeddings": 4096, "layer_types": ["sliding_attention", "full_attention"], \
        "rope_parameters": {"full_attention": {"rope_type": "default", "rope_theta": 1000000.0}}}
        """),
      RuleExample(
        """
        {"model_type": "gemma3_text", "num_hidden_layers": 2, "head_dim": 256, "max_position_embeddings": 131072, \
        "layer_types": ["sliding_attention", "full_attention"], \
        "rope_parameters": {"rope_type": "linear", "rope_theta": 1000000.0, "factor": 8.0}}
        """),
      RuleExample(
        """
        {"model_type": "gemma3_text", "num_hidden_layers": 2, "head_dim": 256, "max_position_embeddings": 131072, \
        "layer_types": ["sliding_attention", "full_attention"], "rope_parameters": {"global_attention": {"rope_type": \
        "linear", "rope_theta": 1000000.0, "factor": 8.0}, "sliding_attention": {"rope_type": "default", "rope_theta": \
        10000.0}}}
        """),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "gemma3_text", "num_hidden_layers": 2, "head_dim": 256, \
        "layer_types": ["sliding_attention", "full_attention"], \
        "rope_parameters": {"full_attention": {"rope_type": "default", "rope_theta": 1000000.0}}}
        """)
    ])

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    if let found = unheard(subject) { return found }
    let strangers = strangers(subject)
    return strangers.isEmpty ? missing(subject) : strangers
  }

  /// Dictionaries under names that no layer of the model has, while a layer type that rotates has none.
  private static func strangers(_ subject: CheckSubject) -> [Finding] {
    guard let reading = subject.reading, !reading.isUnknownFamily, reading.layerTypes.count > 1 else { return [] }
    let types = reading.layerTypes.map(\.name), given = Set(subject.scalings.compactMap(\.layer))
    guard let lacking = types.first(where: { !given.contains($0) }), given.contains(where: types.contains) else {
      return []
    }
    return subject.scalings.compactMap { scaling in
      // An entry for a type that this model happens not to have is no slip.
      guard let name = scaling.layer, !types.contains(name), !name.hasPrefix("linear"),
        scaling.isScaled || scaling.has("rope_theta")
      else { return nil }
      let lost: [Message] =
        (scaling.isScaled ? ["\(scaling.title) vanishes"] : []) + ["\(lacking) rotates with what its class has"]
      return subject.finding(
        card, at: scaling.dictionary,
        """
        “\(name.excerpt(60))” is no layer type of this model, which has \(Message.names(types)): \
        \(Message.clauses(lost)). Write it under \"\(lacking)\"
        """)
    }
  }

  /// A dictionary for the whole model, in a class that has one for each layer type and looks at nothing beside them.
  private static func unheard(_ subject: CheckSubject) -> [Finding]? {
    guard let whole = subject.scalings.first, whole.layer == nil, let reading = subject.reading,
      !reading.isUnknownFamily, reading.layerTypes.count > 1,
      // The trained length is a fact of the model, whoever reads it.
      !reading.values.contains(where: {
        $0.key != "trained_length" && $0.pointer?.hasPrefix(whole.dictionary.pointer + "/") == true
      }), let full = reading.layerTypes.first(where: { !$0.isSliding })
    else { return nil }
    var lost: [Message] = whole.isScaled ? ["\(whole.title) vanishes"] : []
    if let theta = whole.number("rope_theta"), theta != full.geometry.base {
      lost.append("theta becomes \(Phrase.tokens(full.geometry.base)) instead of \(Phrase.tokens(theta))")
    }
    guard !lost.isEmpty else { return nil }
    return [
      subject.finding(
        card, at: whole.dictionary,
        """
        \(whole.dictionary.key) is written for the whole model, but the class reads one dictionary for each layer type: \
        \(Message.clauses(lost)), or load stops with a KeyError. Write it under \"\(full.name)\"
        """)
    ]
  }

  private static func missing(_ subject: CheckSubject) -> [Finding] {
    guard let types = subject.value("layer_types")?.node.elements?.compactMap(\.string),
      subject.scalings.contains(where: { $0.layer != nil }),
      let place = subject.value("rope_parameters") ?? subject.value("rope_scaling")
    else { return [] }
    // Classes that fill it in, or leave such layers without rotation, lack nothing.
    let layers = subject.sizedReading?.layerTypes.map(\.name) ?? []
    let resting = subject.reading?.layersWithoutRotation.isEmpty == false
    let given = Set(subject.scalings.compactMap(\.layer))
    // Layers without rotation, such as linear attention, need none.
    let missing = Set(types).subtracting(given).filter {
      $0.hasSuffix("_attention") && !$0.hasPrefix("linear") && !layers.contains($0)
    }.sorted()
    guard given.contains(where: { types.contains($0) }), !missing.isEmpty, !resting else { return [] }
    let count = types.count { missing.contains($0) }
    return [
      subject.finding(
        card, at: place,
        """
        \(count) of \(types.count) layers are of type \(Message.names(missing)), for which \(place.key) has \
        no entry: load stops with a KeyError, or they turn with another type's base. Add \
        \(missing.map { "\"\($0)\": {…}" }.joined(separator: ", "))
        """)
    ]
  }
}
