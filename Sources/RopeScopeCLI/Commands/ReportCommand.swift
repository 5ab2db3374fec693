import ArgumentParser
import Foundation
import RopeConfig
import RopeMath
import RopeReport
import RopeText

/// `ropescope report`: the main job.
struct ReportCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the report: HTML, PDF, every figure, every number.",
    discussion: """
      EXAMPLES:
        ropescope report qwen2.5-7b --target 128k
        ropescope report qwen2.5-7b --target 128k --brief
        ropescope report qwen2.5-7b --target 128k --lang zh
        ropescope report config.json --target 64k --methods config,none,yarn:factor=8 -o Output/mine
        cat config.json | ropescope report - --target 128k
        ropescope report smollm2-135m --target 16k --measured perplexity.json --measured passkey.json
      """)

  @OptionGroup var model: ModelOptions
  @OptionGroup var options: RunOptions
  @OptionGroup var advice: AdviceOptions
  @OptionGroup var rendering: RenderOptions

  @Option(
    name: [.customShort("o"), .customLong("output")], help: "Folder to write to; Output/NAME-TARGET where left out.")
  var folder: String?

  @Option(help: "Also write what a paper cites for these methods, as BibTeX.", completion: .file(extensions: ["bib"]))
  var bibtex: String?

  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let language = try rendering.language.language()
    var outputs = writing.outputs(reading: model.inputs + options.inputs + rendering.inputs)
    if let folder { try outputs.expect(ReportFiles.names, in: folder) }
    if let bibtex { try outputs.expect(bibtex) }
    let subject = try model.subject(console)
    for note in try advice.declared(subject).warnings { output.note("note: \(note)", console) }
    var request = try options.request(for: subject, advice: advice)
    request.findings = subject.findings(for: request.runtimes)
    let name = Reading.pathName(ModelRecord(request.model).name)
    let folder = folder ?? "Output/\(Self.slug(name))-\(TokenCount.label(request.targetLength))"
    if self.folder == nil { try outputs.expect(ReportFiles.names, in: folder) }
    let record = try await Run.record(request, command: reproduction(of: request, in: language), console, output)
    async let recordBytes = RecordFile.bytes(record)
    let files = try await LiveLine.during("drawing figures and pages", console, output) { _ in
      try await rendering.files(for: record, console, output)
    }
    try outputs.add(folder: folder, files + [(path: "run.json", bytes: try await recordBytes)])
    if let bibtex { try outputs.add(BibTeX.bytes(of: record), to: bibtex) }
    for note in try outputs.commit() { output.note("note: \(note)", console) }
    if !output.quiet {
      for sentence in Verdict.sentences(record, in: language) {
        console.print(console.layout.line(sentence.text, hanging: "").joined(separator: "\n"))
      }
      let others = rendering.brief ? "" : ", figures/, data/"
      console.note("wrote \(files.count + 1) files under \(folder): report.html, report.pdf, run.json\(others)")
    }
    if let bibtex { output.note("wrote \(bibtex)", console) }
    return .clean
  }

  /// Arguments that make the same run again, in canonical spelling, without machine paths.
  private func reproduction(of request: RunRequest, in language: Language) -> [String] {
    var arguments = ["report", request.model.source, "--target", TokenCount.label(request.targetLength)]
    if let methods = request.methods { arguments += ["--methods", methods.map(\.description).joined(separator: ",")] }
    if request.baseline != .file { arguments += ["--baseline", request.baseline.rawValue] }
    if let statistics = options.statistics {
      arguments += ["--statistics", URL(fileURLWithPath: statistics).lastPathComponent]
    }
    arguments += options.measured.flatMap { ["--measured", URL(fileURLWithPath: $0).lastPathComponent] }
    if let runtimes = advice.runtimes { arguments += ["--runtimes", runtimes] }
    if let stages = options.trainedStages { arguments += ["--trained-stages", stages] }
    if let budget = advice.trainBudget { arguments += ["--train-budget", budget] }
    if !language.isEnglish { arguments += ["--lang", language.code] }
    if request.seed != 0 { arguments += ["--seed", String(request.seed)] }
    return arguments
  }

  /// A file name from a model's name: letters, digits, dots and hyphens.
  static func slug(_ name: String) -> String {
    let kept = name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? $0 : "-" }
    let text = String(kept).drop { $0 == "." || $0 == "-" }
    return text.isEmpty ? "model" : String(text.prefix(80))
  }
}
