import ArgumentParser
import RopeCairo
import RopeChart
import RopeInference
import RopeReport

/// `ropescope doctor`: what the tool found on this machine.
struct DoctorCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Tell which fonts and libraries were found, and how matrix products are computed here.",
    discussion: """
      EXAMPLES:
        ropescope doctor
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: "text or json.")
  var format: Format = .text

  @OptionGroup var output: OutputOptions

  private struct Document: Encodable {
    let schema = "ropescope.doctor/1"
    let version = RopeScope.version
    let libraries: [String: String]
    let fonts: [String: String]
    let missing: [String]
  }

  func run(in console: Console) async throws -> ExitStatus {
    var fonts: [String: String] = [:]
    var missing: Set<String> = []
    for style in FigureStyles.all {
      let report = PangoFonts(families: style.families).report
      for face in report.faces { fonts[face.asked.first ?? face.role.rawValue] = face.used }
      missing.formUnion(report.warnings)
    }
    let document = Document(
      libraries: DrawingLibraries.versions.merging([
        "matrix products": ProductPath.float32.rawValue, "matrix products in bfloat16": ProductPath.bfloat16Summary,
      ]) { own, _ in own },
      fonts: fonts, missing: missing.sorted())
    switch format {
    case .json: console.print(try JSONText.encode(document))
    case .text:
      var lines = ["ropescope \(RopeScope.version)"]
      lines += document.libraries.sorted { $0.key < $1.key }.map { "  \($0.key) \($0.value)" }
      lines += ["fonts"] + document.fonts.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
      lines += document.missing.isEmpty ? ["nothing is missing"] : ["missing"] + document.missing.map { "  \($0)" }
      console.print(lines.joined(separator: "\n"))
    }
    return .clean
  }
}
