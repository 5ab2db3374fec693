import RopeText

extension Block.Table {
  /// What options call a column: its title in small letters, hyphens for what is no letter or digit.
  public static func key(ofColumn title: String) -> String {
    title.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
  }

  /// The columns of these keys, in their order, behind the first, which names the rows; nil where a key is unknown.
  public func selecting(_ keys: [String]) -> Block.Table? {
    var places = [0]
    for key in keys {
      guard let place = columns.firstIndex(where: { Self.key(ofColumn: $0.title) == key }) else { return nil }
      if !places.contains(place) { places.append(place) }
    }
    var table = self
    table.columns = places.map { columns[$0] }
    table.rows = rows.indices.map { row in
      Row(places.map { cell(row, $0) ?? "" }, style: rows[row].style)
    }
    return table
  }

  /// A table of the terminal; `-` alone, and empty cells, are no values.
  package init(id: String, caption: Prose, _ table: TextTable) {
    self.init(
      id: id, caption: caption,
      columns: table.columns.map { Column($0.title, alignment: $0.alignment == .left ? .left : .right) },
      rows: table.rows.map { Row($0.map { Cell(Prose($0)) }) })
  }

  /// The same for the terminal.
  package var textTable: TextTable {
    TextTable(
      columns: columns.map {
        ($0.unit.isEmpty ? $0.title : "\($0.title) (\($0.unit))", $0.alignment == .left ? .left : .right)
      },
      rows: rows.indices.map { row in columns.indices.map { cell(row, $0)?.text.plainText ?? "" } })
  }
}
