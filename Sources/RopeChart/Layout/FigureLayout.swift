/// Turns a figure into drawing operations for a style, measuring all text.
public struct FigureLayout: Sendable {
  public let style: FigureStyle
  public let metrics: any TextMetrics

  public init(style: FigureStyle, metrics: any TextMetrics) {
    self.style = style
    self.metrics = metrics
  }

  public func displayList(for figure: Figure) -> DisplayList {
    DisplayList(width: style.width, height: style.width * figure.aspect)
  }
}
