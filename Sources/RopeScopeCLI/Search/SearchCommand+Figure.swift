import RopeFigures
import RopeFiles
import RopeMath
import RopeRecords
import RopeReport

extension SearchCommand {
  /// The found factors by pair beside those of the compared methods.
  func draw(
    _ record: SearchRecord, _ plan: SearchPlan, _ file: String, _ format: FigureFiles.Kind, _ outputs: inout Outputs,
    _ console: Console
  ) async throws {
    guard let found = plan.chosen(record) else { return }
    let kind = InterpolationRatioFigure.self, style = try Drawing.style(named: result.style, width: nil)
    let request = RunRequest(
      model: plan.files.resolved, methods: [found] + plan.baselines, targetLength: plan.frame.target,
      analyses: kind.card.analyses, resources: TensorFile.methodResources)
    let run = try await Run.record(request, command: [], console, output)
    guard let figure = kind.figure(try run.figureData()) else {
      throw Failure(kind: "figure", "“\(kind.card.id)” has nothing to show")
    }
    let fonts = try Drawing.fonts(style.families, strict: false, console, output)
    let bytes = try FigureFiles(style: style, fonts: fonts)
      .bytes(format, of: ReportFigure(kind: kind.card, figure: figure), record: run, name: kind.card.id)
    try outputs.add(bytes, to: file)
    output.note("caption: \(figure.title). \(figure.caption)", console)
  }
}
