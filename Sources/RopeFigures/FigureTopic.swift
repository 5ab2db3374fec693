/// The question that a figure belongs to, in the order in which a reader asks them: the sections of a report.
public enum FigureTopic: String, Sendable, CaseIterable, Codable {
  /// How methods compare as a whole.
  case comparison
  /// Which angles each pair meets.
  case angles
  /// What each method does to the frequencies.
  case frequencies
  case attention
  /// Positions, masks and work.
  case positions
  /// What happens while generating.
  case generating
  /// What was measured on the model.
  case measured
  /// What runtimes compute from the same file.
  case runtimes
  /// Memory and precision.
  case cost
}
