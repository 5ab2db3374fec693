import RopeJSON

/// Typed reading of a scaling dictionary; what a runtime's Python would stumble over is a refusal.
struct ScalingDictionary: Sendable {
  let declaration: Declaration
  let value: DeclaredValue

  /// Whether the key stands there, null included.
  func has(_ key: String) -> Bool { value.node.member(key) != nil }

  func isNull(_ key: String) -> Bool { value.node.member(key)?.node.isNull ?? false }

  /// Whether the value comes from a command line, not from the file.
  func isOverridden(_ key: String) -> Bool { (value.node.member(key)?.node.document ?? 0) > 0 }

  /// The same dictionary without some of its keys.
  func without(_ keys: [String]) -> ScalingDictionary {
    let members = (value.node.members ?? []).filter { !keys.contains($0.key) }
    let node = JSONNode(value: .object(members), bytes: value.node.bytes, document: value.node.document)
    return ScalingDictionary(
      declaration: declaration, value: DeclaredValue(key: value.key, node: node, pointer: value.pointer))
  }

  func error(_ message: String, at key: String? = nil) -> ConfigurationError {
    declaration.error(message, at: key.flatMap(value.member) ?? value)
  }

  /// Nil where the key is absent or null.
  func number(_ key: String) throws(ConfigurationError) -> Double? { try declaration.number(value.member(key)) }

  func required(_ key: String, for type: String) throws(ConfigurationError) -> Double {
    if let number = try number(key) { return number }
    throw error("\(type) scaling needs “\(key)”\(has(key) ? ", which is null" : "")")
  }

  func numbers(_ key: String, for type: String) throws(ConfigurationError) -> [Double] {
    if let numbers = try declaration.numbers(value.member(key)) { return numbers }
    throw error("\(type) scaling needs the list “\(key)”")
  }

  func flag(_ key: String) throws(ConfigurationError) -> Bool? { try declaration.flag(value.member(key)) }

  func text(_ key: String) throws(ConfigurationError) -> String? {
    if isNull(key), key == "rope_type" { throw error("“rope_type” is null, expected the name of a scaling") }
    return try declaration.text(value.member(key))
  }

  /// Whether the number is spelled without a fraction, which Python reads as an int.
  func isInteger(_ key: String) -> Bool {
    guard case .number(_, let literal)? = value.member(key)?.node.value else { return false }
    return !literal.contains { ".eE".contains($0) }
  }

  /// Nil where neither key stands.
  func type(by rule: Dialect.TypeKey, modelType: String) throws(ConfigurationError) -> String? {
    let old = try text("type")
    let new = try text("rope_type")
    switch rule {
    case .ropeTypeFirst: return new ?? old
    case .typeFirst: return old ?? new
    case .typeFirstExcept(let models): return models.contains(modelType) ? new ?? old : old ?? new
    case .conflictRefused, .conflictAlwaysRefused:
      let isStrict = if case .conflictAlwaysRefused = rule { true } else { false }
      if let old, let new, old != new, isStrict || !Self.agreeing.contains([old, new]) {
        throw error("“type” (\(old)) and “rope_type” (\(new)) contradict each other (ValueError)", at: "type")
      }
      return new ?? old
    }
  }

  /// Where the type that counts stands; nil where neither key does.
  func typePlace(_ rule: Dialect.TypeKey, modelType: String) -> DeclaredValue? {
    let isOldFirst =
      switch rule {
      case .typeFirst: true
      case .typeFirstExcept(let models): !models.contains(modelType)
      case .ropeTypeFirst, .conflictRefused, .conflictAlwaysRefused: false
      }
    return value.member(anyOf: isOldFirst ? ["type", "rope_type"] : ["rope_type", "type"])
  }

  /// Pairs of names that mean the same.
  private static let agreeing: Set<Set<String>> = [["su", "longrope"], ["mrope", "default"]]
}
