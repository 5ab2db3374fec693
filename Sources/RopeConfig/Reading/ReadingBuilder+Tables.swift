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

  // MARK: One table

  /// What stands where the file has no dictionary.
  private var classDictionary: [String: ClassValue] {
    guard let section, !section.dictionary.isEmpty, section.fillsKeys || declaration.text.pointer.isEmpty else {
      return family.dictionary
    }
    return section.dictionary
  }

  private mutating func layersOfOneTable(
    _ dictionaries: [DeclaredValue], _ layout: LayerLayout
  ) throws(ConfigurationError) -> [DeclaredLayer] {
    // A dictionary that is there and empty keeps the class's own away.
    let isAbsent = dictionaries.isEmpty && declaration.value(anyOf: ["rope_parameters"]) == nil
    let dictionary = composed(
      "rope_parameters", dictionaries.first.map { [$0] } ?? [], isAbsent ? classDictionary : [:])
    // Layers that do not attend see nothing, with a window or without.
    let attending = layout.windows.indices.filter(layout.attends)
    let windowed = attending.map { layout.windows[$0] != nil }
    let rotating = layout.rotating()
    let turned = attending.filter { rotating?.contains($0) != false }.map { layout.windows[$0] != nil }
    var all = try layer(
      named: "all", dictionary, isSliding: false,
      window: layout.windows.isEmpty || turned.contains(true) ? layout.window : nil)
    all.indices = rotating
    if turned.contains(true), turned.contains(false) { model.windowedLayers = turned }
    if windowed.contains(true), windowed.contains(false), let window = layout.window {
      model.notes.append(
        """
        the sliding window of \(window) tokens holds for \(windowed.count { $0 }) of \(windowed.count) layers; the \
        others see all tokens
        """)
    }
    return try withBasesByLayer(withPlainLayers(all))
  }

  /// Layers that a list leaves out of the scaling rotate plainly.
  private func withPlainLayers(_ all: DeclaredLayer) -> [DeclaredLayer] {
    guard let key = family.scaledLayersKey, all.isScaled, let list = value([key])?.node.elements,
      let layers = all.indices
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
    let isAbsent = declaration.value(anyOf: ["rope_parameters"]) == nil || !readsUnifiedDictionary
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
}
