import RopeJSON
import RopeMath

/// Which scaling dictionary each type of layer is given.
extension ReadingBuilder {
  /// The types of layer that rotate, each with its scaling, full attention first.
  mutating func declaredLayers(_ layout: LayerLayout) throws(ConfigurationError) -> [DeclaredLayer] {
    let dictionaries = try dictionaries()
    if dictionaries.isEmpty, let note = unreadNote { model.notes.append(note) }
    var tables = family.tables
    let nested = nestedNames(dictionaries)
    if tables.isEmpty { tables = nested.map { Family.Table(name: $0, base: family.base, baseKeys: family.baseKeys) } }
    if tables.isEmpty { tables = tablesOfTwoBases }
    guard !tables.isEmpty else { return try layersOfOneTable(dictionaries, layout) }
    var layers: [DeclaredLayer] = []
    for table in tables {
      guard let layer = try layer(table, dictionaries, layout, hasNested: !nested.isEmpty) else { continue }
      // Where the layers are known, a type that none has is no part of the model.
      if layer.indices?.isEmpty == true, family.tableOfLayer.isEmpty { continue }
      layers.append(layer)
    }
    return layers.filter { !$0.isSliding } + layers.filter(\.isSliding)
  }

  // MARK: Dictionaries

  /// The dictionaries that the runtime looks at, by the key that they stand under; those that hold nothing are left out.
  private func dictionaries() throws(ConfigurationError) -> [DeclaredValue] {
    let keys = dialect.dictionaryKeys(of: modelType)
    var found: [DeclaredValue] = []
    for key in keys where family.takes.contains(key) {
      guard let value = value([key]) else { continue }
      guard let members = value.node.members else {
        throw declaration.error("“\(key)” is \(value.node.phrase), expected an object", at: value)
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
  private var unreadNote: String? {
    guard !dialect.dictionaryKeys(of: modelType).contains("rope_parameters"),
      let unread = declaration.value(anyOf: ["rope_parameters"]), unread.node.members?.isEmpty == false
    else { return nil }
    return "“rope_parameters” is not read, neither its base nor its scaling; “rope_theta” and “rope_scaling” are"
  }

  /// Layer types that have dictionaries of their own.
  private func nestedNames(_ dictionaries: [DeclaredValue]) -> [String] {
    guard dialect.readsUnifiedDictionary else { return [] }
    let known = Set(family.tables.map(\.name))
    for dictionary in dictionaries {
      let members = dictionary.node.members ?? []
      let nested = members.filter { known.isEmpty ? $0.node.members != nil : known.contains($0.key) }.map(\.key)
      if !nested.isEmpty { return nested }
    }
    return []
  }

  /// A class that is not known, with a base of its own for sliding layers.
  private var tablesOfTwoBases: [Family.Table] {
    let sliding = ["rope_local_base_freq", "local_rope_theta", "swa_rope_theta"]
    guard family.isUnknown, value(sliding) != nil else { return [] }
    let takes = ["rope_scaling", "rope_parameters"]
    return [
      Family.Table(name: "full_attention", base: family.base, baseKeys: ["global_rope_theta", "rope_theta"], takes: takes),
      Family.Table(name: "sliding_attention", base: family.base, baseKeys: sliding, takes: takes),
    ]
  }

  // MARK: One table

  private mutating func layersOfOneTable(
    _ dictionaries: [DeclaredValue], _ layout: LayerLayout
  ) throws(ConfigurationError) -> [DeclaredLayer] {
    // A dictionary that is there and empty keeps the class's own away.
    let isAbsent = dictionaries.isEmpty && declaration.value(anyOf: ["rope_parameters"]) == nil
    let dictionary = composed("all", dictionaries.first.map { [$0] } ?? [], isAbsent ? family.dictionary : [:])
    let windowed = layout.windows.map { $0 != nil }
    var all = try layer(named: "all", dictionary, isSliding: false, window: layout.windows.isEmpty || windowed.contains(true) ? layout.window : nil)
    all.indices = layout.rotating()
    if windowed.contains(true), windowed.contains(false), let window = layout.window {
      model.windowedLayers = windowed
      model.notes.append(
        """
        the sliding window of \(window) tokens holds for \(windowed.count { $0 }) of \(windowed.count) layers; the others \
        see all tokens
        """)
    }
    return try withBasesByLayer(withPlainLayers(all))
  }

  /// Layers that a list leaves out of the scaling rotate plainly.
  private func withPlainLayers(_ all: DeclaredLayer) -> [DeclaredLayer] {
    guard let key = family.scaledLayersKey, all.isScaled, let list = value([key])?.node.elements, let layers = all.indices
    else { return [all] }
    let scaled = Set(list.compactMap(\.finiteNumber))
    var first = all
    var second = all
    first.indices = layers.filter { scaled.contains(Double($0)) }
    second.indices = layers.filter { !scaled.contains(Double($0)) }
    guard second.indices?.isEmpty == false else { return [all] }
    first.name = "scaled"
    second.name = "unscaled"
    second.type = nil
    second.dictionary = nil
    return first.indices?.isEmpty == true ? [second] : [first, second]
  }

  /// A base for each layer, where a list gives it: one table for each that occurs.
  private func withBasesByLayer(_ layers: [DeclaredLayer]) throws(ConfigurationError) -> [DeclaredLayer] {
    guard case .bases(let key, nil) = family.unrotated, let all = layers.first, let indices = all.indices,
      let list = value([key]), let bases = try declaration.numbers(list), bases.count >= indices.count
    else { return layers }
    let distinct = Array(Set(indices.map { bases[$0] })).sorted(by: >)
    return distinct.map { base in
      var layer = all
      layer.listedBase = base
      layer.indices = indices.filter { bases[$0] == base }
      if distinct.count > 1 { layer.name = "theta_\(base.formattedShortest)" }
      return layer
    }
  }

  // MARK: Several tables

  /// The type of layer of one table; nil where it does not rotate.
  private mutating func layer(
    _ table: Family.Table, _ dictionaries: [DeclaredValue], _ layout: LayerLayout, hasNested: Bool
  ) throws(ConfigurationError) -> DeclaredLayer? {
    let isAbsent = declaration.value(anyOf: ["rope_parameters"]) == nil || !dialect.readsUnifiedDictionary
    let holder = hasNested ? dictionaries.first { $0.node.member(table.name) != nil } : nil
    if family.nullTableIsUnrotated, holder?.node.member(table.name)?.node.isNull == true { return nil }
    if isAbsent, !hasNested, table.isUnrotatedByDefault { return nil }
    let own = holder?.member(table.name)
    if let own, own.node.members == nil {
      throw declaration.error("“\(own.key)” is \(own.node.phrase), expected an object", at: own)
    }
    var parts = [own].compactMap { $0 }
    // A dictionary without entries for layer types was written for the whole model.
    let sharedPart = dictionaries.first { table.takes.contains($0.key) && nestedNames([$0]).isEmpty }
    if let sharedPart { parts.append(sharedPart) }
    var defaults = isAbsent && !hasNested ? table.dictionary : [:]
    if own == nil, let factor = table.yarnAttentionFactor,
      sharedPart?.member(anyOf: ["rope_type", "type"])?.node.string == "yarn"
    {
      defaults["attention_factor"] = .number(factor)
    }
    let isSliding = LayerPattern.slides(table.name)
    var layer = try layer(
      named: table.name, composed(table.name, parts, defaults), isSliding: isSliding,
      window: isSliding || !family.tableOfLayer.isEmpty ? layout.window : nil)
    layer.table = table
    layer.hasOwnDictionary = own != nil
    layer.hasSharedDictionary = sharedPart != nil
    let names = family.tableOfLayer
    layer.indices = layout.types == nil ? nil : layout.rotating { (names[$0] ?? $0) == table.name }
    return layer
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
      declaration: declaration, value: DeclaredValue(key: parts.count == 1 ? main.key : name, node: node, pointer: main.pointer))
  }

  private static func members(_ values: [String: ClassValue]) -> [JSONNode.Member] {
    values.sorted { $0.key < $1.key }.map { JSONNode.Member(key: $0.key, keyBytes: 0..<0, node: $0.value.node) }
  }

  private func layer(
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
