import RopeRecords
import RopeText

extension RecordTable {
  /// The table as people read it, its sentences below.
  func text(in layout: TextLayout, _ language: Language = .english) -> String {
    let table = TextTable(
      columns: columns.map { (language($0.title), $0.isNumber ? .right : .left) },
      rows: rows.map { $0.map { language($0) } })
    let sentences = notes.flatMap { layout.prose(language($0)) }
    return ([table.text(in: layout)] + (sentences.isEmpty ? [] : [""] + sentences)).joined(separator: "\n")
  }
}
