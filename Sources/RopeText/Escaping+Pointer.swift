extension Escaping {
  /// A key as a part of a JSON pointer (RFC 6901).
  package static func pointerPart(_ key: String) -> String {
    map(key) { $0 == "~" ? "~0" : $0 == "/" ? "~1" : nil }
  }

  /// The key that a part of a JSON pointer names.
  package static func key(ofPointerPart part: some StringProtocol) -> String {
    var key = ""
    var rest = part.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch (scalar, rest.first) {
      case ("~", "0"): key += "~"
      case ("~", "1"): key += "/"
      default:
        key.unicodeScalars.append(scalar)
        continue
      }
      rest.removeFirst()
    }
    return key
  }
}
