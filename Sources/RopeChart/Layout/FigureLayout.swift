import RopeText

/// Turns a figure into drawing operations for a style, measuring all text.
///
/// Margins come from the texts that stand in them; all panels get the same frame. Series are named at the ends of their
/// lines, or on them where ends lie too close, else in a key above the frames. The list is exactly `style.width` wide; its
/// height is the style's, or follows from the figure's aspect and what stands around the frames.
public struct FigureLayout: Sendable {
  public let style: FigureStyle
  public let metrics: any TextMetrics
  /// Whether series without room at their lines are named in the key; a page that lists them beside the figure does.
  public let keysSeries: Bool

  public init(style: FigureStyle, metrics: any TextMetrics, keysSeries: Bool = true) {
    self.style = style
    self.metrics = metrics
    self.keysSeries = keysSeries
  }

  public func displayList(for figure: Figure) -> DisplayList {
    var composer = FigureComposer(figure, style: style, metrics: metrics, keysSeries: keysSeries)
    let list = composer.compose()
    return figure.language == "zh" ? list.withTightPercentSigns : list
  }
}

extension DisplayList {
  /// Percent signs close to their numbers, as Chinese sets them.
  fileprivate var withTightPercentSigns: DisplayList {
    var list = self
    list.operations = operations.map { operation in
      guard case .text(var text) = operation else { return operation }
      text.string = text.string.withTightPercentSigns
      return .text(text)
    }
    return list
  }
}
