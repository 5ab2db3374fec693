/// What a figure kind is, in words, for lists and help.
public struct FigureCard: Sendable {
  /// kebab-case: `wavelength`.
  public let id: String
  public let title: String
  /// One sentence: what question it answers.
  public let summary: String
  /// Ids of the analyses that it draws.
  public let analyses: [String]

  public init(id: String, title: String, summary: String, analyses: [String]) {
    self.id = id
    self.title = title
    self.summary = summary
    self.analyses = analyses
  }
}
