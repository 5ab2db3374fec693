import RopeJSON
import RopeMath

extension RuntimeFault {
  /// A dialect with what the fault does to a dictionary on its way to the rotary class.
  func applied(to dialect: Dialect) -> Dialect {
    var dialect = dialect
    let interpret = dialect.interpret
    let arithmetic = dialect.arithmetic
    switch effect {
    case .scalingIgnored:
      dialect.interpret = { (layer) throws(ConfigurationError) in
        let isPlain = ["default", "mrope"].contains(layer.type ?? "default")
        var answer = Interpretation(notes: isPlain ? [] : [self.sentence])
        answer.arithmetic = arithmetic(layer.geometry)
        return answer
      }
    case .keysDropped(let keys):
      dialect.interpret = { (layer) throws(ConfigurationError) in
        let dropped = keys.filter { layer.scaling.has($0) && !layer.scaling.isNull($0) }
        guard !dropped.isEmpty else { return try interpret(layer) }
        var layer = layer
        layer.scaling = layer.scaling.without(dropped)
        var answer = try interpret(layer)
        answer.notes.append(self.sentence)
        return answer
      }
    case .keysNeeded(let keys):
      dialect.interpret = { (layer) throws(ConfigurationError) in
        if layer.type == "yarn", let key = keys.first(where: { !layer.scaling.has($0) }) {
          throw ConfigurationError(refusing: "\(self.sentence): “\(key)” is missing")
        }
        return try interpret(layer)
      }
    case .shortListAlways:
      dialect.interpret = { (layer) throws(ConfigurationError) in
        var answer = try interpret(layer)
        for index in answer.parts.indices where answer.parts[index].given["long_factor"] != nil {
          answer.parts[index].given["long_factor"] = answer.parts[index].given["short_factor"]
          answer.notes.append(self.sentence)
        }
        return answer
      }
    case .typeRefused(let type):
      dialect.interpret = { (layer) throws(ConfigurationError) in
        guard layer.type == type else { return try interpret(layer) }
        throw ConfigurationError(refusing: self.sentence)
      }
    case .refuses:
      dialect.interpret = { (_) throws(ConfigurationError) in throw ConfigurationError(refusing: self.sentence) }
    default: break
    }
    return dialect
  }

  /// What the fault does to a model's geometry and to which layers are scaled.
  func apply(to reading: inout Reading, _ declaration: Declaration) throws(ConfigurationError) {
    guard concerns(declaration) else { return }
    switch effect {
    case .fixedBase(let base): try change(&reading, base: base)
    case .multipliedBase(let base, let key):
      try change(&reading, base: base * (declaration.value(anyOf: [key])?.node.finiteNumber ?? 1))
    case .wholeHead: try change(&reading) { $0.headDimension }
    case .shareAppliedTwice:
      let key = "partial_rotary_factor"
      let inside = ["rope_parameters", "rope_scaling"].compactMap { declaration.value(anyOf: [$0])?.member(key) }
      let share = (inside.first ?? declaration.value(anyOf: [key]))?.node.finiteNumber ?? 1
      try change(&reading) { geometry in
        let rotated = Int(Double(geometry.headDimension) * share)
        return rotated - rotated % 2
      }
    case .slidingScaled:
      guard let full = reading.layerTypes.first(where: { !$0.isSliding }) else { return }
      for index in reading.layerTypes.indices where reading.layerTypes[index].isSliding {
        reading.layerTypes[index].scaling = full.scaling
        reading.layerTypes[index].notes.append(sentence)
      }
    case .window: reading.notes.append(sentence)
    default: break
    }
  }

  private func change(
    _ reading: inout Reading, base: Double? = nil, rotary: (RotaryGeometry) -> Int = { $0.rotaryDimension }
  ) throws(ConfigurationError) {
    for index in reading.layerTypes.indices {
      let old = reading.layerTypes[index].geometry
      do throws(GeometryError) {
        reading.layerTypes[index].geometry = try RotaryGeometry(
          headDimension: old.headDimension, rotaryDimension: rotary(old), base: base ?? old.base, pairing: old.pairing,
          trainedLength: old.trainedLength)
      } catch {
        throw ConfigurationError(refusing: "\(sentence): \(error.description)")
      }
      reading.layerTypes[index].notes.append(sentence)
    }
    for index in reading.values.indices {
      let key = reading.values[index].key.split(separator: ".").last
      guard let geometry = reading.layerTypes.first?.geometry else { continue }
      switch key {
      case "base" where base != nil: reading.values[index].settle(.number(geometry.base), note: sentence)
      case "rotary_dim" where base == nil:
        reading.values[index].settle(.number(Double(geometry.rotaryDimension)), note: sentence)
      default: break
      }
    }
  }
}

extension ResolvedValue {
  /// Another value than the file's, and why.
  fileprivate mutating func settle(_ value: ParameterValue, note: String) {
    self.value = value
    origin = .derived
    self.note = note
  }
}
