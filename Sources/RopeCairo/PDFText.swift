import RopeText

/// Texts as a PDF's objects hold them.
enum PDFText {
  /// UTF-16 in hexadecimal digits, byte order mark first.
  static func string(_ text: String) -> String {
    let units = [0xFEFF] + Array(Escaping.pdfText(text).utf16)
    return "<" + units.map(digits).joined() + ">"
  }

  private static func digits(_ unit: UInt16) -> String {
    let text = String(unit, radix: 16, uppercase: true)
    return String(repeating: "0", count: 4 - text.count) + text
  }
}
