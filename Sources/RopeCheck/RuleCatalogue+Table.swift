extension RuleCatalogue {
  /// The rules as a Markdown table, for the documentation.
  public static var markdownTable: String {
    let rows = cards.map { card in
      """
      | `\(card.id)` | \(card.severity.rawValue) | \(cell(card.what)) | \(cell(card.fix)) |
      """
    }
    return (["| Rule | Severity | What it finds | What to write |", "|---|---|---|---|"] + rows).joined(separator: "\n")
  }

  /// Our own Markdown, in which only a bar would end the cell.
  private static func cell(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
