
/// Typed reading of a scaling dictionary; what a runtime's Python would stumble over is a refusal.
struct ScalingDictionary: Sendable {
  let declaration: RopeDeclaration
  let value: DeclaredValue

  /// Whether the key stands there, null included.
  func has(_ key: String) -> Bool { value.node.member(key) != nil }

  func isNull(_ key: String) -> Bool { value.node.member(key)?.node.isNull ?? false }

  /// Nil where the key is absent or null.
  func number(_ key: String) throws(RuntimeRefusal) -> Double? {
    do { return try declaration.number(value.member(key)) } catch { throw RuntimeRefusal(error.message) }
  }

  func required(_ key: String, for type: String) throws(RuntimeRefusal) -> Double {
    guard let number = try number(key) else {
      let fault = has(key) ? "“\(key)” is null" : "“\(key)” is missing"
      throw RuntimeRefusal("\(type) scaling needs a number: \(fault)")
    }
    return number
  }

  func numbers(_ key: String, for type: String) throws(RuntimeRefusal) -> [Double] {
    let numbers: [Double]?
    do { numbers = try declaration.numbers(value.member(key)) } catch { throw RuntimeRefusal(error.message) }
    guard let numbers else { throw RuntimeRefusal("\(type) scaling needs the list “\(key)”") }
    return numbers
  }

  func flag(_ key: String) throws(RuntimeRefusal) -> Bool? {
    do { return try declaration.flag(value.member(key)) } catch { throw RuntimeRefusal(error.message) }
  }

  func text(_ key: String) throws(RuntimeRefusal) -> String? {
    if isNull(key), key == "rope_type" { throw RuntimeRefusal("“rope_type” is null, expected the name of a scaling") }
    do { return try declaration.text(value.member(key)) } catch { throw RuntimeRefusal(error.message) }
  }

  /// Whether the number is spelled without a fraction, which Python reads as an int.
  func isInteger(_ key: String) -> Bool {
    guard case .number(_, let literal)? = value.member(key)?.node.value else { return false }
    return !literal.contains { ".eE".contains($0) }
  }

  /// Nil where neither key stands.
  func type(by rule: DialectRules.TypeKey, modelType: String) throws(RuntimeRefusal) -> String? {
    let old = try text("type")
    let new = try text("rope_type")
    switch rule {
    case .ropeTypeFirst: return new ?? old
    case .typeFirst: return old ?? new
    case .typeFirstExcept(let models): return models.contains(modelType) ? new ?? old : old ?? new
    case .conflictRefused:
      if let old, let new, old != new, !Self.agreeing.contains([old, new]) {
        throw RuntimeRefusal("“type” (\(old)) and “rope_type” (\(new)) contradict each other (ValueError)")
      }
      return new ?? old
    }
  }

  /// Pairs of names that mean the same.
  private static let agreeing: Set<Set<String>> = [["su", "longrope"], ["mrope", "default"]]
}
