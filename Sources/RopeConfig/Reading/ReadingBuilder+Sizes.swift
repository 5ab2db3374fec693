import RopeJSON
import RopeMath

/// Sizes of the model, and the length that it was trained at.
extension ReadingBuilder {
  mutating func readSizes() throws(ConfigurationError) {
    let counts = 1...1_000_000
    model.layers = try integer("layers", ConfigurationKey.layers.spellings, in: counts)
    model.heads = try integer("heads", ConfigurationKey.heads.spellings, in: counts)
    // Own code may give a number for each layer, as OpenELM's does.
    if !(family.isUnknown && value(ConfigurationKey.keyValueHeads.spellings)?.node.elements != nil) {
      model.keyValueHeads = try integer("kv_heads", ConfigurationKey.keyValueHeads.spellings, in: counts)
    }
    model.kvLoraRank = try integer("kv_lora_rank", ConfigurationKey.latentRank.spellings, in: counts)
    if model.kvLoraRank != nil {
      model.valueHeadDimension = try? declaration.integer(
        value(["v_head_dim"]), in: 1...RotaryGeometry.largestHeadDimension)
    }
    try readWindow()
  }

  private mutating func readWindow() throws(ConfigurationError) {
    if let (lengthening, flag) = try lengthening() {
      model.window = lengthening.window
      record("window", .number(Double(lengthening.window)), .derived, at: flag, note: lengthening.flag)
      return
    }
    model.window = try integer(
      "window", ConfigurationKey.window.spellings + family.windowKeys, in: 1...RotaryGeometry.largestLength,
      // Python before the strict classes of transformers 5 takes 4096.0 for 4096.
      acceptsFraction: !readsUnifiedDictionary)
    if model.window == nil, let window = family.window {
      model.window = window
      record("window", .number(Double(window)), .default, note: classNote)
    }
  }

  /// The class's longer context where the file turns it on, with the flag; nil elsewhere.
  func lengthening() throws(ConfigurationError) -> (Family.Lengthening, DeclaredValue?)? {
    guard let lengthening = family.lengthening, case let flag = value([lengthening.flag]),
      try declaration.flag(flag) == true
    else { return nil }
    return (lengthening, flag)
  }

  mutating func headDimension() throws(ConfigurationError) -> Int? {
    let range = 2...RotaryGeometry.largestHeadDimension
    let rule = family.head
    let isLatent = model.kvLoraRank != nil || value(["qk_nope_head_dim"]) != nil
    if family.isUnknown, isLatent, let rotary = try integer("head_dim", ["qk_rope_head_dim"], in: range) {
      return rotary
    }
    if let given = try integer("head_dim", rule.keys + [""], in: range) { return given }
    if let size = rule.size {
      record("head_dim", .number(Double(size)), .default, note: classNote)
      return size
    }
    if !rule.sum.isEmpty {
      var sum = 0
      for (key, size) in rule.sum { sum += try declaration.integer(value([key]), in: 1...range.upperBound) ?? size }
      record("head_dim", .number(Double(sum)), .derived, note: rule.sum.map(\.key).joined(separator: " + "))
      return sum
    }
    let hidden = value(ConfigurationKey.hiddenSize.spellings)
    guard let size = try declaration.integer(hidden, in: 1...1 << 30), let heads = model.heads, let hidden else {
      return nil
    }
    let head = rule.hiddenFactor * size / heads
    guard range.contains(head) else {
      throw declaration.error(
        """
        “\(hidden.key)” \(size) over \(heads) heads gives a head of \(head) features, expected 2 or more
        """, at: hidden)
    }
    let factor = rule.hiddenFactor == 1 ? "" : "\(rule.hiddenFactor) · "
    record("head_dim", .number(Double(head)), .derived, at: hidden, note: "\(factor)\(hidden.key) / number of heads")
    return head
  }

  /// Features of latent attention that lie beside its rotated slice, where the head is that slice alone; nil elsewhere.
  func unrotatedFeatures(head: Int, rotary: Int) throws(ConfigurationError) -> Int? {
    let range = 1...RotaryGeometry.largestHeadDimension
    guard model.kvLoraRank != nil,
      let slice = try declaration.integer(value(["qk_rope_head_dim"]), in: range) ?? family.head.size,
      slice == head, head == rotary
    else { return nil }
    return try declaration.integer(value(["qk_nope_head_dim"]), in: range)
  }

  // MARK: Trained length

  /// What the weights were trained at is a fact of the model: it is the same for every runtime.
  mutating func trainedLength() throws(ConfigurationError) -> Int? {
    if let original = originalLength() {
      let tokens =
        try declaration.integer(original, in: 1...RotaryGeometry.largestLength, acceptsFraction: true) ?? 1
      record("trained_length", .number(Double(tokens)), .given, at: original)
      return tokens
    }
    let dual = declaration.value(anyOf: ["dual_chunk_attention_config"])?.member("original_max_position_embeddings")
    if let value = declaration.value(anyOf: ["max_trained_positions"]) ?? dual,
      let tokens = try declaration.integer(value, in: 1...RotaryGeometry.largestLength)
    {
      record("trained_length", .number(Double(tokens)), .given, at: value)
      return tokens
    }
    // Qwen 1: its own code grows the base where a text goes beyond it.
    if try declaration.flag(declaration.value(anyOf: ["use_dynamic_ntk"])) == true,
      let value = declaration.value(anyOf: ["seq_length"]),
      let tokens = try declaration.integer(value, in: 1...RotaryGeometry.largestLength)
    {
      record("trained_length", .number(Double(tokens)), .given, at: value)
      return tokens
    }
    if let published = PublishedModel.shown(by: declaration) {
      record(
        "trained_length", .number(Double(published.trainedLength)), .default,
        note: "\(published.name): \(published.source)")
      return published.trainedLength
    }
    if !declaration.hasDictionary, case .count(let tokens)? = family.dictionary["original_max_position_embeddings"] {
      record("trained_length", .number(Double(tokens)), .default, note: classNote)
      return tokens
    }
    guard let window = model.window else {
      if let tokens = family.trainedLength {
        record(
          "trained_length", .number(Double(tokens)), .default, note: "published; the class \(family.name) has no window"
        )
      }
      return family.trainedLength
    }
    // A window that a command writes says nothing of what was trained.
    let own = declaration.unmerged.value(anyOf: ConfigurationKey.window.spellings)
    if let own, let tokens = try? declaration.integer(own, in: 1...RotaryGeometry.largestLength, acceptsFraction: true),
      tokens != window
    {
      record(
        "trained_length", .number(Double(tokens)), .derived,
        note: "the file's own window; the file names no other trained length")
      return tokens
    }
    record(
      "trained_length", .number(Double(window)), .derived, note: "the window; the file names no other trained length")
    return window
  }

  /// `original_max_position_embeddings` of a scaling that has a use for it, at the top level first.
  private func originalLength() -> DeclaredValue? {
    let key = "original_max_position_embeddings"
    for name in ["rope_scaling", "rope_parameters"] {
      guard let dictionary = declaration.value(anyOf: [name]), dictionary.node.members?.isEmpty == false else {
        continue
      }
      let nested = (dictionary.node.members ?? []).filter { $0.node.members != nil }
        .prefix(Self.mostLayerTypes).compactMap { dictionary.member($0.key) }
      for part in nested.isEmpty ? [dictionary] : nested {
        let type = part.member(anyOf: ["rope_type", "type"])?.node.string ?? "default"
        guard !["default", "mrope", "linear", "dynamic", "proportional"].contains(type) else { continue }
        if let original = declaration.value(anyOf: [key]) ?? part.member(key) { return original }
      }
      return nil
    }
    return nil
  }
}
