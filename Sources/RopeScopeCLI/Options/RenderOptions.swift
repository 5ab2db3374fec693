import ArgumentParser
import RopeReport

/// How a record is turned into files.
struct RenderOptions: ParsableArguments {
  @Option(help: "Folder with templates that replace the built-in ones.", completion: .directory)
  var templates: String?

  @Option(help: "Paper of the PDF report: a4 or letter.")
  var paper: Paper = .a4

  @Option(help: "Style of the figure files: neurips, icml, acl, ieee, ….")
  var style: String = "report"

  @Flag(help: "Refuse to draw where a font is missing.")
  var strictFonts = false

  enum Paper: String, ExpressibleByArgument, CaseIterable { case a4, letter }
}
