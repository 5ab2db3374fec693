import ArgumentParser
import Foundation
import RopeChart
import RopeReport

/// How a record is turned into files.
struct RenderOptions: ParsableArguments {
  @Option(help: "Folder with templates that replace the built-in ones.", completion: .directory)
  var templates: String?

  @Option(help: "Paper of the PDF report: a4 or letter.")
  var paper: Paper = .a4

  @Option(
    help: "Style of the figure files: report, neurips, icml, acl, ieee, ….",
    completion: .list(FigureStyles.all.map(\.id)))
  var style: String = "report"

  @Flag(help: "Refuse to draw where a font is missing.")
  var strictFonts = false

  @Flag(help: "One page with the answer: what to do, findings, settings, the best known methods; no figure files.")
  var brief = false

  @OptionGroup var language: LanguageOptions

  enum Paper: String, ExpressibleByArgument, CaseIterable { case a4, letter }

  var inputs: [CommandInput] {
    templates.map { [.folder($0), .folder($0 + "/html"), .folder($0 + "/latex")] } ?? []
  }

  /// All files of a report but its record.
  func files(
    for record: RunRecord, _ console: Console, _ output: OutputOptions
  ) async throws -> [(path: String, bytes: [UInt8])] {
    var options = try Drawing.reportOptions(
      style: style, templates: templates, page: paper == .a4 ? .a4 : .letter)
    options.isBrief = brief
    options.language = try language.language()
    let made = try await ReportFiles(record, options: options).make()
    if strictFonts, !made.warnings.isEmpty { throw Failure(kind: "fonts", made.warnings.joined(separator: " ")) }
    for warning in made.warnings { output.note("note: \(warning)", console) }
    return made.files
  }
}
