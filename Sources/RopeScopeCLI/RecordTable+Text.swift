import RopeRecords
import RopeText

extension RecordTable {
  /// The table as people read it, its sentences below.
  func text(in layout: TextLayout) -> String {
    let table = TextTable(columns: columns.map { ($0.title, $0.isNumber ? .right : .left) }, rows: rows)
    let sentences = notes.flatMap { layout.prose($0) }
    return ([table.text(in: layout)] + (sentences.isEmpty ? [] : [""] + sentences)).joined(separator: "\n")
  }
}
