extension Escaping {
  /// Without control characters, which C strings and the texts of a PDF do not bear.
  package static func pdfText(_ text: String) -> String { map(text) { isControl($0) ? "" : nil } }

  /// A value between the apostrophes of a cairo tag.
  package static func cairoAttribute(_ text: String) -> String {
    map(pdfText(text)) { $0 == "\\" || $0 == "'" ? "\\\($0)" : nil }
  }
}
