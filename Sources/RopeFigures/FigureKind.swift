import RopeChart
import RopeMath

/// A kind of figure: data in, chart value out. One file each.
public protocol FigureKind: Sendable {
  static var card: FigureCard { get }

  /// The chart, or nil where the data does not hold what it needs.
  static func chart(_ data: FigureData) -> Figure?

  /// Why there is no chart of this data and what to add, as a sentence without its full stop.
  static func absence(_ data: FigureData) -> String
}

extension FigureKind {
  /// The chart with curves that coincide drawn once, under all their names; nil where the data does not hold what it
  /// needs.
  public static func figure(_ data: FigureData) -> Figure? {
    guard var figure = chart(data)?.joiningEqualCurves(in: data.language) else { return nil }
    figure.language = data.language.code
    return figure
  }

  public static func absence(_ data: FigureData) -> String {
    switch card.topic {
    case .measured, .runtimes: "the run holds no numbers for it"
    case .generating:
      "none of the methods changes while the context grows; add one that does, such as dynamic, dynamic-yarn or longrope"
    case .positions: "none of the methods hides or moves keys; add one that does, such as lm-infinite or self-extend"
    default:
      data.targetLength <= data.trainedLength
        ? "the target is not longer than the trained \(data.trainedText); add --target, such as --target \(TokenCount.label(4 * data.trainedLength))"
        : "the methods leave nothing to compare; name others with --methods"
    }
  }
}
