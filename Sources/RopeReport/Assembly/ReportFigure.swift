import RopeChart
import RopeFigures

/// A figure of a report with its kind.
public struct ReportFigure: Sendable {
  public let kind: FigureCard
  public let figure: Figure

  public init(kind: FigureCard, figure: Figure) {
    self.kind = kind
    self.figure = figure
  }
}
