/// Counts elements.
final class ElementCounter {
  var counts: [String: Int] = [:]
  func see(_ name: String) { counts[name, default: 0] += 1 }
}

/// Enough of XML to know that tags are balanced and attributes quoted.
struct XMLReader {
  private let text: String
  init(_ text: String) { self.text = text }

  /// False where the document is not well formed.
  func read(_ see: (String) -> Void) -> Bool {
    var open: [Substring] = []
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "<") {
      guard !rest[..<start].contains(">") else { return false }
      guard let end = rest[start...].firstIndex(of: ">") else { return false }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("?") { continue }
      guard tag.filter({ $0 == "\"" }).count.isMultiple(of: 2), !tag.contains("<") else { return false }
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else { return false }
        continue
      }
      let name = tag.prefix { $0 != " " && $0 != "/" }
      see(String(name))
      if !tag.hasSuffix("/") { open.append(name) }
    }
    return open.isEmpty
  }
}
