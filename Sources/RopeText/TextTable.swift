/// A table for the terminal: columns padded to their widest cell, numbers to the right.
package struct TextTable {
  package enum Alignment { case left, right }

  package var columns: [(title: String, alignment: Alignment)]
  package var rows: [[String]]
  /// Longest line of a cell, in columns; a longer one is broken at spaces.
  package var widestCell: Int
  /// Titles of columns that a narrow terminal does without, the first to go first.
  package var optional: [String]

  package init(
    columns: [(title: String, alignment: Alignment)], rows: [[String]] = [], widestCell: Int = 48,
    optional: [String] = []
  ) {
    self.columns = columns
    self.rows = rows
    self.widestCell = widestCell
    self.optional = optional
  }

  /// As wide as its cells ask for.
  package var text: String { text(in: .plain) }

  /// Within the columns of a terminal: headings and text wrap between words, then columns that are optional go, and
  /// what is still too wide is set as a block of lines for each row.
  package func text(in layout: TextLayout, indent: String = "") -> String {
    guard let columns = layout.columns else {
      // Who reads a pipe looks for whole words.
      let widths = natural(widestCell, breaksWords: false)
      return set(Array(columns.indices), widths, indent: indent, breaksWords: false)
    }
    let width = columns - indent.columns
    var shown = Array(self.columns.indices)
    var dropped: [String] = []
    var waiting = optional[...]
    while true {
      if let widths = widths(shown, within: width, comfortable: true) {
        return set(shown, widths, indent: indent) + note(dropped, indent, columns)
      }
      guard let title = waiting.popFirst() else { break }
      guard let place = shown.firstIndex(where: { self.columns[$0].title == title }) else { continue }
      shown.remove(at: place)
      dropped.append(title)
    }
    if let widths = widths(shown, within: width, comfortable: false) {
      return set(shown, widths, indent: indent) + note(dropped, indent, columns)
    }
    return records(indent: indent, within: columns)
  }

  /// Narrowest comfortable column of text.
  private static let comfortable = 16
  /// Words of more columns may be broken behind commas and slashes.
  private static let longWord = 24

  private func cell(_ row: Int, _ column: Int) -> String {
    column < rows[row].count ? Escaping.visible(rows[row][column].excerpt(2000)) : ""
  }

  private func natural(_ widest: Int, breaksWords: Bool = true) -> [Int] {
    columns.indices.map { column in
      rows.indices.flatMap { Self.broken(cell($0, column), within: widest, breaksWords: breaksWords) }.map(\.columns)
        .reduce(
          columns[column].title.columns, max)
    }
  }

  /// A width for each column, by its place; nil where they do not fit.
  private func widths(_ shown: [Int], within width: Int, comfortable: Bool) -> [Int]? {
    var widths = natural(max(widestCell, width))
    var least = widths
    for column in shown {
      let title = Self.longestWord(columns[column].title)
      if columns[column].alignment == .right {
        least[column] = rows.indices.map { cell($0, column).columns }.reduce(title, max)
      } else {
        let word = rows.indices.map { Self.longestWord(cell($0, column)) }.reduce(title, max)
        least[column] = min(widths[column], comfortable ? max(word, Self.comfortable) : word)
      }
    }
    let room = width - 2 * (shown.count - 1)
    guard shown.map({ least[$0] }).reduce(0, +) <= room else { return nil }
    var total = shown.map { widths[$0] }.reduce(0, +)
    while total > room, let widest = shown.filter({ widths[$0] > least[$0] }).max(by: { widths[$0] < widths[$1] }) {
      let step = max(1, min(widths[widest] - least[widest], (total - room) / 4))
      widths[widest] -= step
      total -= step
    }
    return widths
  }

  private func set(_ shown: [Int], _ widths: [Int], indent: String, breaksWords: Bool = true) -> String {
    func lines(_ cells: [String]) -> [String] {
      let broken = zip(shown, cells).map { Self.broken($1, within: widths[$0], breaksWords: breaksWords) }
      return (0..<max(1, broken.map(\.count).max() ?? 1)).map { number in
        var line = zip(shown, broken).map { column, lines -> String in
          let text = number < lines.count ? lines[number] : ""
          let space = String(repeating: " ", count: max(0, widths[column] - text.columns))
          return columns[column].alignment == .left ? text + space : space + text
        }.joined(separator: "  ")
        while line.last == " " { line.removeLast() }
        return indent + line
      }
    }
    let rule = indent + shown.map { String(repeating: "─", count: widths[$0]) }.joined(separator: "  ")
    let head = lines(shown.map { columns[$0].title }) + [rule]
    return (head + rows.indices.flatMap { row in lines(shown.map { cell(row, $0) }) }).joined(separator: "\n")
  }

  /// A block for each row: its first cell, then what else it holds with its heading.
  private func records(indent: String, within width: Int) -> String {
    rows.indices.map { row in
      let name = TextLayout.lines(cell(row, 0), first: indent, rest: indent + "  ", within: width)
      return
        (name
        + columns.indices.dropFirst().filter { !cell(row, $0).isEmpty }.flatMap { column in
          TextLayout.lines(
            "\(columns[column].title): \(cell(row, column))", first: indent + "  ", rest: indent + "    ",
            within: width)
        }).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private func note(_ dropped: [String], _ indent: String, _ width: Int) -> String {
    guard !dropped.isEmpty else { return "" }
    return "\n"
      + TextLayout.lines(
        "(a wider terminal shows \(dropped.joined(separator: ", ")))", first: indent, rest: indent, within: width
      ).joined(separator: "\n")
  }

  private static func longestWord(_ text: String) -> Int {
    text.split(separator: " ").flatMap { TextLayout.pieces($0, within: longWord) }.map(\.columns).max() ?? 0
  }

  /// Lines of a cell. Blanks inside a line stay: they may be an indent.
  private static func broken(_ cell: String, within width: Int, breaksWords: Bool) -> [String] {
    guard cell.columns > width else { return [cell] }
    var lines = [""]
    for word in cell.split(separator: " ", omittingEmptySubsequences: false) {
      for (place, piece) in TextLayout.pieces(word, within: breaksWords && word.columns > width ? longWord : .max)
        .enumerated()
      {
        let current = lines[lines.count - 1]
        if current.isEmpty {
          lines[lines.count - 1] = String(piece)
        } else if current.columns + (place > 0 ? 0 : 1) + piece.columns <= width {
          lines[lines.count - 1] += (place > 0 ? "" : " ") + piece
        } else {
          lines.append(String(piece))
        }
      }
    }
    return lines
  }
}
