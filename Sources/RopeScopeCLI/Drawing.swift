import Foundation
import RopeCairo
import RopeChart
import RopeMath
import RopeReport

/// Styles and fonts as options name them.
enum Drawing {
  static func style(named id: String) throws -> FigureStyle {
    guard let style = FigureStyles.style(named: id) else {
      let known = FigureStyles.all.map(\.id)
      throw Failure.usage(
        "no style is called “\(id)”\(Nearest.hint(id, in: known)); there are \(known.joined(separator: ", "))")
    }
    return style
  }

  /// What a file that an option names is drawn as, by its ending.
  static func format(of file: String, option: String) throws -> FigureFiles.Kind {
    let ending = file.split(separator: ".").last.map(String.init) ?? ""
    guard let format = FigureFiles.Kind(rawValue: ending), [.pdf, .svg, .png].contains(format) else {
      throw Failure.usage("\(option) \(file): the name must end in .pdf, .svg or .png")
    }
    return format
  }

  /// How reports are rendered.
  static func reportOptions(
    style: String, templates: String? = nil, page: PageStyle = .a4
  ) throws -> ReportFiles.Options {
    ReportFiles.Options(
      templates: try templates.map { try TemplateSource(folder: URL(fileURLWithPath: $0)) } ?? .embedded, page: page,
      figureStyle: try self.style(named: style))
  }

  /// Fonts of a style; what is missing is told, and refused where `strict`.
  static func fonts(
    _ families: [String], strict: Bool, _ console: Console, _ output: OutputOptions
  ) throws -> PangoFonts {
    let fonts = PangoFonts(families: families)
    try tell(fonts, strict: strict, console, output)
    return fonts
  }

  /// What was not drawn as asked, so far.
  static func tell(_ fonts: PangoFonts, strict: Bool, _ console: Console, _ output: OutputOptions) throws {
    let warnings = fonts.report.warnings(in: console.language)
    if strict, !warnings.isEmpty { throw Failure(kind: "fonts", warnings.joined(separator: " ")) }
    for warning in warnings { output.note("note: \(warning)", console) }
  }
}
