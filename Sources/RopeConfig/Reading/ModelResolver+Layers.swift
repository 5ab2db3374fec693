import RopeJSON
import RopeMath

extension ModelResolver {
  /// The types of layer with the scaling that each is given, full attention first.
  mutating func layerScalings() throws(ConfigurationError) -> [LayerScaling] {
    let dictionary = try scalingDictionary()
    let types = dictionary.map(layerTypeDictionaries) ?? []
    let sliding = try slidingWindow()
    if !types.isEmpty {
      var layers: [LayerScaling] = []
      for type in types {
        let isSliding = type.key.contains("sliding") || type.key.contains("local")
        layers.append(
          try scaling(type.key, type, isSliding: isSliding, window: isSliding ? sliding : nil))
      }
      return layers.enumerated().sorted { ($0.element.isSliding ? 1 : 0, $0.offset) < ($1.element.isSliding ? 1 : 0, $1.offset) }
        .map(\.element)
    }
    let hasTwoBases = family.slidingBase != nil || declaration.value(anyOf: ["rope_local_base_freq", "local_rope_theta"]) != nil
    guard hasTwoBases || (family.slidingIsUnscaled && sliding != nil) else {
      return [try scaling("all", dictionary, isSliding: false, window: sliding)]
    }
    return [
      try scaling("full_attention", dictionary, isSliding: false, window: nil),
      try scaling("sliding_attention", family.slidingIsUnscaled ? nil : dictionary, isSliding: true, window: sliding),
    ]
  }

  /// `rope_scaling` where it holds something, else `rope_parameters`, as transformers 5 merges them.
  private func scalingDictionary() throws(ConfigurationError) -> DeclaredValue? {
    for key in ["rope_scaling", "rope_parameters"] {
      guard let value = declaration.value(anyOf: [key]) else { continue }
      guard let members = value.node.members else {
        throw declaration.error("“\(key)” is \(value.node.phrase), expected an object", at: value)
      }
      if !members.isEmpty { return value }
    }
    return nil
  }

  /// Members that are dictionaries of layer types.
  private func layerTypeDictionaries(_ dictionary: DeclaredValue) -> [DeclaredValue] {
    (dictionary.node.members ?? []).filter { $0.node.members != nil && ($0.key.hasSuffix("_attention") || $0.key == "main") }
      .compactMap { dictionary.member($0.key) }
  }

  /// The window of the layers that slide, in tokens; nil where none does. Keeps which do where the class tells them by
  /// their place.
  private mutating func slidingWindow() throws(ConfigurationError) -> Int? {
    let flag = try declaration.flag(declaration.value(anyOf: ["use_sliding_window"]))
    guard flag ?? !family.windowNeedsFlag else { return nil }
    let value = declaration.value(anyOf: ["sliding_window", "local_attention", "sliding_window_size", "attention_chunk_size"])
    // Several published files write 0 or −1 for "no window".
    guard let number = try declaration.integer(value, in: -1...RotaryGeometry.largestLength), number > 0 else { return nil }
    guard let windowed = try windowedLayers() else { return number }
    let count = windowed.count { $0 }
    guard count > 0 else { return nil }
    model.windowedLayers = windowed
    if count < windowed.count {
      model.notes.append(
        "the sliding window of \(number) tokens holds for \(count) of \(windowed.count) layers; the others see all tokens")
    }
    return number
  }

  /// Qwen's rule: the layers that `layer_types` names, else those from `max_window_layers` on.
  private func windowedLayers() throws(ConfigurationError) -> [Bool]? {
    guard let fallback = family.firstWindowLayer, let layers = model.layers else { return nil }
    if let types = declaration.value(anyOf: ["layer_types"])?.node.elements, types.count == layers {
      return types.map { if case .string(let type) = $0.value { type == "sliding_attention" } else { false } }
    }
    let given = try declaration.integer(declaration.value(anyOf: ["max_window_layers"]), in: 0...1_000_000)
    let first = given ?? fallback
    return (0..<layers).map { $0 >= first }
  }

  private func scaling(
    _ name: String, _ dictionary: DeclaredValue?, isSliding: Bool, window: Int?
  ) throws(ConfigurationError) -> LayerScaling {
    var type = "default"
    var place: DeclaredValue?
    if let dictionary {
      // A null type is no type: the class knows none of that name.
      if let member = dictionary.node.member("rope_type"), member.node.isNull {
        throw declaration.error("“rope_type” is null, expected the name of a scaling", at: DeclaredValue(key: "rope_type", node: member.node, pointer: dictionary.pointer + "/rope_type"))
      }
      place = dictionary.member(anyOf: ["rope_type", "type"])
      type = try declaration.text(place) ?? "default"
    }
    let readsOriginal = ["yarn", "llama3", "longrope", "su", "clex"].contains(type) || !["default", "linear", "dynamic", "proportional"].contains(type)
    let original = readsOriginal
      ? declaration.value(anyOf: ["original_max_position_embeddings"]) ?? dictionary?.member("original_max_position_embeddings")
      : nil
    return LayerScaling(
      name: name, dictionary: dictionary, type: type, typePlace: place, original: original, isSliding: isSliding,
      window: window, layerCount: try layerCount(name, isSliding: isSliding))
  }

  private func layerCount(_ name: String, isSliding: Bool) throws(ConfigurationError) -> Int? {
    guard name != "all" else { return model.layers }
    if let types = declaration.value(anyOf: ["layer_types"])?.node.elements {
      return types.count { if case .string(let type) = $0.value { type == name } else { false } }
    }
    let pattern = try declaration.integer(
      declaration.value(anyOf: ["sliding_window_pattern", "_sliding_window_pattern", "global_attn_every_n_layers"]), in: 1...1_000_000)
    guard let layers = model.layers, let pattern = pattern ?? family.slidingPattern else { return nil }
    return isSliding ? layers - layers / pattern : layers / pattern
  }
}
