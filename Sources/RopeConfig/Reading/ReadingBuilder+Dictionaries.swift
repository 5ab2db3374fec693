import RopeJSON
import RopeMath

/// The scaling dictionaries of a file, and what a class puts in their place.
extension ReadingBuilder {
  /// Dictionaries of layer types in one dictionary at most; models have two or three.
  static let mostLayerTypes = 64

  /// The dictionaries that the runtime looks at, in its order; those that hold nothing are left out.
  func dictionaries() throws(ConfigurationError) -> [DeclaredValue] {
    let keys = dialect.dictionaryKeys(of: modelType)
    var found: [DeclaredValue] = []
    for key in keys where family.takes.contains(key) {
      guard let value = value([key]) else { continue }
      // The strict classes take it for none.
      if readsUnifiedDictionary, value.node.boolean == false { continue }
      guard let members = value.node.members else {
        throw declaration.error("“\(key)” is \(value.node.phrase), expected an object", at: value)
      }
      let nested = members.count { $0.node.members != nil }
      guard nested <= Self.mostLayerTypes else {
        throw declaration.error(
          "“\(key)” holds \(nested) dictionaries of layer types, at most \(Self.mostLayerTypes) are read", at: value)
      }
      if !members.isEmpty {
        found.append(value)
      } else if keys.count == 1 {
        throw declaration.error("“\(key)” is empty: “rope_type” is missing (KeyError)", at: value)
      }
    }
    return found
  }

  /// A sentence where the file says something at a place that is not looked at.
  var unreadNote: String? {
    guard !dialect.dictionaryKeys(of: modelType).contains("rope_parameters"),
      let unread = declaration.value(anyOf: ["rope_parameters"]), unread.node.members?.isEmpty == false
    else { return nil }
    if modelType.map(dialect.parametersBaseReaders.contains) == true {
      return "of “rope_parameters” only the base is read, its scaling is not"
    }
    return "“rope_parameters” is not read, neither its base nor its scaling; “rope_theta” and “rope_scaling” are"
  }

  /// Layer types that have dictionaries of their own.
  func nestedNames(_ dictionaries: [DeclaredValue]) -> [String] {
    guard readsUnifiedDictionary else { return [] }
    let known = Set(family.tables.map(\.name))
    for dictionary in dictionaries {
      let members = dictionary.node.members ?? []
      let nested = members.filter { known.isEmpty ? $0.node.members != nil : known.contains($0.key) }.map(\.key)
      if !nested.isEmpty { return nested }
    }
    return []
  }

  /// A class that is not known, with a base of its own for sliding layers.
  var tablesOfTwoBases: [Family.Table] {
    let sliding = ConfigurationKey.slidingBase.spellings
    guard family.isUnknown, value(sliding) != nil else { return [] }
    let takes = ConfigurationKey.scaling.spellings
    return [
      Family.Table(
        name: "full_attention", base: family.base, baseKeys: ["global_rope_theta", "rope_theta"], takes: takes),
      Family.Table(name: "sliding_attention", base: family.base, baseKeys: sliding, takes: takes),
    ]
  }

  // MARK: Composing

  /// One dictionary of several: a later one wins, what a class has stands where none says otherwise.
  func composed(_ name: String, _ parts: [DeclaredValue], _ defaults: [String: ClassValue]) -> ScalingDictionary? {
    guard let main = parts.last else {
      guard !defaults.isEmpty else { return nil }
      let node = JSONNode(value: .object(Self.members(defaults)), bytes: 0..<0, document: ClassValue.document)
      return ScalingDictionary(declaration: declaration, value: DeclaredValue(key: name, node: node, pointer: ""))
    }
    if parts.count == 1, defaults.isEmpty { return ScalingDictionary(declaration: declaration, value: main) }
    let members = Self.members(defaults) + parts.flatMap { $0.node.members ?? [] }
    let node = JSONNode(value: .object(members), bytes: main.node.bytes, document: main.node.document)
    return ScalingDictionary(
      declaration: declaration,
      value: DeclaredValue(key: parts.count == 1 ? main.key : name, node: node, pointer: main.pointer))
  }

  private static func members(_ values: [String: ClassValue]) -> [JSONNode.Member] {
    values.sorted { $0.key < $1.key }.map { JSONNode.Member(key: $0.key, keyBytes: 0..<0, node: $0.value.node) }
  }

  func layer(
    named name: String, _ dictionary: ScalingDictionary?, isSliding: Bool, window: Int?
  ) throws(ConfigurationError) -> DeclaredLayer {
    let written = try dictionary?.type(by: dialect.typeKey, modelType: modelType ?? "")
    let type = dialect.isReference ? written.map { family.typeAliases[$0] ?? $0 } : written
    return DeclaredLayer(
      name: name, dictionary: withClassFacts(dictionary, written), type: type, isSliding: isSliding, window: window)
  }

  /// What the class adds to a dictionary of some types.
  private func withClassFacts(_ dictionary: ScalingDictionary?, _ type: String?) -> ScalingDictionary? {
    guard let dictionary, let type else { return dictionary }
    var facts: [JSONNode.Member] = []
    if let original = family.originalLength, ["yarn", "llama3", "longrope"].contains(type),
      value(["original_max_position_embeddings"]) == nil
    {
      facts += Self.members(["original_max_position_embeddings": .count(original)])
    }
    if type == "proportional", family.share.value != 1, dictionary.value.member("partial_rotary_factor") == nil,
      value(family.share.keys + [""]) == nil
    {
      facts += Self.members(["partial_rotary_factor": .number(family.share.value)])
    }
    guard !facts.isEmpty else { return dictionary }
    let place = dictionary.value
    let node = JSONNode(
      value: .object((place.node.members ?? []) + facts), bytes: place.node.bytes, document: place.node.document)
    return ScalingDictionary(
      declaration: declaration, value: DeclaredValue(key: place.key, node: node, pointer: place.pointer))
  }
}
