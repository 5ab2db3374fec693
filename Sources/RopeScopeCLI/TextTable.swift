import RopeRecords
import RopeText

/// A table for the terminal: columns padded to their widest cell, numbers to the right.
struct TextTable {
  enum Alignment { case left, right }

  var columns: [(title: String, alignment: Alignment)]
  var rows: [[String]] = []
  /// Longest line of a cell, in characters; a longer one is broken at spaces.
  var widestCell = 48

  /// Lines below it.
  var notes: [String] = []

  var text: String {
    let broken = rows.map { $0.map(lines) }
    let widths = columns.indices.map { column in
      ([columns[column].title] + broken.flatMap { $0[column] }).map(\.count).max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      var padded = zip(cells.indices, cells).map { index, cell -> String in
        let space = String(repeating: " ", count: widths[index] - cell.count)
        return columns[index].alignment == .left ? cell + space : space + cell
      }.joined(separator: "  ")
      while padded.last == " " { padded.removeLast() }
      return padded
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    let body = broken.flatMap { cells in
      (0..<(cells.map(\.count).max() ?? 1)).map { number in line(cells.map { number < $0.count ? $0[number] : "" }) }
    }
    return ([line(columns.map(\.title)), rule] + body + (notes.isEmpty ? [] : [""] + notes)).joined(separator: "\n")
  }

  private func lines(_ cell: String) -> [String] {
    var lines = [""]
    for word in Escaping.visible(cell.excerpt(2000)).split(separator: " ", omittingEmptySubsequences: false) {
      let current = lines[lines.count - 1]
      if current.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if current.count + 1 + word.count <= widestCell {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

extension TextTable {
  init(_ table: RecordTable) {
    self.init(
      columns: table.columns.map { ($0.title, $0.isNumber ? .right : .left) }, rows: table.rows, notes: table.notes)
  }
}
