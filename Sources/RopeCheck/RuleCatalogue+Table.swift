extension RuleCatalogue {
  /// The rules as a Markdown table, for the documentation.
  public static var markdownTable: String {
    let rows = cards.map { card in
      """
      | `\(card.id)` | \(card.severity.rawValue) | \(escaped(card.what)) | \(escaped(card.fix)) |
      """
    }
    return (["| Rule | Severity | What it finds | What to write |", "|---|---|---|---|"] + rows).joined(separator: "\n")
  }

  private static func escaped(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
