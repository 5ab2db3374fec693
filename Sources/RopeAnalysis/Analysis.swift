import RopeMath

/// A property of methods, as data: closed form and, where it can be had, simulation beside it.
public protocol Analysis: Sendable {
  static var card: AnalysisCard { get }

  /// The curves of every subject, in the subjects' order.
  static func run(_ context: AnalysisContext) -> [AnalysisSeries]
}
