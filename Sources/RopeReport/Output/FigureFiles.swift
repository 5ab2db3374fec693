import RopeAnalysis
import RopeCairo
import RopeChart
import RopeFigures

/// One figure as files: PDF, SVG and PNG at the style's exact width, and its data as CSV and JSON.
public struct FigureFiles: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case pdf, svg, png, csv, json, tex
  }

  /// `data/KIND.json`: the chart as a value and the curves that it was made from.
  private struct DataDocument: Encodable {
    let schema = "ropescope.figure/1"
    let figure: Figure
    let analyses: [AnalysisSeries]
  }

  public let style: FigureStyle
  public let metrics: PangoTextMetrics

  public init(style: FigureStyle, metrics: PangoTextMetrics) {
    self.style = style
    self.metrics = metrics
  }

  /// - Throws: `DrawingError` where Cairo or Pango fails.
  public func bytes(_ kind: Kind, of entry: ReportFigure, record: RunRecord, name: String) throws -> [UInt8] {
    switch kind {
    case .pdf:
      return try CairoCanvas.pdf(
        list(entry), families: metrics.families,
        metadata: DocumentMetadata(title: entry.figure.title, subject: entry.figure.caption))
    case .png: return try CairoCanvas.png(list(entry), families: metrics.families, scale: 2)
    case .svg:
      let text = SVGWriter().write(list(entry), title: entry.figure.title, description: entry.figure.alternativeText)
      return Array(text.utf8)
    case .csv: return Array((SeriesTable.csv(series(entry, record)) + "\n").utf8)
    case .json:
      return Array(try JSONText.encodeBytes(DataDocument(figure: entry.figure, analyses: series(entry, record)))) + [0x0A]
    case .tex: return Array(LatexFigure.text(entry.figure, file: name).utf8)
    }
  }

  private func list(_ entry: ReportFigure) -> DisplayList {
    FigureLayout(style: style, metrics: metrics).displayList(for: entry.figure)
  }

  /// The curves of the kind's analyses, for the methods that figures show and the model as trained.
  private func series(_ entry: ReportFigure, _ record: RunRecord) -> [AnalysisSeries] {
    let shown = Set(record.methods.filter(\.inFigures).map(\.label) + [AnalysisSeries.baseline])
    return record.analyses.filter { entry.kind.analyses.contains($0.name) && shown.contains($0.method) }
  }
}
