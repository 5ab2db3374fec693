import RopeJSON
import RopeMath

/// Reads a declaration as one runtime does: every value with its origin.
struct ReadingBuilder {
  let declaration: Declaration
  let runtime: Runtime
  let family: Family
  /// The section that the language model's keys stand in, where the model type has one.
  let section: FamilySection?
  let modelType: String?
  /// Tokens in context; nil for the model's own window.
  let length: Int?
  /// The window that a server is started with; nil where it was not told.
  let servedLength: Int?
  var model: Reading

  var dialect: Dialect { runtime.dialect }

  /// - Throws: `ConfigurationError` for values of the wrong type, out of range or contradicting each other.
  init(
    _ declaration: Declaration, runtime: Runtime, length: Int?, servedLength: Int?, source: String, name: String
  ) throws(ConfigurationError) {
    let type = try declaration.text(declaration.value(anyOf: ["model_type"]))
    self.declaration = declaration
    self.runtime = runtime
    self.length = length
    self.servedLength = servedLength
    let root = try declaration.text(declaration.root.member("model_type"))
    let found = FamilyCatalogue.family(root: root, text: type)
    let isStored = declaration.root.member(GGUFTranslation.architectureKey) != nil
    family = isStored ? found.family.stored : found.family
    section = found.section
    modelType = type
    model = Reading(source: source, name: name, family: type)
    model.isUnknownFamily = found.family.isUnknown
    model.declaration = declaration
  }

  mutating func read() throws(ConfigurationError) -> Reading {
    try readSizes()
    if let reason = try noRotation() {
      model.noRotationReason = reason
      model.headDimension = try headDimension()
      return model
    }
    let layout = try layout()
    let layers = try declaredLayers(layout)
    let trained = try trainedLength()
    let head = try headDimension()
    model.headDimension = head
    if trained == nil {
      model.missing.append("the trained length: no max_position_embeddings and no original_max_position_embeddings")
    }
    if head == nil {
      model.missing.append("the head size: no head_dim, and not both hidden_size and num_attention_heads")
    }
    if let trained, let head {
      for layer in layers {
        model.layerTypes.append(try rotary(layer, headDimension: head, trainedLength: trained))
      }
      try noteWhatIsNotRotation()
    }
    noteLayers(layout)
    return model
  }

  /// What the family says of single layers.
  private mutating func noteLayers(_ layout: LayerLayout) {
    model.layerWindows = layout.windows
    let rotating = Set(model.layerTypes.flatMap(\.layerIndices))
    guard !rotating.isEmpty else { return }
    model.layersWithoutRotation = layout.rotates.indices.filter { layout.attends($0) && !rotating.contains($0) }
    let count = model.layersWithoutRotation.count
    if count > 0 {
      model.notes.append("\(count) of \(layout.rotates.count) layers attend without rotation; no scaling acts on them")
    }
    if family.isUnknown, let modelType {
      model.notes.append(
        """
        the model type “\(modelType.prefix(60))” is not known: its keys are read as most classes mean them, and what \
        they leave out is a guess
        """)
    }
  }

  /// Says where a value comes from that the file does not hold.
  var classNote: String { "default of the class \(modelType ?? "(no model_type)")" }

  /// A key of the file, else of the section that its class puts in the place of one that is absent.
  func value(_ keys: [String]) -> DeclaredValue? {
    // A class that is known to have a section looks at nothing beside it.
    let isClosed = section != nil && !declaration.text.pointer.isEmpty
    if let given = isClosed ? declaration.text.member(anyOf: keys) : declaration.value(anyOf: keys) { return given }
    guard let section, section.fillsKeys || declaration.text.pointer.isEmpty else { return nil }
    for key in keys {
      if let value = section.defaults[key] { return DeclaredValue(key: key, node: value.node, pointer: "") }
    }
    return nil
  }

  // MARK: Recording

  mutating func record(
    _ key: String, _ value: ParameterValue, _ origin: ResolvedValue.Origin, at place: DeclaredValue? = nil,
    note: String? = nil
  ) {
    let text = place.flatMap { declaration.text(of: $0.node) }
    let position = place.flatMap { place in text.map { $0.place(of: place.node.bytes.lowerBound) } }
    let isOverride = origin == .given && (place?.node.document ?? 0) > 0
    let isClassDefault = place?.isClassDefault == true
    model.values.append(
      ResolvedValue(
        key: key, value: value, origin: isClassDefault ? .default : isOverride ? .override : origin,
        pointer: isClassDefault ? nil : place?.pointer, line: position?.line, column: position?.column,
        note: note ?? (isClassDefault ? classNote : nil)))
  }

  /// Reads a whole number under one of several names and keeps where it stood.
  mutating func integer(
    _ key: String, _ names: [String], in range: ClosedRange<Int>, acceptsFraction: Bool = false
  ) throws(ConfigurationError) -> Int? {
    guard let value = value(names),
      let number = try declaration.integer(value, in: range, acceptsFraction: acceptsFraction)
    else { return nil }
    record(key, .number(Double(number)), .given, at: value)
    return number
  }

  // MARK: Sizes

  private mutating func readSizes() throws(ConfigurationError) {
    let counts = 1...1_000_000
    model.layers = try integer("layers", [
        "num_hidden_layers", "n_layer", "num_layers", "n_layers", "decoder_num_hidden_layers", "num_transformer_layers",
      ], in: counts)
    model.heads = try integer("heads", ["num_attention_heads", "n_head", "n_heads", "num_heads", "decoder_num_attention_heads"], in: counts)
    model.keyValueHeads = try integer(
      "kv_heads", ["num_key_value_heads", "n_kv_heads", "multi_query_group_num", "num_kv_heads"], in: counts)
    model.kvLoraRank = try integer("kv_lora_rank", ["kv_lora_rank"], in: counts)
    model.window = try integer(
      "window",
      [
        "max_position_embeddings", "n_positions", "max_sequence_length", "seq_length", "max_seq_len",
        "model_max_length", "n_ctx", "pretraining_sequence_length", "rope_max_length", "max_context_length",
      ], in: 1...RotaryGeometry.largestLength,
      // Python before the strict classes of transformers 5 takes 4096.0 for 4096.
      acceptsFraction: !dialect.readsUnifiedDictionary)
    if model.window == nil, let window = family.window {
      model.window = window
      record("window", .number(Double(window)), .default, note: classNote)
    }
  }

  private mutating func headDimension() throws(ConfigurationError) -> Int? {
    let range = 2...RotaryGeometry.largestHeadDimension
    let rule = family.head
    let isLatent = model.kvLoraRank != nil || value(["qk_nope_head_dim"]) != nil
    if family.isUnknown, isLatent, let rotary = try integer("head_dim", ["qk_rope_head_dim"], in: range) { return rotary }
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
    let hidden = value(["hidden_size", "n_embd", "dim", "d_model", "model_dim"])
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

  // MARK: Trained length

  /// What the weights were trained at is a fact of the model: it is the same for every runtime.
  private mutating func trainedLength() throws(ConfigurationError) -> Int? {
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
        record("trained_length", .number(Double(tokens)), .default, note: "published; the class \(family.name) has no window")
      }
      return family.trainedLength
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
        .compactMap { dictionary.member($0.key) }
      for part in nested.isEmpty ? [dictionary] : nested {
        let type = part.member(anyOf: ["rope_type", "type"])?.node.string ?? "default"
        guard !["default", "mrope", "linear", "dynamic", "proportional"].contains(type) else { continue }
        if let original = declaration.value(anyOf: [key]) ?? part.member(key) { return original }
      }
      return nil
    }
    return nil
  }

  // MARK: What else a reader should know

  private mutating func noteWhatIsNotRotation() throws(ConfigurationError) {
    if try declaration.flag(declaration.value(anyOf: ["use_dynamic_ntk"])) == true {
      model.notes.append(
        """
        use_dynamic_ntk: the model's own code grows the base by powers of two beyond the window; read here as plain \
        rotation (try dynamic:factor=2)
        """)
    }
    if let section = declaration.value(anyOf: ["rope_scaling", "rope_parameters"])?.member("mrope_section") {
      let sections = try declaration.numbers(section) ?? []
      model.notes.append(
        """
        mrope_section \(sections.map(\.formattedShortest)): three position streams; for text they are equal, and the \
        plan is that of plain rotation
        """)
    }
    if declaration.value(anyOf: ["attn_temperature_tuning"]) != nil {
      model.notes.append("attn_temperature_tuning acts on the layers without rotation only")
    }
  }
}
