import Foundation

/// A small check of a page's structure: what a reader with a screen reader, a keyboard or a strict browser would trip on.
/// It reads tags one after another and knows only what reports contain.
struct HTMLLinter {
  private struct Tag {
    var name: String
    var attributes: [String: String]
    var isClosing: Bool
    /// Text up to the next tag.
    var text: String
  }

  private let tags: [Tag]

  init(_ html: String) { tags = Self.scan(html) }

  var problems: [String] {
    nesting() + headings() + names() + links() + tables() + hiddenDrawings()
  }

  func count(_ name: String) -> Int { tags.count { $0.name == name && !$0.isClosing } }

  private static let void: Set<String> = ["meta", "br", "hr", "img", "input", "link", "col", "wbr", "!doctype"]
  private static let drawing: Set<String> = ["path", "rect", "image", "use", "line", "circle", "polygon", "g"]

  /// Elements of tables whose end tags may be left out, by the tags that end them.
  private static let ended: [String: Set<String>] = [
    "td": ["td", "th"], "th": ["td", "th"], "tr": ["td", "th", "tr"], "tbody": ["td", "th", "tr", "thead"],
    "/table": ["td", "th", "tr", "tbody", "thead"],
  ]

  private func nesting() -> [String] {
    var open: [String] = []
    for tag in tags where !Self.void.contains(tag.name) && tag.attributes["/"] == nil {
      while let last = open.last, Self.ended[(tag.isClosing ? "/" : "") + tag.name]?.contains(last) == true {
        open.removeLast()
      }
      if !tag.isClosing {
        open.append(tag.name)
      } else if open.last == tag.name {
        open.removeLast()
      } else {
        return ["</\(tag.name)> closes <\(open.last ?? "nothing")>"]
      }
    }
    return open.isEmpty ? [] : ["never closed: \(open)"]
  }

  private func headings() -> [String] {
    var problems: [String] = []
    var last = 0
    for tag in tags where !tag.isClosing && tag.name.count == 2 && tag.name.first == "h" {
      guard let level = tag.name.last?.wholeNumberValue else { continue }
      if level > last + 1 { problems.append("h\(level) after h\(last)") }
      last = level
    }
    if count("h1") != 1 { problems.append("\(count("h1")) h1") }
    return problems
  }

  private func names() -> [String] {
    var problems: [String] = []
    if tags.first(where: { $0.name == "html" })?.attributes["lang"]?.isEmpty != false { problems.append("no lang") }
    if tags.first(where: { $0.name == "title" })?.text.isEmpty != false { problems.append("no title") }
    for tag in tags where !tag.isClosing {
      let hasName =
        tag.attributes["aria-label"]?.isEmpty == false || tag.attributes["aria-labelledby"]?.isEmpty == false
      switch tag.name {
      case "svg"
      where tag.attributes["aria-hidden"] != "true" && tag.attributes["role"] != "img"
        || tag.attributes["role"] == "img" && !hasName:
        problems.append("svg without name: \(tag.attributes)")
      case "nav" where !hasName: problems.append("nav without name")
      case "img" where tag.attributes["alt"] == nil: problems.append("img without alt")
      default:
        if tag.attributes["role"] == "region", !hasName { problems.append("region without name") }
      }
    }
    return problems
  }

  private func links() -> [String] {
    var problems: [String] = []
    let ids = tags.filter { !$0.isClosing }.compactMap { $0.attributes["id"] }
    for (id, uses) in Dictionary(grouping: ids, by: { $0 }) where uses.count > 1 {
      problems.append("id \(id) occurs \(uses.count) times")
    }
    let known = Set(ids)
    for tag in tags where !tag.isClosing {
      if let goal = tag.attributes["href"], goal.hasPrefix("#"), !known.contains(String(goal.dropFirst())) {
        problems.append("\(goal) leads nowhere")
      }
      for name in ["aria-labelledby", "aria-describedby"] {
        if let goal = tag.attributes[name], !known.contains(goal) { problems.append("\(name)=\(goal) leads nowhere") }
      }
      for (name, value) in tag.attributes {
        if name.hasPrefix("on") { problems.append("\(tag.name) has \(name)") }
        if ["href", "src"].contains(name) {
          let safe = ["#", "https://", "http://", "data:image/png;", "figures/", "data/"].contains {
            value.hasPrefix($0)
          }
          if !safe { problems.append("\(name)=\(value)") }
        }
      }
    }
    return problems
  }

  private func tables() -> [String] {
    tags.filter { $0.name == "th" && !$0.isClosing && $0.attributes["scope"] == nil }.map {
      "th without scope: \($0.text)"
    }
  }

  /// Rules of the page that would hide a part of a drawing which happens to have the same class, in print or without the
  /// script.
  private func hiddenDrawings() -> [String] {
    let drawn = Set(tags.filter { $0.name == "g" && !$0.isClosing }.compactMap { $0.attributes["class"] })
    let style = tags.filter { $0.name == "style" && !$0.isClosing }.map(\.text).joined()
    return drawn.sorted().filter { name in
      (try? Regex("\\.\(name)(?![A-Za-z-])[^{}]*\\{[^}]*display: *none"))
        .map { style.firstMatch(of: $0) != nil } ?? false
    }.map { "the style sheet hides <g class=\"\($0)\">" }
  }

  // MARK: Scanner

  private static func scan(_ html: String) -> [Tag] {
    var tags: [Tag] = []
    var rest = html[...]
    while let start = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: start)...]
      let isClosing = rest.first == "/"
      if isClosing { rest.removeFirst() }
      let name = String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "!" || $0 == "-" }).lowercased()
      rest = rest.dropFirst(name.count)
      let attributes = attributes(&rest)
      let text = String(rest.prefix { $0 != "<" })
      tags.append(Tag(name: name, attributes: attributes, isClosing: isClosing, text: text))
      if !isClosing, name == "script" || name == "style", let end = rest.range(of: "</\(name)") {
        rest = rest[end.lowerBound...]
      }
    }
    return tags
  }

  private static func attributes(_ rest: inout Substring) -> [String: String] {
    var attributes: [String: String] = [:]
    while true {
      rest = rest.drop { $0.isWhitespace }
      guard let next = rest.first else { return attributes }
      if next == ">" {
        rest.removeFirst()
        return attributes
      }
      if next == "/" {
        rest.removeFirst()
        attributes["/"] = ""
        continue
      }
      let name = String(rest.prefix { $0 != "=" && $0 != ">" && $0 != "/" && !$0.isWhitespace })
      rest = rest.dropFirst(name.count)
      if name.isEmpty {
        rest.removeFirst()
        continue
      }
      guard rest.first == "=" else {
        attributes[name] = ""
        continue
      }
      rest.removeFirst()
      let quote = rest.first
      if quote == "\"" || quote == "'" {
        rest.removeFirst()
        let value = String(rest.prefix { $0 != quote })
        rest = rest.dropFirst(value.count + 1)
        attributes[name] = value
      } else {
        let value = String(rest.prefix { $0 != ">" && !$0.isWhitespace })
        rest = rest.dropFirst(value.count)
        attributes[name] = value
      }
    }
  }
}
