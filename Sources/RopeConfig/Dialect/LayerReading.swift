import RopeJSON
import RopeMath

/// Finds, for each type of layer, the geometry and the scaling dictionary that a runtime looks at.
struct LayerReading {
  let declaration: RopeDeclaration
  let rules: DialectRules
  let modelType: String
  private let source: DialectRules.DictionarySource
  /// The dictionary that the runtime reads, per layer type or for all; nil for none.
  let dictionary: DeclaredValue?

  init(_ declaration: RopeDeclaration, _ rules: DialectRules) throws(RuntimeRefusal) {
    self.declaration = declaration
    self.rules = rules
    do { modelType = try declaration.text(declaration.value(anyOf: ["model_type"])) ?? "" } catch {
      throw RuntimeRefusal(error.message)
    }
    source = rules.parametersReaders.contains(modelType) ? .ropeParametersFirst : rules.dictionary
    dictionary = try Self.dictionary(declaration, source)
  }

  private static func dictionary(
    _ declaration: RopeDeclaration, _ source: DialectRules.DictionarySource
  ) throws(RuntimeRefusal) -> DeclaredValue? {
    let keys =
      switch source {
      case .ropeScalingOnly: ["rope_scaling"]
      case .ropeScalingFirst, .resolver: ["rope_scaling", "rope_parameters"]
      case .ropeParametersFirst: ["rope_parameters", "rope_scaling"]
      }
    for key in keys {
      guard let value = declaration.value(anyOf: [key]) else { continue }
      guard let members = value.node.members else {
        throw RuntimeRefusal("“\(key)” is \(value.node.phrase), expected an object")
      }
      if !members.isEmpty { return value }
      if keys.count == 1 { throw RuntimeRefusal("“\(key)” is empty: “rope_type” is missing (KeyError)") }
    }
    return nil
  }

  /// A sentence where the file says something at a place that is not looked at.
  var unreadNote: String? {
    guard source == .ropeScalingOnly, let unread = declaration.value(anyOf: ["rope_parameters"]),
      unread.node.members?.isEmpty == false
    else { return nil }
    return "“rope_parameters” is not read, neither its base nor its scaling; “rope_theta” and “rope_scaling” are"
  }

  /// The dictionary of one layer type.
  func scaling(of layer: String) -> ScalingDictionary? {
    guard let dictionary else { return nil }
    let own = dictionary.member(layer).flatMap { $0.node.members == nil ? nil : $0 }
    if own == nil, isNested { return nil }
    return ScalingDictionary(declaration: declaration, value: own ?? dictionary)
  }

  private var isNested: Bool { dictionary.map(layerTypes)?.isEmpty == false }

  private func layerTypes(of dictionary: DeclaredValue) -> [DeclaredValue] {
    (dictionary.node.members ?? []).filter {
      $0.node.members != nil && ($0.key.hasSuffix("_attention") || $0.key == "main")
    }
    .compactMap { dictionary.member($0.key) }
  }

  // MARK: Geometry

  /// The model with its scaling made neutral, so that only sizes, bases and the choice of scaled layers are left.
  func model() throws(RuntimeRefusal) -> (model: ResolvedModel, scaled: Set<String>) {
    do {
      let probe = try resolved(neutral: "linear")
      let scaled = Set(probe.layerTypes.filter { $0.scaling != nil }.map(\.name))
      return (rules.share == .byClass ? try resolved(neutral: "default") : probe, scaled)
    } catch {
      throw RuntimeRefusal(error.message)
    }
  }

  private func resolved(neutral: String) throws(ConfigurationError) -> ResolvedModel {
    if source == .resolver { return try ModelResolver.resolve(declaration, source: "", name: "") }
    var edited = EditedConfiguration(declaration)
    if source == .ropeScalingOnly {
      // Python before the strict classes of transformers 5 takes 4096.0 for 4096.
      if let window = declaration.value(anyOf: ["max_position_embeddings"]), let number = try declaration.number(window)
      {
        edited.set("max_position_embeddings", to: .count(number))
      }
    }
    edited.set("rope_scaling", to: nil)
    edited.set("rope_parameters", to: nil)
    if let dictionary {
      let types = layerTypes(of: dictionary)
      if !types.isEmpty, source != .ropeScalingOnly {
        let entries = types.map { ($0.key, Self.neutralised(EditedValue($0.node), to: neutral, rules.share)) }
        edited.set("rope_parameters", to: EditedValue(entries))
      } else {
        var value = EditedValue(dictionary.node)
        // The base of a `rope_scaling` dictionary is not looked at before transformers 5.
        if source == .ropeScalingOnly { value.set(["rope_theta"], to: nil) }
        edited.set("rope_parameters", to: Self.neutralised(value, to: neutral, rules.share))
      }
    } else if rules.share == .always, !modelType.hasPrefix("gemma4") {
      edited.set("rope_parameters", to: Self.neutralised(.object([]), to: neutral, rules.share))
    }
    return try edited.resolved()
  }

  private static func neutralised(
    _ dictionary: EditedValue, to neutral: String, _ share: DialectRules.ShareRule
  ) -> EditedValue {
    let type = dictionary.member("rope_type") ?? dictionary.member("type") ?? .text("default")
    if type == .text("proportional") { return dictionary }
    let kept = ["rope_theta", "partial_rotary_factor"].compactMap { key in dictionary.member(key).map { (key, $0) } }
    let isPlain = share != .always && (type == .text("default") || type == .text("mrope"))
    if isPlain || neutral == "default" { return EditedValue([("rope_type", .text("default"))] + kept) }
    return EditedValue([("rope_type", .text("linear")), ("factor", .float(1))] + kept)
  }
}

extension DialectRules.DictionarySource: Equatable {}
