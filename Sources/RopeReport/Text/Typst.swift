import RopeText

/// Tables for Typst.
public enum Typst {
  /// A figure with a table between three rules, which may go over pages; best values bold, words behind cells as notes in
  /// the caption.
  public static func table(_ table: Block.Table) -> String {
    let best = table.columns.indices.map { table.bestRows(ofColumn: $0) }
    let notes = table.notes
    func content(_ cells: [String]) -> String { cells.map { "[\($0)]" }.joined(separator: ", ") }
    let head = table.columns.map { Escaping.typst($0.unit.isEmpty ? $0.title : "\($0.title) (\($0.unit))") }
    let rows = table.rows.indices.map { row in
      content(
        table.columns.indices.map { column in
          guard let cell = table.cell(row, column) else { return "" }
          let text = Escaping.typst(cell.text.plainText)
          let mark = notes.firstIndex(of: cell.why).map { "#super[\(SourceLabel.text($0 + 1))]" } ?? ""
          return (best[column].contains(row) ? "*\(text)*" : text) + mark
        })
    }
    let words = notes.enumerated().map { " #super[\(SourceLabel.text($0.offset + 1))] \(Escaping.typst($0.element))." }
    return """
      #show figure.where(kind: table): set block(breakable: true)
      #figure(
        table(
          columns: \(table.columns.count),
          align: (\(table.columns.map { $0.alignment == .left ? "left" : "right" }.joined(separator: ", ")),),
          stroke: none,
          table.hline(),
          table.header(\(content(head))),
          table.hline(stroke: 0.5pt),
          \(rows.map { $0 + "," }.joined(separator: "\n    "))
          table.hline(),
        ),
        caption: [\(Escaping.typst(table.caption.plainText))\(words.joined())],
      ) <\(Escaping.identifier("tab-" + table.id))>

      """
  }
}
