import ArgumentParser
import RopeCairo
import RopeChart
import RopeInference
import RopeReport
import RopeText

/// `ropescope doctor`: what the tool found on this machine.
struct DoctorCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Tell which fonts and libraries were found, and how matrix products are computed here.",
    discussion: """
      EXAMPLES:
        ropescope doctor
        ropescope doctor --lang zh
      """)

  @Option(help: "text or json.")
  var format: AnswerFormat = .text

  @OptionGroup var language: LanguageOptions
  @OptionGroup var output: OutputOptions

  private struct Document: Encodable {
    let schema = "ropescope.doctor/1"
    let version = RopeScope.version
    let libraries: [String: String]
    let fonts: [String: String]
    let missing: [String]
  }

  func run(in console: Console) async throws -> ExitStatus {
    let language = try language.language()
    var fonts: [String: String] = [:]
    var missing: Set<String> = []
    for style in FigureStyles.all {
      let drawn = PangoFonts(families: style.told(in: language.code).families)
      // Which characters no font has is known when a text has been measured.
      _ = drawn.width(of: language("nothing is missing"), role: .text, size: 1)
      let report = drawn.report
      for face in report.faces { fonts[face.asked.first ?? face.role.rawValue] = face.used }
      missing.formUnion(report.warnings(in: language))
    }
    let document = Document(
      libraries: DrawingLibraries.versions.merging([
        "matrix products": ProductPath.float32.rawValue, "matrix products in bfloat16": ProductPath.bfloat16Summary,
      ]) { own, _ in own },
      fonts: fonts, missing: missing.sorted())
    switch format {
    case .json: console.print(try JSONText.encode(document))
    case .text:
      func listed(_ rows: [String]) -> [String] { rows.flatMap { console.layout.line($0, indent: "  ") } }
      var lines = ["ropescope \(RopeScope.version)"]
      lines += listed(document.libraries.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
      lines += [language("fonts")] + listed(document.fonts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" })
      lines +=
        document.missing.isEmpty ? [language("nothing is missing")] : [language("missing")] + listed(document.missing)
      console.print(lines.joined(separator: "\n"))
    }
    return .clean
  }
}
