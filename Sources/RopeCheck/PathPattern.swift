/// Paths with `*` (within one folder) and `**` (across folders).
enum PathPattern {
  /// Whether the pattern matches the whole path, or its end from a folder on.
  static func matches(_ pattern: String, _ path: String) -> Bool {
    let parts = path.split(separator: "/").map(String.init)
    let wanted = pattern.split(separator: "/").map(String.init).filter { $0 != "." }
    return parts.indices.contains { start in matchesParts(wanted[...], parts[start...]) } || wanted.isEmpty
  }

  private static func matchesParts(_ pattern: ArraySlice<String>, _ parts: ArraySlice<String>) -> Bool {
    guard let first = pattern.first else { return parts.isEmpty }
    if first == "**" {
      return (parts.startIndex...parts.endIndex).contains { matchesParts(pattern.dropFirst(), parts[$0...]) }
    }
    guard let part = parts.first, matchesPart(Array(first)[...], Array(part)[...]) else { return false }
    return matchesParts(pattern.dropFirst(), parts.dropFirst())
  }

  private static func matchesPart(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == "*" { return (text.startIndex...text.endIndex).contains { matchesPart(pattern.dropFirst(), text[$0...]) } }
    guard text.first == first else { return false }
    return matchesPart(pattern.dropFirst(), text.dropFirst())
  }
}
