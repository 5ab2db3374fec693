import RopeChart

/// A kind of figure: data in, chart value out. One file each.
public protocol FigureKind: Sendable {
  static var card: FigureCard { get }

  /// The chart, or nil where the data does not hold what it needs.
  static func figure(_ data: FigureData) -> Figure?
}
