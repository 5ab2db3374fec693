import RopeText

/// The patterns of the `.gitignore` files on the way to a folder.
struct IgnoreList {
  private struct Entry {
    let pattern: [Substring]
    let isNegated: Bool
    let isFolderOnly: Bool
  }

  private var entries: [(folder: String, entry: Entry)] = []

  /// These patterns, and those of a file that lies in `folder`.
  func adding(_ text: String, in folder: String) -> IgnoreList {
    var result = self
    for line in text.split(whereSeparator: \.isNewline) {
      var pattern = Substring(String(line).trimmed)
      guard !pattern.isEmpty, !pattern.hasPrefix("#") else { continue }
      let isNegated = pattern.hasPrefix("!")
      if isNegated { pattern = pattern.dropFirst() }
      let isFolderOnly = pattern.hasSuffix("/")
      if isFolderOnly { pattern = pattern.dropLast() }
      let isAnchored = pattern.contains("/")
      if pattern.hasPrefix("/") { pattern = pattern.dropFirst() }
      let parts: [Substring] = (isAnchored ? [] : ["**"]) + pattern.split(separator: "/")
      result.entries.append((folder, Entry(pattern: parts, isNegated: isNegated, isFolderOnly: isFolderOnly)))
    }
    return result
  }

  func ignores(_ path: String, isFolder: Bool) -> Bool {
    var isIgnored = false
    for (folder, entry) in entries where isFolder || !entry.isFolderOnly {
      let inside = folder == "." ? path[...] : path.dropFirst(folder.count).drop { $0 == "/" }
      if Self.matches(entry.pattern[...], inside.split(separator: "/")[...]) { isIgnored = !entry.isNegated }
    }
    return isIgnored
  }

  private static func matches(_ pattern: ArraySlice<Substring>, _ path: ArraySlice<Substring>) -> Bool {
    guard let first = pattern.first else { return path.isEmpty }
    if first == "**" {
      return path.indices.contains { matches(pattern.dropFirst(), path[$0...]) } || matches(pattern.dropFirst(), [])
    }
    guard let name = path.first, matches(first, name) else { return false }
    return matches(pattern.dropFirst(), path.dropFirst())
  }

  /// `*` and `?` in one name.
  private static func matches(_ pattern: Substring, _ name: Substring) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    if first == "*" {
      return matches(pattern.dropFirst(), name) || !name.isEmpty && matches(pattern, name.dropFirst())
    }
    guard let letter = name.first, first == "?" || first == letter else { return false }
    return matches(pattern.dropFirst(), name.dropFirst())
  }
}
