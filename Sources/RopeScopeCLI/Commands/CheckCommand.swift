import ArgumentParser
import Foundation
import RopeCheck
import RopeConfig
import RopeFiles
import RopeJSON
import RopeReport
import RopeText

/// `ropescope check`: configurations before a training or serving run.
struct CheckCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Find what is wrong with configurations, what it costs, and how to mend it.",
    discussion: """
      EXAMPLES:
        ropescope check .
        ropescope check config.json --target-length 128k --runtime vllm
        ropescope check configs --format sarif -o ropescope.sarif
        ropescope check config.json --fix --diff
        ropescope check . --lang zh

      Exit code 0: nothing at or above --fail-on; 1: findings; 2: a file could not be checked.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, concise, json, sarif, github, junit, markdown, latex, typst
  }

  @Argument(
    help: """
      Files and folders; - for a configuration on standard input. Left out: the model that --command names, else the \
      working directory.
      """, completion: .file())
  var paths: [String] = []

  @Option(length: "Longest context that is to be served: 128k.", names: ["target-length", "target"])
  var targetLength: LengthArgument?

  @Option(length: "Longest sequence of the training run.")
  var trainLength: LengthArgument?

  @Option(
    name: [.customLong("runtime"), .customLong("runtimes")],
    help: "Runtimes that will read the file: transformers, vllm@0.33, …; several with commas.",
    completion: Completions.runtimes)
  var runtime: String?

  @Option(
    name: .customLong("command"),
    help: "A serving or training command as typed, or @FILE with one: its overrides are applied first.")
  var command: String?

  @Flag(help: "Read files too that .gitignore names, and repositories inside a folder.")
  var noIgnore = false

  @Option(help: "The name of what is read from standard input, which tells its format: axolotl.yml.")
  var stdinFilename: String?

  @Flag(help: "Make a runtime version that is not modelled an error.")
  var strict = false

  @Option(help: "Number formats in use, such as bf16.")
  var precision: String?

  @Option(
    help: "Declared facts as JSON, in place of a NAME.context.json beside the file.",
    completion: .file(extensions: ["json"]))
  var context: String?

  @Option(help: "Only these rules, with commas.", completion: Completions.rules)
  var select: String?

  @Option(help: "Not these rules, with commas.", completion: Completions.rules)
  var ignore: String?

  @Option(help: "error, warning or note: findings at or above it make the exit code 1; error where left out.")
  var failOn: Severity?

  @Option(help: "error, warning or note: findings below it are not shown.")
  var minSeverity: Severity?

  @Flag(help: "Mend what can be mended safely; the files are written anew.")
  var fix = false

  @Flag(help: "Mend also what may change the meaning.")
  var unsafeFixes = false

  @Flag(help: "Print the changes as a diff; with --fix too, nothing is written.")
  var diff = false

  @Option(help: "Known findings, which are not reported again.", completion: .file(extensions: ["json"]))
  var baseline: String?

  @Option(help: "Write the present findings as a baseline.", completion: .file(extensions: ["json"]))
  var writeBaseline: String?

  @Option(
    name: .customLong("settings"), help: "Settings in place of the ropescope.toml of the working directory.",
    completion: .file(extensions: ["toml"]))
  var settingsFile: String?

  @Flag(help: "Print how often each rule reports, in place of the findings.")
  var statistics = false

  @Option(
    help:
      "text, concise, json, sarif, github, junit, markdown, latex or typst; json, sarif, github and junit are English in every language."
  )
  var format: Format = .text

  @OptionGroup var language: LanguageOptions

  @OptionGroup var answer: AnswerOptions

  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let language = try language.language()
    var outputs = try answer.outputs(reading: inputs)
    if let writeBaseline { try outputs.expect(writeBaseline) }
    let settings = try settings()
    let rules = try CheckSelection.rules(
      select: names(select) ?? settings.select, ignore: (names(ignore) ?? []) + settings.ignore)
    var overrides = Facts(
      targetLength: targetLength?.tokens, trainLength: trainLength?.tokens, runtimes: names(runtime) ?? [],
      precision: precision)
    let subject = try subject(console)
    if let command, !subject.isCommand {
      overrides.commandLine =
        command.hasPrefix("@") ? try TextInput.read(String(command.dropFirst()), console) : command
    }
    _ = try RuntimeArguments.selection(runtime, strict: strict)
    if let context { overrides = overrides.completed(by: try Facts.parse(try SourceFile.text(context))) }
    let checker = Checker(rules: rules, facts: settings.facts, overrides: overrides)
    if fix || unsafeFixes, !diff { finishEarlierRuns(subject.report(of: checker)) }
    let found = subject.report(of: checker)
    for file in [answer.file, writeBaseline].compactMap({ $0 }) where file != "-" && found.isOf(file) {
      throw OutputError(path: file, reason: "the same command checks this file; give the output another name")
    }
    if let writeBaseline {
      try outputs.add(Array((try JSONText.encode(CheckBaseline(found)) + "\n").utf8), to: writeBaseline)
    }
    let known = try baseline.map { try CheckBaseline.parse(try SourceFile.text($0)) }
    var refused = false
    var report = found.silenced(by: known, suppressions: settings.suppressions)
    if fix || unsafeFixes || diff {
      let changes = checker.fixed(report, includingUnsafe: unsafeFixes)
      if diff {
        let text = changes.map { UnifiedDiff.text(from: $0.before, to: $0.after, path: $0.path) }.joined()
        console.write(.output, Array(Escaping.lines(text).utf8))
        return status(report, settings)
      }
      refused = try write(changes, of: subject, console, language)
      report = subject.report(of: checker).silenced(by: known, suppressions: settings.suppressions)
    }
    if report.files.isEmpty {
      output.note(language("nothing was checked: no model's configuration, command or trainer's file is here"), console)
    }
    if output.verbose { for line in CheckText.understood(report, in: language) { output.note(line, console) } }
    try give(report.shown(from: minSeverity ?? settings.minimumSeverity), outputs, console, language)
    if let writeBaseline { output.note(language("wrote \(writeBaseline)"), console) }
    return refused ? .notDone : status(report, settings)
  }

  /// The paths; without any the working directory.
  var places: [String] { paths.isEmpty ? ["."] : paths }

  /// What the command reads but the files that it checks, and those of these that are named.
  private var inputs: [CommandInput] {
    places.map(CommandInput.named)
      + [context, settingsFile].compactMap { $0.map { .file($0) } }
      + (CommandInput.reference(command).map { [$0] } ?? [])
  }

  /// Files that an earlier run had mended when it was killed take their places before they are read.
  private func finishEarlierRuns(_ report: CheckReport) {
    let files = report.files.map(\.path)
    for folder in Set(files.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }) { Outputs.sweep(folder) }
  }

  /// Writes mended files. One that a link leads to, out of the folder that is checked, is left alone and told.
  ///
  /// - Returns: whether one was.
  private func write(_ changes: [Checker.FixedFile], of subject: Subject, _ console: Console, _ language: Language)
    throws -> Bool
  {
    var outputs = Outputs()
    var written: [Checker.FixedFile] = []
    for change in changes {
      do throws(OutputError) {
        try outputs.change(change.after, of: change.path, inside: subject.folder(of: change.path))
        written.append(change)
      } catch {
        console.note(Failure(kind: "output", error.description, path: error.path).sentence(in: language))
      }
    }
    try outputs.commit()
    for change in written { output.note(language("fixed \(change.applied) in \(change.path)"), console) }
    return written.count < changes.count
  }

  private func give(_ report: CheckReport, _ outputs: Outputs, _ console: Console, _ language: Language) throws {
    let isPainted = format == .text && !statistics && answer.file == "-" && output.usesColour(console)
    let site = try console.documentationSite()
    let text: String =
      if statistics { CheckText.statistics(report, in: language) } else {
        switch format {
        case .text:
          CheckText.text(
            report, colour: isPainted, site: isPainted && console.outputIsTerminal ? site : nil,
            in: language, answer.layout(console))
        case .concise: CheckText.concise(report, in: language)
        case .json: try CheckJSON.text(report)
        case .sarif: try CheckSARIF.text(report, version: RopeScope.version, site: site)
        case .github: CheckGitHub.text(report)
        case .junit: CheckJUnit.text(report)
        case .markdown: CheckMarkdown.text(report, site: site, in: language)
        case .latex, .typst: TableForm(rawValue: format.rawValue)?.text(Self.table(report, in: language)) ?? ""
        }
      }
    let trimmed = text.hasSuffix("\n") ? String(text.dropLast()) : text
    // Our own colours and workflow commands are the only orders that are passed on.
    if isPainted || format == .github && !statistics && answer.file == "-" && !trimmed.isEmpty {
      console.write(.output, Array((trimmed + "\n").utf8))
      try outputs.commit()
    } else if !trimmed.isEmpty || answer.file != "-" {
      try answer.give(trimmed, outputs, console)
    } else {
      try outputs.commit()
    }
  }

  /// A row a finding.
  private static func table(_ report: CheckReport, in language: Language) -> Block.Table {
    let heads: [(String, TextTable.Alignment)] = [
      ("File", .left), ("Line", .right), ("Severity", .left), ("Rule", .left), ("Finding", .left),
    ]
    return Block.Table(
      id: "findings", caption: Prose(language("ropescope check: \(CheckText.summary(report, in: language)).")),
      TextTable(
        columns: heads.map { (language(fixed: $0.0), $0.1) },
        rows: report.files.flatMap { file in
          (file.error.map { [[file.path, $0.line.map(String.init) ?? "", language("error"), "", $0.message]] } ?? [])
            + file.findings.map {
              [
                $0.path ?? file.path, String($0.region.line), language(fixed: $0.severity.rawValue), $0.rule,
                language($0.message),
              ]
            }
        }))
  }

  private func status(_ report: CheckReport, _ settings: CheckSettings) -> ExitStatus {
    ExitStatus(rawValue: report.exitCode(failOn: failOn ?? settings.failOn ?? .error)) ?? .notDone
  }

  /// `ropescope.toml` of the working directory where none is named.
  private func settings() throws -> CheckSettings {
    if let settingsFile { return try CheckSettings.parse(try SourceFile.text(settingsFile)) }
    guard FileManager.default.fileExists(atPath: "ropescope.toml") else { return CheckSettings() }
    return try CheckSettings.parse(try SourceFile.text("ropescope.toml"))
  }

  private func names(_ list: String?) -> [String]? {
    list.map { $0.split(separator: ",").map { $0.drop { $0 == " " } }.map(String.init) }
  }
}

extension CheckReport {
  /// Whether a path leads to a file that was checked.
  fileprivate func isOf(_ path: String) -> Bool {
    guard let identity = FileIdentity(path: path) else { return false }
    return files.contains { FileIdentity(path: $0.path) == identity }
  }
}

extension Severity: ExpressibleByArgument {}
