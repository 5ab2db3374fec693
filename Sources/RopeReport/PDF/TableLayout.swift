import RopeChart

/// Sizes of a table: the type size at which it fits, the width of each column, and which columns stand together.
///
/// A table that is too wide is set smaller, down to 7 pt, its texts wrapped; where that is not enough its columns are
/// split over several parts, each with the first column.
struct TableLayout {
  struct Column {
    /// Index into the table's columns.
    let index: Int
    var width = 0.0
    /// Widest part left of the decimal point, and right of it, among numbers.
    var left = 0.0
    var right = 0.0
  }

  let table: Block.Table
  let setter: TextSetter
  let size: Double
  let gap: Double
  let parts: [[Column]]
  /// Words behind cells, each once, in reading order.
  let notes: [String]
  let best: [Set<Int>]

  static let swatchWidth = 22.0

  init(_ table: Block.Table, setter: TextSetter, width: Double) {
    self.table = table
    self.setter = setter
    best = table.columns.indices.map { table.bestRows(ofColumn: $0) }
    notes = table.notes
    let sizes = [9, 8.5, 8, 7.5, 7]
    var chosen: (size: Double, parts: [[Column]])?
    for size in sizes {
      let own = Measure(table: table, setter: setter, size: size, notes: notes, best: best)
      if let columns = own.fitted(Array(table.columns.indices), width: width, gap: Self.gap(size)) {
        chosen = (size, [columns])
        break
      }
    }
    if let chosen {
      size = chosen.size
      parts = chosen.parts
    } else {
      size = 7.5
      let own = Measure(table: table, setter: setter, size: 7.5, notes: notes, best: best)
      parts = own.split(width: width, gap: Self.gap(7.5))
    }
    gap = Self.gap(size)
  }

  private static func gap(_ size: Double) -> Double { size * 1.15 }

  /// A cell's prose with its note's mark and, where it is the column's best, in bold.
  static func prose(
    _ cell: Block.Table.Cell, isBest: Bool, notes: [String]
  ) -> (text: Prose, mark: String) {
    var text = cell.text
    if isBest { text = Prose(runs: text.runs.map { if case .text(let own) = $0 { .strong(own) } else { $0 } }) }
    let mark = notes.firstIndex(of: cell.why).map { SourceLabel.noteMark($0 + 1) } ?? ""
    return (text, mark)
  }

  /// Widths of a table at one type size.
  private struct Measure {
    let table: Block.Table
    let setter: TextSetter
    let size: Double
    let notes: [String]
    let best: [Set<Int>]

    private var look: TextLook { TextLook(size: size) }

    /// Least and preferred width of a column with the parts around its decimal point.
    private func natural(_ index: Int) -> (least: Double, preferred: Double, column: Column) {
      var column = Column(index: index)
      let definition = table.columns[index]
      var bold = look
      bold.role = .bold
      let head = max(
        setter.leastWidth(Prose(definition.title), look: bold),
        setter.leastWidth(Prose(definition.unit), look: TextLook(size: size * 0.9)))
      var least = head
      var preferred = head
      for row in table.rows.indices {
        guard let cell = table.cell(row, index) else { continue }
        let (text, mark) = TableLayout.prose(cell, isBest: best[index].contains(row), notes: notes)
        let markWidth = mark.isEmpty ? 0 : setter.ruler.width(mark, .text, size * 0.8)
        let full = setter.width(text, look: look) + markWidth
        switch definition.alignment {
        case .decimal where cell.value != nil:
          let sides = setter.decimalSides(text, look: look)
          column.left = max(column.left, sides.left)
          column.right = max(column.right, sides.right + markWidth)
        case .decimal, .right:
          least = max(least, min(full, 90))
          preferred = max(preferred, min(full, 90))
        case .left:
          let swatch = index == 0 && table.rows[row].style != nil ? TableLayout.swatchWidth : 0
          // Names of rows stay on one line where they are of a usual length.
          let unbroken = index == 0 && full < 110 ? full : setter.leastWidth(text, look: look) + markWidth
          least = max(least, min(unbroken + swatch, 140))
          preferred = max(preferred, min(full + swatch, 230))
        }
      }
      let numbers = column.left + column.right
      return (max(least, numbers), max(preferred, numbers, least), column)
    }

    /// Columns side by side within `width`, or nil where even their least widths are too much.
    func fitted(_ indices: [Int], width: Double, gap: Double) -> [Column]? {
      let sizes = indices.map { natural($0) }
      let space = width - gap * Double(max(indices.count - 1, 0))
      let least = sizes.reduce(0) { $0 + $1.least }
      let preferred = sizes.reduce(0) { $0 + $1.preferred }
      guard least <= space + 0.01 else { return nil }
      let share = preferred > least ? min((space - least) / (preferred - least), 1) : 0
      return sizes.map { size in
        var column = size.column
        column.width = size.least + (size.preferred - size.least) * share
        return column
      }
    }

    func split(width: Double, gap: Double) -> [[Column]] {
      var parts: [[Column]] = []
      var current = [0]
      for index in table.columns.indices.dropFirst() {
        if fitted(current + [index], width: width, gap: gap) == nil, current.count > 1 {
          if let columns = fitted(current, width: width, gap: gap) { parts.append(columns) }
          current = [0, index]
        } else {
          current.append(index)
        }
      }
      if let columns = fitted(current, width: width, gap: gap) {
        parts.append(columns)
      } else {
        // Two columns that do not fit side by side share the width.
        let share = (width - gap * Double(current.count - 1)) / Double(current.count)
        parts.append(current.map { Column(index: $0, width: share) })
      }
      return parts
    }
  }
}

extension TextSetter {
  /// Widths of the text before its decimal point and from it on; a text without a point is all before it.
  func decimalSides(_ prose: Prose, look: TextLook) -> (left: Double, right: Double) {
    let total = width(prose, look: look)
    var before: [(text: String, look: TextLook)] = []
    for (text, own) in looks(prose, look: look) {
      if own.rise == 0, let point = text.firstIndex(of: ".") {
        before.append((String(text[..<point]), own))
        let left = before.reduce(0) { $0 + ruler.width($1.text, $1.look.role, $1.look.size) }
        return (left, max(total - left, 0))
      }
      // Raised marks and units hang to the right of the last digit.
      if own.rise != 0 {
        let left = before.reduce(0) { $0 + ruler.width($1.text, $1.look.role, $1.look.size) }
        return (left, max(total - left, 0))
      }
      before.append((text, own))
    }
    return (total, 0)
  }
}
