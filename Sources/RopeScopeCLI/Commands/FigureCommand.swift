import ArgumentParser
import Foundation
import RopeCairo
import RopeChart
import RopeFigures
import RopeMath
import RopeReport

/// `ropescope figure`: one figure for a paper.
struct FigureCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "figure", abstract: "Draw one figure for a paper, at the width of its column, with its data.",
    discussion: """
      EXAMPLES:
        ropescope figure wavelength qwen2.5-7b --target 128k --style icml -o wavelength.pdf
        ropescope figure attention-entropy llama-3-8b --methods none,yarn,ntk --target 64k -o entropy.svg
        ropescope figure summary qwen2.5-7b --target 128k --width 3.25in --latex -o summary.pdf
        ropescope figure loss-by-position smollm2-135m --measured perplexity.json -o loss.pdf
      """)

  @Argument(
    help: "Kind of figure (ropescope figures lists them).", completion: .list(FigureCatalogue.all.map { $0.card.id }))
  var kind: String

  @OptionGroup var model: ModelOptions
  @OptionGroup var options: RunOptions

  @Option(
    help: "neurips, icml, acl, ieee, …: widths and type sizes of a venue.",
    completion: .list(FigureStyles.all.map(\.id)))
  var style: String = "neurips"

  @Option(help: "Width, as 3.25in, 8.2cm or 234pt; the style's where left out.")
  var width: String?

  @Flag(help: "Also write a LaTeX snippet, F.tex.")
  var latex = false

  @Flag(help: "Refuse to draw where a font is missing.")
  var strictFonts = false

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "File to write: .pdf, .svg or .png; - streams a PDF to standard output.")
  var file: String

  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    guard let type = FigureCatalogue.kind(named: kind) else {
      let known = FigureCatalogue.all.map { $0.card.id }
      throw Failure.usage(
        "no figure is called “\(kind)”\(Nearest.hint(kind, in: known)) (ropescope figures lists them)")
    }
    let isStream = file == "-"
    let ending = isStream ? "pdf" : file.split(separator: ".").last.map(String.init) ?? ""
    guard let format = FigureFiles.Kind(rawValue: ending), [.pdf, .svg, .png].contains(format) else {
      throw Failure.usage("--output \(file): the name must end in .pdf, .svg or .png")
    }
    let stem = isStream ? "" : String(file.dropLast(ending.count + 1))
    let kinds: [FigureFiles.Kind] = [format, .csv, .json] + (latex ? [.tex] : [])
    var outputs = writing.outputs(reading: model.inputs + options.inputs)
    if !isStream { for kind in kinds { try outputs.expect("\(stem).\(kind.rawValue)", isImplied: kind != format) } }
    let style = try Drawing.style(named: style, width: width)
    let fonts = try Drawing.fonts(style.families, strict: strictFonts, console, output)
    let request = try options.request(for: try model.load(console), analyses: type.card.analyses)
    let record = try await Run.record(request, command: [], console, output)
    guard let figure = type.figure(try record.figureData()) else {
      throw Failure(kind: "figure", "“\(type.card.id)” has nothing to show for these methods and lengths")
    }
    let entry = ReportFigure(kind: type.card, figure: figure)
    let files = FigureFiles(style: style, fonts: fonts)
    let name = URL(fileURLWithPath: stem).lastPathComponent
    if isStream {
      console.write(.output, try files.bytes(format, of: entry, record: record, name: type.card.id))
      return .clean
    }
    for kind in kinds {
      let bytes = try files.bytes(kind, of: entry, record: record, name: name)
      try outputs.add(bytes, to: "\(stem).\(kind.rawValue)", isImplied: kind != format)
    }
    try outputs.commit()
    output.note("wrote \(kinds.map { "\(stem).\($0.rawValue)" }.joined(separator: ", "))", console)
    output.note("caption: \(figure.title). \(figure.caption)", console)
    return .clean
  }
}
