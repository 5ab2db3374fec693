import Foundation
import RopeAnalysis
import RopeCairo
import RopeChart
import RopeConfig
import RopeFigures
import RopeFiles
import RopeRecords
import RopeReport
import RopeText

/// A measured figure drawn into a file by the evaluation that measured it.
struct MeasuredDrawing {
  let kind: any FigureKind.Type
  let file: String
  let format: FigureFiles.Kind
  let style: FigureStyle
  let language: Language

  /// - Throws: `Failure` for an unknown ending or style, before anything is computed.
  init(_ kind: any FigureKind.Type, file: String, style: String, in language: Language) throws {
    self.kind = kind
    self.file = file
    self.language = language
    format = try Drawing.format(of: file, option: "--figure")
    self.style = try Drawing.style(named: style).told(in: language.code)
  }

  /// Adds the figure to what the command writes.
  func draw(
    _ record: some EvaluationRecord, of model: Reading, _ outputs: inout Outputs, _ console: Console,
    _ output: OutputOptions
  ) throws {
    let measurements = record.measurements(named: "this evaluation", identity: "this evaluation")
    try draw(
      MeasuredRecord(measurements).figureData(of: model, in: language), series: measurements.series, &outputs, console,
      output)
  }

  /// - Parameter series: the figure's data.
  func draw(
    _ data: FigureData, series: [AnalysisSeries], _ outputs: inout Outputs, _ console: Console, _ output: OutputOptions
  ) throws {
    guard let figure = kind.figure(data) else {
      throw Failure(kind: "figure", "“\(kind.card.id)” has nothing to show: \(kind.absence(data))")
    }
    let fonts = PangoFonts(families: style.families)
    let entry = ReportFigure(kind: kind.card, figure: figure)
    let bytes = try FigureFiles(style: style, fonts: fonts)
      .bytes(format, of: entry, series: series, name: kind.card.id)
    try Drawing.tell(fonts, strict: false, console, output)
    try outputs.add(bytes, to: file)
    output.note("caption: \(language("\(figure.title). \(figure.caption)"))", console)
  }
}
