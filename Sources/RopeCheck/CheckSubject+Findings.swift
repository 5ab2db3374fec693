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
    return finding(card, bytes, of: place.node, place.pointer, message, severity, fix)
  }

  /// A finding in the text that a value stands in: the configuration's own, or that of the command that gave it. What
  /// stands in no file is shown where the command or the configuration begins.
  private func finding(
    _ card: RuleCard, _ bytes: Range<Int>, of node: JSONNode, _ pointer: String, _ message: String, _ severity: Severity?, _ fix: Fix?
  ) -> Finding {
    let isOverride = node.document > 0
    if isOverride || declaration.source.bytes.isEmpty, let text = declaration.text(of: node) ?? effective?.command.source, text.path != nil {
      let place = isOverride ? bytes : effective.map { $0.command.bytes.lowerBound..<$0.command.bytes.lowerBound + 1 } ?? bytes
      return Finding(
        rule: card.id, severity: severity ?? card.severity, path: text.path, pointer: pointer,
        region: SourceRegion(place, in: text), message: message, references: card.references)
    }
    let root = declaration.text.node.bytes.lowerBound
    return Finding(
      rule: card.id, severity: severity ?? card.severity, pointer: pointer,
      region: SourceRegion(isOverride ? root..<root + 1 : bytes, in: declaration.source), message: message,
      fix: isEditable && !isOverride ? fix : nil, references: card.references)
  }

  /// A finding at a key rather than its value.
  func finding(
    _ card: RuleCard, atKey key: String, of object: DeclaredValue, _ message: String, severity: Severity? = nil,
    fix: Fix? = nil
  ) -> Finding {
    guard let member = object.node.member(key) else { return finding(card, at: object, message, severity: severity, fix: fix) }
    return finding(
      card, member.keyBytes, of: member.node, object.pointer + "/" + DeclaredValue.escapedKey(key), message, severity, fix)
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
