import ArgumentParser
import Foundation
import RopeAnalysis
import RopeCairo
import RopeChart
import RopeFigures
import RopeMath
import RopeReport
import RopeText

/// `ropescope evaluate study`: published claims beside measurements, as a page.
struct EvaluateStudy: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "study",
    abstract: "Put the claims of a published controlled study to measurements, as a page with figures.",
    discussion: """
      Writes PAGE.md, PAGE.html and the figures with their data into a folder called PAGE. Verdicts follow from the numbers.

      EXAMPLES:
        ropescope evaluate study smollm2-135m --measured perplexity.json --measured passkey.json -o Output/study
      """)

  @OptionGroup var model: ModelOptions

  @Option(
    parsing: .singleValue, help: "JSON of evaluate perplexity, passkey, longppl or a task, or CSV; may be repeated.",
    completion: .file()
  )
  var measured: [String]

  @Option(name: [.customShort("o"), .customLong("output")], help: "The page's name without an ending.")
  var page: String

  @Option(help: "Style of the figure files.", completion: .list(FigureStyles.all.map(\.id)))
  var style: String = "report"

  @OptionGroup var language: LanguageOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let language = try language.language()
    var outputs = writing.outputs(reading: model.inputs + measured.map { .file($0) })
    for ending in ["md", "html"] { try outputs.expect("\(page).\(ending)", isImplied: true) }
    var measurements = Measurements()
    for path in measured { measurements.add(try MeasuredFile.read(path: path)) }
    let resolved = try model.load(console)
    let record = try Run.measured(measurements, of: resolved, resources: TensorFile.methodResources)
    let prediction = try await Prediction.record(
      [Prediction.Subject(model: resolved, measurements: measurements)], resources: TensorFile.methodResources)
    var data = try record.figureData(of: resolved, series: prediction.series, in: language)
    if let name = measurements.sources.compactMap(\.model).first { data.modelName = name }
    let folder = URL(fileURLWithPath: page).lastPathComponent
    let study = StudyDocument(record, data: data, folder: folder, prediction: prediction)
    guard !study.figures.isEmpty else {
      throw Failure(kind: "figure", "the files hold neither losses by position nor retrieval")
    }
    let style = try Drawing.style(named: style).told(in: language.code)
    let drawer = FigureFiles(style: style, fonts: try Drawing.fonts(style.families, strict: false, console, output))
    var files: [(path: String, bytes: [UInt8])] = []
    for figure in study.figures {
      let series = (measurements.series + prediction.series).filter { figure.kind.analyses.contains($0.name) }
      for kind in FigureFiles.Kind.allCases where kind != .tex {
        files.append(
          (
            "\(folder)/\(figure.figure.id).\(kind.rawValue)",
            try drawer.bytes(kind, of: figure, series: series, name: figure.figure.id)
          ))
      }
    }
    let document = study.document
    let html = try HTMLRenderer(metrics: PangoTextMetrics(PangoFonts(families: FontFamilies.sans)), language: language)
    files.append(("\(folder).md", Array(MarkdownRenderer(in: language).render(document).utf8)))
    files.append(("\(folder).html", Array(html.render(document).utf8)))
    try outputs.add(files, under: URL(fileURLWithPath: page).deletingLastPathComponent().path, isImplied: true)
    for note in try outputs.commit() { output.note("note: \(note)", console) }
    for line in study.lines { console.print(Escaping.visible(line)) }
    return .clean
  }
}
