/// What a figure kind is, in words, for lists and help.
public struct FigureCard: Sendable {
  /// kebab-case: `wavelength`.
  public let id: String
  public let title: String
  /// One sentence: what question it answers.
  public let summary: String
  /// Ids of the analyses that it draws.
  public let analyses: [String]
  /// The section of a report that it stands in.
  public let topic: FigureTopic

  public init(id: String, title: String, summary: String, analyses: [String], topic: FigureTopic) {
    self.id = id
    self.title = title
    self.summary = summary
    self.analyses = analyses
    self.topic = topic
  }

  /// Whether it shows what a longer context does: at the trained length all methods are the same.
  public var needsTarget: Bool {
    switch topic {
    case .comparison, .angles, .frequencies, .positions, .generating: true
    case .attention, .measured, .runtimes, .cost: false
    }
  }
}
