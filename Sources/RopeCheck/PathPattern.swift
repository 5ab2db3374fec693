/// Paths with `*` (within one folder) and `**` (across folders). The time is at most the product of both lengths.
enum PathPattern {
  /// Whether the pattern matches the whole path, or its end from a folder on.
  static func matches(_ pattern: String, _ path: String) -> Bool {
    let wanted = pattern.split(separator: "/").filter { $0 != "." }
    guard !wanted.isEmpty else { return true }
    return Wildcard.matches(["**"] + wanted, path.split(separator: "/"), isStar: { $0 == "**" }) { part, name in
      Wildcard.matches(Array(part.unicodeScalars), Array(name.unicodeScalars), isStar: { $0 == "*" }, ==)
    }
  }
}
