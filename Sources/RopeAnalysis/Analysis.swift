import RopeMath

/// A property of methods, as data: closed form and, where it can be had, simulation beside it.
public protocol Analysis: Sendable {
  static var card: AnalysisCard { get }

  /// Whether it takes far longer than most: such analyses are begun first, so that none is left over at the end.
  static var isLong: Bool { get }

  /// The curves of every subject, in the subjects' order.
  static func run(_ context: AnalysisContext) -> [AnalysisSeries]
}

extension Analysis {
  public static var isLong: Bool { false }
}
