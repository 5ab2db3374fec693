import RopeJSON
import RopeMath

/// Which layers slide, and which rotate.
extension ReadingBuilder {
  mutating func layout() throws(ConfigurationError) -> LayerLayout {
    var layout = LayerLayout(window: try slidingWindow())
    layout.types = try layerTypes(model.layers, window: layout.window)
    guard let count = layout.types?.count ?? model.layers else { return layout }
    layout.rotates = try rotating(count, layout)
    let types = layout.types
    layout.windows = (0..<count).map { layer in
      guard let window = layout.window else { return nil }
      // A class with one type of layer slides in all of them; DeepSeek-V4 sees its window beside what it compressed.
      guard let type = types?[layer], family.tableOfLayer.isEmpty else { return window }
      return LayerPattern.slides(type) ? window : nil
    }
    if let second = family.sliding?.everySecond, layout.window != nil {
      let sliding = layout.windows.indices.filter { layout.windows[$0] != nil }
      for (turn, layer) in sliding.enumerated() where !turn.isMultiple(of: 2) {
        layout.windows[layer] = second + (family.sliding?.plus ?? 0)
      }
    }
    return layout
  }

  // MARK: Types

  /// Types layer by layer; nil where the class has one type and the file lists none.
  private func layerTypes(_ count: Int?, window: Int?) throws(ConfigurationError) -> [String]? {
    if let listed = value(["layer_types", "layers_block_type"])?.node.elements {
      let types = listed.map { $0.string ?? "" }.filter { $0 != family.layers?.notLayer }
      return types.prefix(min(count ?? types.count, types.count)).map { LayerPattern.renamed[$0] ?? $0 }
    }
    guard let pattern = family.layers, let count else { return try patternFromKeys(count, window: window) }
    if let types = listed(by: pattern, count) { return types.prefix(count).map(LayerPattern.type) }
    if let (index, key) = pattern.slidesFrom {
      let first = try self.count(key) ?? index
      return (0..<count).map { LayerPattern.type(window != nil && $0 >= first ? "s" : "F") }
    }
    if let (index, key) = pattern.slidesBelow {
      let end = try self.count(key) ?? index
      return (0..<count).map { LayerPattern.type(window != nil && $0 < end && $0.isMultiple(of: 2) ? "s" : "F") }
    }
    if let (isRotating, letter) = pattern.slidesWhereRotating {
      let rotates = try flagged(count)
      return rotates.map { LayerPattern.type(window != nil && $0 == isRotating ? letter : "F") }
    }
    if let letter = pattern.withoutWindow, window == nil {
      return Array(repeating: LayerPattern.type(letter), count: count)
    }
    var letters: [Character] = []
    if let leading = pattern.leading, let prefix = try self.count(leading.count), prefix > 0 {
      let period = try self.count(leading.period) ?? 1
      letters = (0..<min(prefix, count)).map { ($0 + 1).isMultiple(of: max(period, 1)) ? "F" : "s" }
    }
    letters += pattern.letters(count - letters.count, period: try period(pattern.periodKeys))
    for (layer, letter) in pattern.first.enumerated() where layer < count { letters[layer] = letter }
    if let last = pattern.last, count > 0 { letters[count - 1] = last }
    return letters.map(LayerPattern.type)
  }

  /// Types by a list with the class's own names.
  private func listed(by pattern: LayerPattern, _ count: Int) -> [Character]? {
    for (key, letters) in pattern.numbered {
      guard let list = value([key])?.node.elements else { continue }
      return list.map { $0.finiteNumber.flatMap { letters[Int(exactly: $0) ?? -1] } ?? "F" }
    }
    for (key, letters) in pattern.named {
      guard let list = value([key])?.node.elements, !list.isEmpty else { continue }
      return (0..<count).map { list[$0 % list.count].string.flatMap { letters[$0] } ?? "F" }
    }
    for (key, letters) in pattern.indexed {
      guard let list = value([key])?.node.elements else { continue }
      let indices = Set(list.compactMap(\.finiteNumber))
      return (0..<count).map { indices.contains(Double($0)) ? letters.listed : letters.others }
    }
    if let key = pattern.windowListKey, let list = value([key])?.node.elements {
      return list.map { ($0.finiteNumber ?? 0) == 0 ? "F" : "s" }
    }
    return nil
  }

  /// A class that is not known to have several types, with keys that others have for them.
  private func patternFromKeys(_ count: Int?, window: Int?) throws(ConfigurationError) -> [String]? {
    guard let count, family.isUnknown, window != nil,
      let period = try period(["sliding_window_pattern", "_sliding_window_pattern", "global_attn_every_n_layers"])
    else { return nil }
    return LayerPattern(cycle: "sF").letters(count, period: period).map(LayerPattern.type)
  }

  private func period(_ keys: [String]) throws(ConfigurationError) -> Int? {
    try declaration.integer(value(keys.isEmpty ? [""] : keys), in: 1...1_000_000)
  }

  private func count(_ key: String) throws(ConfigurationError) -> Int? {
    try declaration.integer(value([key]), in: 0...1_000_000)
  }

  // MARK: Windows

  /// The window of the layers that slide, in tokens; nil where none does.
  private mutating func slidingWindow() throws(ConfigurationError) -> Int? {
    guard let rule = family.sliding else { return nil }
    if let flag = rule.flag, try declaration.flag(value([flag])) ?? rule.flagDefault == false { return nil }
    let range = -1...RotaryGeometry.largestLength
    if let number = try declaration.integer(value(rule.plusOneKeys + [""]), in: range) { return number + 1 }
    if rule.isHalved, let place = value(["sliding_window"]), let number = try declaration.integer(place, in: range) {
      record("sliding_window", .number(Double(number)), .given, at: place)
      return number + rule.plus
    }
    let place = value(rule.keys)
    // A null means none, where an absent key means the default.
    let isNull = rule.keys.contains { declaration.text.node.member($0)?.node.isNull == true }
    guard let number = try declaration.integer(place, in: range) ?? (isNull ? nil : rule.size), number > 0 else {
      // Several published files write 0 or −1 for "no window".
      return nil
    }
    let window = (rule.isHalved ? number / 2 : number) + rule.plus
    record(
      "sliding_window", .number(Double(window)), place == nil ? .default : rule.isHalved ? .derived : .given, at: place,
      note: place == nil ? classNote : nil)
    return window
  }

  // MARK: Rotation

  private func rotating(_ count: Int, _ layout: LayerLayout) throws(ConfigurationError) -> [Bool] {
    var rotates = [Bool](repeating: true, count: count)
    switch family.unrotated {
    case .none: break
    case .flags: rotates = try flagged(count)
    case .bases(let key, let interval):
      if let list = value([key])?.node.elements {
        for (layer, entry) in list.enumerated() where layer < count { rotates[layer] = entry.finiteNumber != 0 }
      } else if let interval {
        rotates = (0..<count).map { !(count - 1 - $0).isMultiple(of: interval) }
      }
    case .types(let unrotated, let needsWindow):
      if !(needsWindow && layout.window == nil) { unrotate(&rotates, layout.types, unrotated) }
    case .typesExceptLeading(let unrotated, let countKey, let key, let number):
      unrotate(&rotates, layout.types, unrotated)
      let prefix = try self.count(countKey) ?? 0
      if try self.count(key) ?? number == number { for layer in 0..<min(prefix, count) { rotates[layer] = true } }
    }
    for layer in rotates.indices where !layout.attends(layer) { rotates[layer] = false }
    return rotates
  }

  private func unrotate(_ rotates: inout [Bool], _ types: [String]?, _ unrotated: [String]) {
    guard let types else { return }
    for layer in rotates.indices where unrotated.contains(types[layer]) { rotates[layer] = false }
  }

  /// Layers by a list of flags, by default every n-th without rotation. A list of layer numbers names those without.
  private func flagged(_ count: Int) throws(ConfigurationError) -> [Bool] {
    guard case .flags(let key, let standard, let intervalKey) = family.unrotated else {
      return [Bool](repeating: true, count: count)
    }
    if let list = value([key])?.node.elements, !list.isEmpty {
      let numbers = list.map { $0.boolean.map { $0 ? 1 : 0 } ?? $0.finiteNumber ?? 1 }
      if family.isUnknown, numbers.contains(where: { $0 != 0 && $0 != 1 }) {
        return (0..<count).map { !numbers.contains(Double($0)) }
      }
      return (0..<count).map { $0 < numbers.count ? numbers[$0] != 0 : true }
    }
    let given = try intervalKey.flatMap { key throws(ConfigurationError) in try self.count(key) }
    guard let interval = given ?? standard, interval > 0 else { return [Bool](repeating: true, count: count) }
    return (0..<count).map { !($0 + 1).isMultiple(of: interval) }
  }
}
