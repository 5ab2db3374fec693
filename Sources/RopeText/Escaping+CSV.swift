extension Escaping {
  /// A cell of CSV (RFC 4180): quoted where commas, quotes or blanks at its ends ask for it, on one line, what cannot be seen spelt. A
  /// beginning that a spreadsheet would run is disarmed by an apostrophe; numbers stay as they are.
  package static func csv(_ text: String) -> String {
    let line = visible(text)
    let cell = isFormula(line) ? "'" + line : line
    let needsQuotes =
      cell.unicodeScalars.contains { $0 == "," || $0 == "\"" } || cell.trimmed.utf8.count != cell.utf8.count
    guard needsQuotes else { return cell }
    return "\"" + map(cell) { $0 == "\"" ? "\"\"" : nil } + "\""
  }

  /// Spreadsheets look past blanks, and some take the wide forms of East Asian typing too.
  private static func isFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first(where: { !$0.properties.isWhitespace }) else { return false }
    return "=+-@＝＋－＠".unicodeScalars.contains(first) && Double(text) == nil
  }
}
