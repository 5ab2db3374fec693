import RopeText

extension RuleCatalogue {
  /// The rules as a Markdown table, for the documentation.
  public static var markdownTable: String { markdownTable(in: .english) }

  public static func markdownTable(in language: Language) -> String {
    let rows = cards.map { card in
      """
      | `\(card.id)` | \(language(fixed: card.severity.rawValue)) | \(cell(language(fixed: card.what))) | \
      \(cell(language(fixed: card.fix))) |
      """
    }
    let heads = ["Rule", "Severity", "What it finds", "What to write"].map { language(fixed: $0) }
    return (["| \(heads.joined(separator: " | ")) |", "|---|---|---|---|"] + rows).joined(separator: "\n")
  }

  /// Our own Markdown, in which only a bar would end the cell.
  private static func cell(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
