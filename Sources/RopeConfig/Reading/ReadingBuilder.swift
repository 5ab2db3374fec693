import RopeJSON
import RopeMath
import RopeText

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

  var readsUnifiedDictionary: Bool { dialect.readsUnifiedDictionary(of: modelType) }

  /// - Throws: `ConfigurationError` for values of the wrong type, out of range or contradicting each other.
  init(
    _ declaration: Declaration, runtime: Runtime, length: Int?, servedLength: Int?, source: String, name: String
  ) throws(ConfigurationError) {
    let type = try declaration.text(declaration.value(anyOf: ["model_type"]))
    self.declaration = declaration
    self.runtime = runtime
    self.length = length
    self.servedLength = servedLength
    _ = try declaration.text(declaration.root.member("model_type"))
    let found = FamilyCatalogue.family(of: declaration)
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
        the model type “\(modelType.excerpt(60))” is not known: its keys are read as most classes mean them, and what \
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
    if let section, section.fillsKeys || declaration.text.pointer.isEmpty {
      for key in keys {
        if let value = section.defaults[key] { return DeclaredValue(key: key, node: value.node, pointer: "") }
      }
    }
    // A section is saved as what differs from its class; a whole file states its sizes.
    return declaration.text.pointer.isEmpty ? nil : model.classDefault(keys)
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

  // MARK: What else a reader should know

  private mutating func noteWhatIsNotRotation() throws(ConfigurationError) {
    if try declaration.flag(declaration.value(anyOf: ["use_dynamic_ntk"])) == true {
      model.notes.append(
        """
        use_dynamic_ntk: the model's own code grows the base by powers of two beyond the window; read here as plain \
        rotation (try dynamic:factor=2)
        """)
    }
    if let own = OwnCodeScaling.found(in: declaration) {
      model.notes.append(
        """
        \(own.place.key): \(own.program)'s own code divides positions by \(own.factor.formattedShortest); read here as \
        plain rotation, as transformers does (try \(own.type):factor=\(own.factor.formattedShortest))
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
