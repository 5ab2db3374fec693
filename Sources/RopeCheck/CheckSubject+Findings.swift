import RopeConfig
import RopeJSON

extension CheckSubject {
  /// A finding at a value of the configuration.
  func finding(
    _ card: RuleCard, at value: DeclaredValue?, _ message: String, severity: Severity? = nil, fix: Fix? = nil
  ) -> Finding {
    let place = value ?? declaration.text
    // The whole document is marked by its first byte.
    let bytes = place.pointer.isEmpty
      ? place.node.bytes.lowerBound..<min(place.node.bytes.lowerBound + 1, place.node.bytes.upperBound) : place.node.bytes
    return Finding(
      rule: card.id, severity: severity ?? card.severity, pointer: place.pointer,
      region: SourceRegion(bytes, in: declaration.source), message: message, fix: isEditable ? fix : nil,
      references: card.references)
  }

  /// A finding at a key rather than its value.
  func finding(
    _ card: RuleCard, atKey key: String, of object: DeclaredValue, _ message: String, severity: Severity? = nil,
    fix: Fix? = nil
  ) -> Finding {
    guard let member = object.node.member(key) else { return finding(card, at: object, message, severity: severity, fix: fix) }
    return Finding(
      rule: card.id, severity: severity ?? card.severity, pointer: object.pointer + "/" + DeclaredValue.escapedKey(key),
      region: SourceRegion(member.keyBytes, in: declaration.source), message: message, fix: isEditable ? fix : nil,
      references: card.references)
  }

  /// A finding at an option: in the file that it stands in, or at the configuration's value that it meets.
  func finding(
    _ card: RuleCard, at option: RunOption?, or value: DeclaredValue? = nil, _ message: String,
    severity: Severity? = nil
  ) -> Finding {
    guard let option, let source = option.source, source.path != nil else {
      return finding(card, at: value, message, severity: severity)
    }
    return Finding(
      rule: card.id, severity: severity ?? card.severity, path: source.path, pointer: nil,
      region: SourceRegion(option.node.bytes, in: source), message: message, references: card.references)
  }
}

extension DeclaredValue {
  /// `~` and `/` in a key, as RFC 6901 writes them.
  static func escapedKey(_ key: String) -> String {
    JSONPointer.escaped(key)
  }
}
