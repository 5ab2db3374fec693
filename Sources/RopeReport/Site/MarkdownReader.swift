/// Reads the Markdown of our own guides: headings, paragraphs, lists, fenced code, pipe tables, and in a line code, strong
/// and emphasised words and links. What it does not know stays text, and nothing in it can become markup.
public struct MarkdownReader {
  /// Sections nest one level deep: `##` and `###`. Text before the first heading is the lead; `#` is the title.
  public static func document(_ text: String, root: String = "") -> Document {
    var reader = MarkdownReader(text, root: root)
    return reader.read()
  }

  private let lines: [Substring]
  private let root: String
  private var place = 0
  private var tables = 0
  private var ids = Set<String>()

  private init(_ text: String, root: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    self.root = root
  }

  private mutating func read() -> Document {
    var document = Document(metadata: .init(title: ""), sections: [])
    while place < lines.count {
      let line = lines[place]
      if let title = Self.heading(line, 1) {
        place += 1
        document.metadata.title = title
      } else if let title = Self.heading(line, 2) {
        place += 1
        document.sections.append(Section(id: id(title), title: title, blocks: []))
      } else if let title = Self.heading(line, 3), !document.sections.isEmpty {
        place += 1
        document.sections[document.sections.count - 1].subsections.append(
          Section(id: id(title), title: title, blocks: []))
      } else if let block = block() {
        append(block, to: &document)
      }
    }
    return document
  }

  private func append(_ block: Block, to document: inout Document) {
    guard let section = document.sections.indices.last else { return document.lead.append(block) }
    if let inner = document.sections[section].subsections.indices.last {
      document.sections[section].subsections[inner].blocks.append(block)
    } else {
      document.sections[section].blocks.append(block)
    }
  }

  private static func heading(_ line: Substring, _ level: Int) -> String? {
    let mark = String(repeating: "#", count: level) + " "
    return line.hasPrefix(mark) ? String(line.dropFirst(mark.count)) : nil
  }

  private mutating func id(_ title: String) -> String {
    let words = title.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
    var id = words
    var number = 2
    while !ids.insert(id).inserted {
      id = "\(words)-\(number)"
      number += 1
    }
    return id
  }

  /// The block at the present line; nil for a blank line. Always moves on.
  private mutating func block() -> Block? {
    let line = lines[place]
    if line.allSatisfy(\.isWhitespace) {
      place += 1
      return nil
    }
    if line.hasPrefix("```") { return code() }
    if line.hasPrefix("|"), place + 1 < lines.count, lines[place + 1].hasPrefix("|-") { return table() }
    if Self.item(line) != nil { return list() }
    return .prose(
      Prose(
        runs: runs(joined { !$0.hasPrefix("```") && !$0.hasPrefix("#") && !$0.hasPrefix("|") && Self.item($0) == nil }))
    )
  }

  /// The words of the present line and of those after it that continue it.
  private mutating func joined(while continues: (Substring) -> Bool) -> String {
    var words: [Substring] = []
    repeat {
      words += lines[place].split(separator: " ")
      place += 1
    } while place < lines.count && !lines[place].allSatisfy(\.isWhitespace) && continues(lines[place])
    return words.joined(separator: " ")
  }

  private mutating func code() -> Block {
    place += 1
    var text: [Substring] = []
    while place < lines.count, !lines[place].hasPrefix("```") {
      text.append(lines[place])
      place += 1
    }
    place += 1
    return .code(.init(text.joined(separator: "\n")))
  }

  /// The text of a list's item: `- text` or `1. text`.
  private static func item(_ line: Substring) -> (text: Substring, isNumbered: Bool)? {
    if line.hasPrefix("- ") { return (line.dropFirst(2), false) }
    let digits = line.prefix { $0.isASCII && $0.isNumber }
    let rest = line.dropFirst(digits.count)
    return !digits.isEmpty && rest.hasPrefix(". ") ? (rest.dropFirst(2), true) : nil
  }

  private mutating func list() -> Block {
    var items: [Prose] = []
    let isNumbered = Self.item(lines[place])?.isNumbered ?? false
    while place < lines.count, let item = Self.item(lines[place]), item.isNumbered == isNumbered {
      var words = [item.text]
      place += 1
      while place < lines.count, lines[place].hasPrefix("  "), !lines[place].allSatisfy(\.isWhitespace) {
        words += lines[place].split(separator: " ")
        place += 1
      }
      items.append(Prose(runs: runs(words.joined(separator: " "))))
    }
    return .list(.init(items, numbered: isNumbered))
  }

  private mutating func table() -> Block {
    let head = Self.cells(lines[place])
    place += 2
    var rows: [Block.Table.Row] = []
    while place < lines.count, lines[place].hasPrefix("|") {
      let cells = Self.cells(lines[place]).map { Block.Table.Cell(Prose(runs: runs($0))) }
      rows.append(.init(Array((cells + head.map { _ in "" }).prefix(head.count))))
      place += 1
    }
    tables += 1
    return .table(
      .init(
        id: "table-\(tables)", caption: "", columns: head.map { .init($0, alignment: .left) }, rows: rows,
        sortable: false))
  }

  private static func cells(_ line: Substring) -> [String] {
    line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map {
      $0.split(separator: " ").joined(separator: " ")
    }
  }

  // MARK: In a line

  private func runs(_ text: String) -> [Inline] {
    var runs: [Inline] = []
    var plain = ""
    var rest = text[...]
    func flush() {
      if !plain.isEmpty { runs.append(.text(plain)) }
      plain = ""
    }
    while let first = rest.first {
      if let (run, length) = run(rest) {
        flush()
        runs.append(run)
        rest = rest.dropFirst(length)
      } else {
        plain.append(first)
        rest.removeFirst()
      }
    }
    flush()
    return runs
  }

  /// The run that begins here, with its length in the source.
  private func run(_ text: Substring) -> (Inline, Int)? {
    func between(_ mark: String) -> Substring? {
      guard text.hasPrefix(mark) else { return nil }
      let inner = text.dropFirst(mark.count)
      guard let end = inner.range(of: mark), end.lowerBound > inner.startIndex else { return nil }
      return inner[..<end.lowerBound]
    }
    if let code = between("`") { return (.code(String(code)), code.count + 2) }
    if let words = between("**") { return (.strong(String(words)), words.count + 4) }
    if let words = between("*"), words.first?.isWhitespace == false {
      return (.emphasis(String(words)), words.count + 2)
    }
    guard text.hasPrefix("["), let close = text.range(of: "]("), let end = text[close.upperBound...].firstIndex(of: ")")
    else { return nil }
    let words = String(text[text.index(after: text.startIndex)..<close.lowerBound])
    let address = String(text[close.upperBound..<end])
    guard !words.contains("["), !words.isEmpty else { return nil }
    let isOutside = address.contains(":") || address.hasPrefix("#")
    return (
      .externalLink(words.filter { $0 != "`" }, address: isOutside ? address : root + address),
      text.distance(from: text.startIndex, to: end) + 1
    )
  }
}

extension Substring {
  /// Where a mark stands first.
  fileprivate func range(of mark: String) -> Range<Index>? { firstRange(of: mark) }
}
