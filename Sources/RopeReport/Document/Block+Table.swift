import RopeChart

extension Block {
  /// A table of text and numbers. The first column names the rows.
  public struct Table: Sendable, Hashable, Codable {
    public struct Column: Sendable, Hashable, Codable {
      public enum Alignment: String, Sendable, Codable {
        case left, right
        /// Decimal points under each other.
        case decimal
      }

      /// Which end of the column is the good one; the best value is marked.
      public enum Direction: String, Sendable, Codable { case lowest, highest }

      public var title: String
      /// Set small under the title: `tokens`.
      public var unit: String
      public var alignment: Alignment
      public var best: Direction?
      /// What the column means, for hover and for a footnote on paper.
      public var explanation: String
      /// The name of the glossary's term that tells more; nil for none.
      public var term: String?

      public init(
        _ title: String, unit: String = "", alignment: Alignment = .decimal, best: Direction? = nil,
        explanation: String = "", term: String? = nil
      ) {
        self.title = title
        self.unit = unit
        self.alignment = alignment
        self.best = best
        self.explanation = explanation
        self.term = term
      }
    }

    public struct Cell: Sendable, Hashable, Codable, ExpressibleByStringLiteral {
      public var text: Prose
      /// What it sorts by; nil for text, and for values that are missing, which sort last.
      public var value: Double?
      /// A few words why the value is bad or special, a footnote on paper.
      public var why: String

      public init(_ text: Prose, value: Double? = nil, why: String = "") {
        self.text = text
        self.value = value
        self.why = why
      }

      public init(stringLiteral text: String) { self.init(Prose(text)) }
    }

    public struct Row: Sendable, Hashable, Codable {
      public var cells: [Cell]
      /// Colour, dash and marker shown before the row's name.
      public var style: SeriesStyle?

      public init(_ cells: [Cell], style: SeriesStyle? = nil) {
        self.cells = cells
        self.style = style
      }
    }

    public var id: String
    public var caption: Prose
    public var columns: [Column]
    public var rows: [Row]
    /// Whether readers may sort it; a table whose order means something says no.
    public var sortable: Bool

    public init(id: String, caption: Prose, columns: [Column], rows: [Row], sortable: Bool = true) {
      self.id = id
      self.caption = caption
      self.columns = columns
      self.rows = rows
      self.sortable = sortable
    }

    /// Rows that hold a column's best value: none where the column has no good end, where fewer than two rows have a
    /// value, or where more than half would be marked. Infinity is a value, and values that print alike share the mark.
    public func bestRows(ofColumn column: Int) -> Set<Int> {
      guard columns.indices.contains(column), let direction = columns[column].best else { return [] }
      let values = rows.indices.compactMap { row -> (row: Int, value: Double)? in
        guard let value = cell(row, column)?.value, !value.isNaN else { return nil }
        return (row, value)
      }
      let order = values.map(\.value)
      guard values.count > 1, let low = order.min(), let high = order.max(), low < high else { return [] }
      let best = direction == .lowest ? low : high
      guard let winner = values.first(where: { $0.value == best }) else { return [] }
      let text = cell(winner.row, column)?.text.plainText
      let winners = values.filter { $0.value == best || cell($0.row, column)?.text.plainText == text }
      return winners.count * 2 <= values.count ? Set(winners.map(\.row)) : []
    }

    /// What columns mean, each meaning once with the columns that share it.
    var explanations: [(columns: [Column], text: String)] {
      columns.filter { !$0.explanation.isEmpty }.reduce(into: []) { told, column in
        if let place = told.firstIndex(where: { $0.text == column.explanation }) {
          told[place].columns.append(column)
        } else {
          told.append(([column], column.explanation))
        }
      }
    }

    /// The words behind cells, each once, in reading order.
    public var notes: [String] {
      var notes: [String] = []
      for cell in rows.flatMap(\.cells) where !cell.why.isEmpty && !notes.contains(cell.why) { notes.append(cell.why) }
      return notes
    }

    /// The cell, or nil where the row is shorter than the columns.
    public func cell(_ row: Int, _ column: Int) -> Cell? {
      guard rows.indices.contains(row), rows[row].cells.indices.contains(column) else { return nil }
      return rows[row].cells[column]
    }
  }
}
