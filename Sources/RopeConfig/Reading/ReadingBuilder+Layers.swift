import RopeJSON
import RopeMath

extension ReadingBuilder {
  /// The scaling dictionary that the runtime looks at, for all layers or with one entry a layer type; nil for none.
  func dictionary() throws(ConfigurationError) -> DeclaredValue? {
    let keys = dialect.dictionaryKeys(of: modelType)
    for key in keys {
      guard let value = declaration.value(anyOf: [key]) else { continue }
      guard let members = value.node.members else {
        throw declaration.error("“\(key)” is \(value.node.phrase), expected an object", at: value)
      }
      if !members.isEmpty { return value }
      if keys.count == 1 { throw declaration.error("“\(key)” is empty: “rope_type” is missing (KeyError)", at: value) }
    }
    return nil
  }

  /// The types of layer with the scaling that each is given, full attention first.
  mutating func declaredLayers(_ dictionary: DeclaredValue?) throws(ConfigurationError) -> [DeclaredLayer] {
    if dictionary == nil, let note = unreadNote { model.notes.append(note) }
    let types = dictionary.map(layerTypeDictionaries) ?? []
    let sliding = try slidingWindow()
    if !types.isEmpty {
      var layers: [DeclaredLayer] = []
      for type in types {
        let isSliding = type.key.contains("sliding") || type.key.contains("local")
        layers.append(try layer(type.key, type, isSliding: isSliding, window: isSliding ? sliding : nil))
      }
      return layers.filter { !$0.isSliding } + layers.filter(\.isSliding)
    }
    let hasTwoBases =
      family.slidingBase != nil || declaration.value(anyOf: ["rope_local_base_freq", "local_rope_theta"]) != nil
    guard hasTwoBases || (family.slidingIsUnscaled && sliding != nil) else {
      return [try layer("all", dictionary, isSliding: false, window: sliding)]
    }
    return [
      try layer("full_attention", dictionary, isSliding: false, window: nil),
      try layer("sliding_attention", family.slidingIsUnscaled ? nil : dictionary, isSliding: true, window: sliding),
    ]
  }

  /// A sentence where the file says something at a place that is not looked at.
  private var unreadNote: String? {
    guard !dialect.dictionaryKeys(of: modelType).contains("rope_parameters"),
      let unread = declaration.value(anyOf: ["rope_parameters"]), unread.node.members?.isEmpty == false
    else { return nil }
    return "“rope_parameters” is not read, neither its base nor its scaling; “rope_theta” and “rope_scaling” are"
  }

  /// Members that are dictionaries of layer types.
  private func layerTypeDictionaries(_ dictionary: DeclaredValue) -> [DeclaredValue] {
    guard dialect.readsUnifiedDictionary else { return [] }
    return (dictionary.node.members ?? []).filter {
      $0.node.members != nil && ($0.key.hasSuffix("_attention") || $0.key == "main")
    }
    .compactMap { dictionary.member($0.key) }
  }

  /// The window of the layers that slide, in tokens; nil where none does. Keeps which do where the class tells them by
  /// their place.
  private mutating func slidingWindow() throws(ConfigurationError) -> Int? {
    let flag = try declaration.flag(declaration.value(anyOf: ["use_sliding_window"]))
    guard flag ?? !family.windowNeedsFlag else { return nil }
    let value = declaration.value(
      anyOf: ["sliding_window", "local_attention", "sliding_window_size", "attention_chunk_size"])
    // Several published files write 0 or −1 for "no window".
    guard let number = try declaration.integer(value, in: -1...RotaryGeometry.largestLength), number > 0 else {
      return nil
    }
    guard let windowed = try windowedLayers() else { return number }
    let count = windowed.count { $0 }
    guard count > 0 else { return nil }
    model.windowedLayers = windowed
    if count < windowed.count {
      model.notes.append(
        """
        the sliding window of \(number) tokens holds for \(count) of \(windowed.count) layers; the others see all tokens
        """)
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

  private func layer(
    _ name: String, _ dictionary: DeclaredValue?, isSliding: Bool, window: Int?
  ) throws(ConfigurationError) -> DeclaredLayer {
    let scaling = dictionary.map { ScalingDictionary(declaration: declaration, value: $0) }
    return DeclaredLayer(
      name: name, dictionary: scaling, type: try scaling?.type(by: dialect.typeKey, modelType: modelType ?? ""),
      isSliding: isSliding, window: window, layerCount: try layerCount(name, isSliding: isSliding))
  }

  private func layerCount(_ name: String, isSliding: Bool) throws(ConfigurationError) -> Int? {
    guard name != "all" else { return model.layers }
    if let types = declaration.value(anyOf: ["layer_types"])?.node.elements {
      return types.count { if case .string(let type) = $0.value { type == name } else { false } }
    }
    let pattern = try declaration.integer(
      declaration.value(anyOf: ["sliding_window_pattern", "_sliding_window_pattern", "global_attn_every_n_layers"]),
      in: 1...1_000_000)
    guard let layers = model.layers, let pattern = pattern ?? family.slidingPattern else { return nil }
    return isSliding ? layers - layers / pattern : layers / pattern
  }
}
