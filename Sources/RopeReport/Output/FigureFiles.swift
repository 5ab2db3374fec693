import RopeAnalysis
import RopeCairo
import RopeChart
import RopeFigures

/// One figure as files: PDF, SVG and PNG at the style's exact width, and its data as CSV and JSON.
public struct FigureFiles: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case pdf, svg, png, csv, json, tex
  }

  /// `data/KIND.json`: what the figure says and the curves that it was made from.
  private struct DataDocument: Encodable {
    let schema = "ropescope.figure/1"
    let id: String
    let title: String
    let caption: String
    let alternativeText: String
    let analyses: [AnalysisSeries]

    init(_ figure: Figure, _ analyses: [AnalysisSeries]) {
      id = figure.id
      title = figure.title
      caption = figure.caption
      alternativeText = figure.alternativeText
      self.analyses = analyses
    }

    enum CodingKeys: String, CodingKey {
      case schema, id, title, caption, analyses
      case alternativeText = "alternative_text"
    }
  }

  public let style: FigureStyle
  private let fonts: PangoFonts

  public init(style: FigureStyle, fonts: PangoFonts) {
    self.style = style
    self.fonts = fonts
  }

  /// - Throws: `CairoError` where Cairo or Pango fails.
  public func bytes(_ kind: Kind, of entry: ReportFigure, record: RunRecord, name: String) throws -> [UInt8] {
    try bytes(kind, of: entry, list: list(entry), series: series(entry, record), name: name)
  }

  /// - Parameter series: the curves that the figure was made from.
  /// - Throws: `CairoError` where Cairo or Pango fails.
  public func bytes(
    _ kind: Kind, of entry: ReportFigure, series: @autoclosure () -> [AnalysisSeries], name: String
  ) throws -> [UInt8] {
    try bytes(kind, of: entry, list: list(entry), series: series(), name: name)
  }

  /// - Parameters:
  ///   - list: the figure's drawing; only kinds that draw ask for it.
  ///   - series: the curves that the figure was made from.
  /// - Throws: `CairoError` where Cairo or Pango fails.
  func bytes(
    _ kind: Kind, of entry: ReportFigure, list: @autoclosure () -> DisplayList,
    series: @autoclosure () -> [AnalysisSeries], name: String
  ) throws -> [UInt8] {
    switch kind {
    case .pdf:
      return try CairoRenderer(fonts: fonts).pdf(
        list(), metadata: PDFMetadata(title: entry.figure.title, subject: entry.figure.caption),
        language: entry.figure.language)
    case .png: return try CairoRenderer(fonts: fonts).png(list(), scale: style.dotsPerInch / 72)
    case .svg:
      let writer = SVGWriter(mode: .standalone, families: style.families)
      let text = writer.write(
        list(), title: entry.figure.title, description: entry.figure.alternativeText, id: entry.figure.id,
        language: entry.figure.language)
      return Array(text.utf8)
    case .csv: return Array((SeriesTable.csv(series()) + "\n").utf8)
    case .json:
      return try JSONText.encodeBytes(DataDocument(entry.figure, series())) + [0x0A]
    case .tex:
      let latex = try LaTeXFigure().source(
        for: entry.figure, file: name, width: style.width, spansColumns: style.spansColumns)
      return Array(latex.utf8)
    }
  }

  /// The figure laid out in the style.
  func list(_ entry: ReportFigure) -> DisplayList {
    FigureLayout(style: style, metrics: PangoTextMetrics(fonts)).displayList(for: entry.figure)
  }

  /// The curves of the kind's analyses, for the methods that figures show and the model as trained; measured ones for
  /// all.
  private func series(_ entry: ReportFigure, _ record: RunRecord) -> [AnalysisSeries] {
    let shown = Set(record.methods.filter(\.inFigures).map(\.label) + [AnalysisSeries.baseline])
    return record.analyses.filter { entry.kind.analyses.contains($0.name) && shown.contains($0.method) }
      + (record.measured.map { $0.measurements.series + $0.predictions(of: record.model.title) } ?? [])
      .filter { entry.kind.analyses.contains($0.name) }
  }
}
