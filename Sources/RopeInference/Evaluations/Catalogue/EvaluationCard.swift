import RopeMath

/// What an evaluation is called, what it measures and what it can be asked.
public struct EvaluationCard: Sendable, Hashable {
  /// Its name in commands and plans: `needle`.
  public let id: String
  public let title: String
  /// One sentence without a full stop.
  public let summary: String
  /// How it is made and scored, for `--help`: whole sentences.
  public let details: String
  /// What a plan may say of it, by the plan's keys.
  public let options: [EvaluationOption]
  public let references: [Reference]

  public init(
    id: String, title: String, summary: String, details: String, options: [EvaluationOption], references: [Reference]
  ) {
    self.id = id
    self.title = title
    self.summary = summary
    self.details = details
    self.options = options
    self.references = references
  }

  /// Whether what is asked for stands at one place, whose depth can be chosen.
  public var hasDepths: Bool { options.contains(.depths) }
}
