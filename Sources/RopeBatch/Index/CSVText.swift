/// Text as cells of a CSV file (RFC 4180).
public enum CSVText {
  /// Quoted where commas, quotes or line ends ask for it; a beginning that a spreadsheet would run is disarmed.
  public static func cell(_ text: String) -> String {
    let isNumber = Double(text) != nil
    let isFormula = !isNumber && text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
    let safe = isFormula ? "'" + text : text
    guard safe.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }
}
