import RealModule
import RopeJSON
import RopeMath

/// Head size, base, rotated share and pairs of one type of layer.
extension ReadingBuilder {
  /// The head size of one type of layer, where the class or the file gives it one of its own.
  mutating func ownHead(of layer: DeclaredLayer, _ prefix: String) throws(ConfigurationError) -> Int? {
    let range = 2...RotaryGeometry.largestHeadDimension
    if let place = override("head_dim", layer.indices?.first), let size = try declaration.integer(place, in: range) {
      record(prefix + "head_dim", .number(Double(size)), .given, at: place)
      return size
    }
    guard let rule = layer.table?.head else { return nil }
    if let size = try integer(prefix + "head_dim", rule.keys, in: range) { return size }
    guard let size = rule.size else { return nil }
    record(prefix + "head_dim", .number(Double(size)), .default, note: classNote)
    return size
  }

  /// A value that the file gives single layers.
  private func override(_ key: String, _ layer: Int?) -> DeclaredValue? {
    guard let layer, let overrides = value(["per_layer_config"]) else { return nil }
    let entry = (overrides.node.members ?? []).first { Int($0.key) == layer }
    return entry.flatMap { overrides.member($0.key) }?.member(key)
  }

  /// An entry of a list with one value a layer, or the value itself where it is no list.
  private func entry(_ place: DeclaredValue?, _ layer: Int?) -> DeclaredValue? {
    guard let place, let elements = place.node.elements else { return place }
    let index = layer ?? 0
    guard elements.indices.contains(index), !elements[index].isNull else { return nil }
    return DeclaredValue(key: place.key, node: elements[index], pointer: "\(place.pointer)/\(index)")
  }

  mutating func base(
    of layer: DeclaredLayer, head: Int, _ prefix: String
  ) throws(ConfigurationError) -> Double {
    if let listed = layer.listedBase {
      record(prefix + "base", .number(listed), .given, at: value(["layer_rope_theta"]))
      return listed
    }
    let table = layer.table
    var keys = table?.baseKeys ?? family.baseKeys
    var fallback = table.map(\.base) ?? family.base
    let ownKeyWins = table?.baseKeyWins == true && !layer.hasOwnDictionary
    if let nested = family.nestedBase, layer.hasOwnDictionary || (layer.hasSharedDictionary && !ownKeyWins) {
      keys = ["rope_theta"]
      fallback = nested
    }
    let list = table?.baseList.flatMap { entry(value([$0]), layer.indices?.first) }
    let outside = list ?? entry(value(keys + [""]), layer.indices?.first)
    let inside = layer.dictionary?.value.member("rope_theta")
    // Before dictionaries were unified only what a class itself puts there counts.
    let counts = readsUnifiedDictionary || inside?.isClassDefault == true
    let borrowed =
      modelType.map(dialect.parametersBaseReaders.contains) == true
      ? value(["rope_parameters"])?.member("rope_theta") : nil
    let place = ownKeyWins ? outside : borrowed ?? (counts ? inside : nil) ?? outside
    let multiplier = try baseMultiplier(head: head)
    if let number = try declaration.number(place), let place {
      guard number > 0 else {
        throw declaration.error("“\(place.key)” is \(place.node.phrase), expected a number above 0", at: place)
      }
      record(prefix + "base", .number(number * multiplier), .given, at: place)
      return number * multiplier
    }
    guard let fallback else {
      throw ConfigurationError(
        .invalid, "the class \(family.name) has no base of its own and the file names none",
        path: declaration.source.path)
    }
    record(prefix + "base", .number(fallback * multiplier), .default, note: classNote)
    return fallback * multiplier
  }

  /// What the class multiplies the base by.
  private func baseMultiplier(head: Int) throws(ConfigurationError) -> Double {
    let given =
      try family.baseMultiplier.flatMap { key throws(ConfigurationError) in try declaration.number(value([key])) } ?? 1
    guard let (lengthening, _) = try lengthening(), head > 2 else { return given }
    return given * .pow(lengthening.factor, Double(head) / Double(head - 2))
  }

  /// Features that are rotated; odd where the class rounds them up to whole pairs.
  mutating func rotaryDimension(
    of layer: DeclaredLayer, head: Int, _ prefix: String
  ) throws(ConfigurationError) -> Int {
    let rule = family.share
    let table = layer.table
    let isHonoured =
      switch dialect.share {
      // The slice of latent attention is the share already.
      case .always: model.kvLoraRank == nil || rule.isHonouredPlain
      case .whenScaled: layer.isScaled || rule.isHonouredPlain
      case .byClass: rule.isHonouredPlain
      }
    let member = layer.dictionary?.value.member("partial_rotary_factor")
    let inside = readsUnifiedDictionary || member?.isClassDefault == true ? member : nil
    let sizeKeys = table.flatMap { $0.sizeKeys.isEmpty ? nil : $0.sizeKeys } ?? rule.sizeKeys
    let sizePlace = value(sizeKeys + [""])
    let size =
      try declaration.integer(sizePlace, in: 1...RotaryGeometry.largestHeadDimension) ?? table?.size ?? rule.size
    let isScalingKey = layer.dictionary?.value.key == "rope_scaling"
    let sizeFirst = rule.sizeIsForced || (rule.sizeFillsParameters && inside == nil && !isScalingKey)
    let outside = entry(table?.shareList.flatMap { value([$0]) }, layer.indices?.first) ?? value(rule.keys + [""])
    let place = sizeFirst && size != nil ? nil : inside ?? outside
    if let given = try declaration.number(place), let place {
      guard given > 0, given <= 1 else {
        throw declaration.error(
          "“\(place.key)” is \(place.node.phrase), expected a share above 0 and at most 1", at: place)
      }
      if given < 1, !isHonoured {
        model.notes.append(
          """
          \(place.key) \(given.formattedShortest) is ignored: the class \(modelType ?? "") rotates the whole head\
          \(dialect.share == .whenScaled ? " unless it is scaled" : "")
          """)
      }
      return rotated(isHonoured ? given : 1, of: head, isHonoured ? place : nil, prefix)
    }
    if let size, isHonoured, size <= head, !(rule.sizeFillsParameters && isScalingKey) {
      record(prefix + "rotary_dim", .number(Double(size)), sizePlace == nil ? .default : .given, at: sizePlace)
      return size
    }
    let plain = layer.isScaled ? nil : table?.plainShare
    if isHonoured, let whole = sectionsDimension(layer, head) {
      record(prefix + "rotary_dim", .number(Double(whole)), .derived, note: "twice the sum of mrope_section")
      return whole
    }
    return rotated(isHonoured ? table?.share ?? plain ?? rule.value : 1, of: head, nil, prefix)
  }

  private mutating func rotated(_ share: Double, of head: Int, _ place: DeclaredValue?, _ prefix: String) -> Int {
    let rotary = Int(Double(head) * share)
    record(
      prefix + "rotary_dim", .number(Double(rotary + rotary % 2)), place == nil && share < 1 ? .default : .derived,
      at: place, note: "int(\(head) · \(share.formattedShortest))")
    return rotary
  }

  /// A class that is not known: sections of positions that fill a part of the head tell how much is rotated.
  private func sectionsDimension(_ layer: DeclaredLayer, _ head: Int) -> Int? {
    guard family.isUnknown, let sections = layer.dictionary?.value.member("mrope_section")?.node.elements else {
      return nil
    }
    let sum = sections.compactMap(\.finiteNumber).reduce(0, +)
    return sum > 0 && 2 * sum < Double(head) ? Int(2 * sum) : nil
  }

  func pairing() throws(ConfigurationError) -> PairLayout {
    switch family.pairs {
    case .half: .half
    case .interleaved: .interleaved
    case .flag(let keys, let isInterleaved): try declaration.flag(value(keys)) ?? isInterleaved ? .interleaved : .half
    }
  }
}
