import ArgumentParser
import RopeChart
import RopeFigures

/// The figure that an evaluation draws beside its answer.
struct EvaluationFigureOptions: ParsableArguments {
  @Option(
    name: .customLong("figure"), help: "Also draw the result: a .pdf, .svg or .png.",
    completion: .file(extensions: ["pdf", "svg", "png"]))
  var file: String?

  @Option(help: "Style of the figure: neurips, icml, acl, ieee, ….", completion: .list(FigureStyles.all.map(\.id)))
  var style: String = "neurips"

  @OptionGroup var language: LanguageOptions

  /// - Throws: `Failure` for an unknown ending, style or language, before anything is computed.
  func drawing(_ kind: any FigureKind.Type) throws -> MeasuredDrawing? {
    let language = try language.language()
    return try file.map { try MeasuredDrawing(kind, file: $0, style: style, in: language) }
  }
}
