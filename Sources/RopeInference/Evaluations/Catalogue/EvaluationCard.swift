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
}
