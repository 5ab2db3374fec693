/// Turns a figure into drawing operations for a style, measuring all text.
///
/// Margins come from the texts that stand in them; all panels get the same frame. Series are named at the ends of their
/// lines, or on them where ends lie too close, else in a key above the frames. The list is exactly `style.width` wide; its
/// height is the style's, or follows from the figure's aspect and what stands around the frames.
public struct FigureLayout: Sendable {
  public let style: FigureStyle
  public let metrics: any TextMetrics

  public init(style: FigureStyle, metrics: any TextMetrics) {
    self.style = style
    self.metrics = metrics
  }

  public func displayList(for figure: Figure) -> DisplayList {
    var composer = FigureComposer(figure, style: style, metrics: metrics)
    return composer.compose()
  }
}
