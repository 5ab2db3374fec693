import RopeMath

/// A generated task: a text of any length with facts in it, a question, and an answer that stands nowhere else.
///
/// A task is one file with its card and its draft; sizes, seeds, scores, records, the command line and batches come from
/// `TaskEvaluation`.
public protocol SyntheticTask: Sendable {
  static var id: String { get }
  static var title: String { get }
  /// One sentence without a full stop.
  static var summary: String { get }
  static var details: String { get }
  static var references: [Reference] { get }
  /// Whether what is asked for stands at one place, whose depth is chosen.
  static var hasDepth: Bool { get }
  /// What makes the text longer.
  static var growth: TaskGrowth { get }

  /// The item of a size. The same generator gives the same facts and question whatever the size.
  ///
  /// - Parameter depth: 0 … 1; tasks without a depth leave it aside.
  static func draft(_ size: TaskSize, depth: Double, using generator: inout SeededGenerator) -> TaskDraft
}
