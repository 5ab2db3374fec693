import RopeConfig
import RopeJSON
import RopeText

extension CheckSubject {
  /// A finding at a value of the configuration.
  func finding(
    _ card: RuleCard, at value: DeclaredValue?, _ message: Message, severity: Severity? = nil, fix: Fix? = nil
  ) -> Finding {
    let place = value ?? declaration.text
    // The whole document is marked by its first byte.
    let bytes =
      place.pointer.isEmpty
      ? place.node.bytes.lowerBound..<min(place.node.bytes.lowerBound + 1, place.node.bytes.upperBound)
      : place.node.bytes
    return placed(card, place, bytes, message, severity, fix)
  }

  /// Where a value stands: in the file, in the text of a command that has a path, else at the file's own value.
  private func placed(
    _ card: RuleCard, _ place: DeclaredValue, _ bytes: Range<Int>, _ message: Message, _ severity: Severity?,
    _ fix: Fix?
  ) -> Finding {
    var path: String?
    var pointer: String? = place.pointer
    var region: SourceRegion
    if isBorrowed, place.node.document == 0, let command = effective?.command {
      let option = command.option(.model)?.bytes ?? command.bytes
      return Finding(
        rule: card.id, severity: severity ?? card.severity, path: command.source.path, pointer: nil,
        region: SourceRegion(option, in: command.source), message: message, references: card.references)
    }
    if place.node.document == 0 {
      region = SourceRegion(bytes, in: declaration.source)
    } else if let text = declaration.text(of: place.node), text.path != nil {
      (path, pointer) = (text.path, nil)
      region = SourceRegion(place.node.bytes, in: text)
    } else {
      // A line that was only typed has no place; the file's value is what it replaces.
      let own = file.value(at: place.pointer) ?? file.text
      let start = own.node.bytes.lowerBound
      region = SourceRegion(
        own.pointer.isEmpty ? start..<min(start + 1, own.node.bytes.upperBound) : own.node.bytes, in: file.source)
    }
    let isApplicable =
      fix.map { fix in
        !fix.edits.isEmpty && fix.edits.allSatisfy { $0.document == place.node.document }
      } ?? false
    return Finding(
      rule: card.id, severity: severity ?? card.severity, path: path, pointer: pointer, region: region,
      message: message, fix: isApplicable ? fix : nil, references: card.references)
  }

  /// A finding at a key rather than its value.
  func finding(
    _ card: RuleCard, atKey key: String, of object: DeclaredValue, _ message: Message, severity: Severity? = nil,
    fix: Fix? = nil
  ) -> Finding {
    guard let member = object.node.member(key) else {
      return finding(card, at: object, message, severity: severity, fix: fix)
    }
    let pointer = object.pointer + "/" + DeclaredValue.escapedKey(key)
    let place = DeclaredValue(key: key, node: member.node, pointer: pointer)
    // A key that was moved with its value stands in the same text.
    return placed(card, place, member.keyBytes, message, severity, fix)
  }

  /// A finding at an option: in the file that it stands in, or at the configuration's value that it meets.
  func finding(
    _ card: RuleCard, at option: RunOption?, or value: DeclaredValue? = nil, _ message: Message,
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
