import Foundation
import RopeChart
import RopeText

extension HTMLBlocks {
  func table(_ table: Block.Table) -> String {
    let notes = table.notes
    let best = table.columns.indices.map { table.bestRows(ofColumn: $0) }
    let padding = table.columns.indices.map { fractionWidths(table, column: $0) }
    let rows = table.rows.indices.map { row -> [String: Any] in
      let cells = table.columns.indices.map { column -> String in
        let cell = table.cell(row, column) ?? ""
        return self.cell(
          cell, table: table, row: row, column: column, isBest: best[column].contains(row),
          padding: padding[column][row], notes: notes)
      }
      return ["cells": cells.joined()]
    }
    let slug = Escaping.identifier(table.id)
    let noteItems = notes.enumerated().map { place, note in
      "<li id=\"\(slug)-note-\(place + 1)\"><span class=\"mark\">\(SourceLabel.noteMark(place + 1))</span> \(Escaping.html(note))</li>"
    }
    let explanations = table.explanations.map { columns, text in
      let titles = columns.map { column in
        column.term.map { html([.link(column.title, id: GlossaryLinks.id($0))]) } ?? Escaping.html(column.title)
      }
      return "<dt>\(language.names(titles))</dt><dd>\(Escaping.html(text))</dd>"
    }
    return renderer.fill(
      "table",
      [
        "id": slug, "label": Escaping.html(index[table.id]?.label ?? language("Table")),
        "caption": html(table.caption), "sortable": table.sortable, "head": table.columns.map(head).joined(),
        "rows": rows, "notes": noteItems.joined(), "explanations": explanations.joined(),
      ])
  }

  private func head(_ column: Block.Table.Column) -> String {
    let unit = column.unit.isEmpty ? "" : "<span class=\"unit\">\(Escaping.html(column.unit))</span>"
    let title = column.explanation.isEmpty ? "" : " title=\"\(Escaping.html(column.explanation))\""
    let direction =
      switch column.best {
      case .highest: "<span class=\"quiet\">\(language(", higher is better"))</span>"
      case .lowest: "<span class=\"quiet\">\(language(", lower is better"))</span>"
      case nil: ""
      }
    let side = column.alignment == .left ? "" : " class=\"r\""
    return
      "<th scope=\"col\"\(side)\(title)><span class=\"h\">\(Escaping.html(column.title))</span>\(direction)\(unit)</th>"
  }

  private func cell(
    _ cell: Block.Table.Cell, table: Block.Table, row: Int, column: Int, isBest: Bool, padding: String,
    notes: [String]
  ) -> String {
    var content = html(cell.text)
    if isBest { content = "<b>\(content)</b><span class=\"quiet\">\(language(" (best)"))</span>" }
    if let note = notes.firstIndex(of: cell.why) {
      let mark = SourceLabel.noteMark(note + 1)
      content +=
        "<a class=\"why\" href=\"#\(Escaping.identifier(table.id))-note-\(note + 1)\" title=\"\(Escaping.html(cell.why))\">\(mark)</a>"
    }
    content += padding
    if column == 0 {
      let key = table.rows[row].style.map { style in
        "<svg class=\"key-line\" aria-hidden=\"true\"><use href=\"#key-\(Escaping.identifier(style.key))\"/></svg>"
      }
      return "<th scope=\"row\">\(key ?? "")\(content)</th>"
    }
    let value = cell.value.flatMap { $0.isFinite ? " data-v=\"\(Self.scriptNumber($0))\"" : nil } ?? ""
    var classes: [String] = []
    if table.columns[column].alignment != .left { classes.append("r") }
    // A sentence in a narrow window scrolls sideways rather than becoming a column of single words.
    if cell.text.plainText.count > 40 { classes.append("long") }
    if isBest { classes.append("best") }
    let list = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
    return "<td\(list)\(value)>\(content)</td>"
  }

  /// What each cell of a decimal column lacks to the right of its number, as hidden text, so that the points align.
  private func fractionWidths(_ table: Block.Table, column: Int) -> [String] {
    let rows = table.rows.indices
    guard table.columns[column].alignment == .decimal else { return rows.map { _ in "" } }
    let fractions = rows.map { row -> String? in
      guard let cell = table.cell(row, column), cell.value != nil else { return nil }
      let text = cell.text.plainText
      return text.firstIndex(of: ".").map { String(text[$0...]) } ?? ""
    }
    guard let longest = fractions.compactMap({ $0 }).max(by: { $0.count < $1.count }) else {
      return rows.map { _ in "" }
    }
    return fractions.map { fraction in
      guard let fraction, fraction.count < longest.count else { return "" }
      let missing = longest.dropFirst(fraction.count)
      return "<i class=\"pad\" aria-hidden=\"true\">\(Escaping.html(String(missing)))</i>"
    }
  }

  /// A finite number for the page's script: whole, or to eight significant digits.
  static func scriptNumber(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    return String(format: "%.8g", value)
  }
}
