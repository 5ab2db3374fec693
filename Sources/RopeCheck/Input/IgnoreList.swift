import RopeText

/// The patterns of the `.gitignore` files on the way to a folder.
struct IgnoreList {
  private struct Entry {
    let pattern: [Substring]
    let isNegated: Bool
    let isFolderOnly: Bool
  }

  private var entries: [(folder: String, inner: String, entry: Entry)] = []

  /// These patterns, and those of a file that lies in `folder`, or above it where `inner` leads from there to it.
  func adding(_ text: String, in folder: String, below inner: String = "") -> IgnoreList {
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
      result.entries.append((folder, inner, Entry(pattern: parts, isNegated: isNegated, isFolderOnly: isFolderOnly)))
    }
    return result
  }

  func ignores(_ path: String, isFolder: Bool) -> Bool {
    var isIgnored = false
    for (folder, inner, entry) in entries where isFolder || !entry.isFolderOnly {
      let inside = folder == "." ? path[...] : path.dropFirst(folder.count).drop { $0 == "/" }
      let parts = inner.split(separator: "/") + inside.split(separator: "/")
      if Wildcard.matches(entry.pattern, parts, isStar: { $0 == "**" }, Self.fits) { isIgnored = !entry.isNegated }
    }
    return isIgnored
  }

  /// `*` and `?` in one name.
  private static func fits(_ pattern: Substring, _ name: Substring) -> Bool {
    Wildcard.matches(Array(pattern.unicodeScalars), Array(name.unicodeScalars), isStar: { $0 == "*" }) {
      $0 == "?" || $0 == $1
    }
  }
}
