import ArgumentParser
import Foundation
import RopeConfig
import RopeMath
import RopeReport
import RopeText

/// `ropescope parity`: the same config as each runtime computes it.
struct ParityCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "parity", abstract: "Compare what each runtime computes from the same config.",
    discussion: """
      EXAMPLES:
        ropescope parity config.json
        ropescope parity llama-3.1-8b --runtimes vllm@0.29,llama.cpp,mlx-lm --at 128k
        ropescope parity config.json --tensor inv_freq.safetensors

      Exit code 1: a runtime computes other numbers than the newest transformers.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @OptionGroup var model: ModelOptions

  @Option(help: "Runtimes with commas, versions after @; the newest of each where left out, all for every version.")
  var runtimes: String?

  @Option(
    name: [.customLong("at"), .customLong("target")], help: "Tokens in context; the file's window where left out.",
    completion: LengthArgument.completion, transform: LengthArgument.parse)
  var length: LengthArgument?

  @Option(
    help: "The window that the server is started with, where it differs.", completion: LengthArgument.completion,
    transform: LengthArgument.parse)
  var served: LengthArgument?

  @Option(
    help: "A dumped inv_freq or cos/sin table to recognise, as safetensors.",
    completion: .file(extensions: ["safetensors"]))
  var tensor: String?

  @Flag(help: "Make a runtime version that is not modelled an error.")
  var strict = false

  @Option(help: "text or json.")
  var format: Format = .text

  @OptionGroup var answer: AnswerOptions

  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let outputs = try answer.outputs(reading: model.inputs + (tensor.map { [.file($0)] } ?? []))
    let subject = try model.subject(console)
    let declaration = try subject.rotating()
    guard let length = length?.tokens ?? subject.length else {
      throw Failure.usage("the file names no window; give --at LENGTH")
    }
    let chosen = try RuntimeArguments.selection(runtimes ?? subject.runtime, strict: strict)
    var report = ParityReport(
      of: declaration, runtimes: chosen.runtimes, length: length,
      servedLength: served?.tokens ?? subject.chosen?.servedLength, warnings: chosen.warnings + subject.notes)
    if let tensor {
      report.tensors = try TensorMatch.matches(in: TensorFile.open(tensor), of: declaration, length: length)
    }
    try answer.give(format == .json ? try JSONText.encode(report) : Self.text(report), outputs, console)
    let isUnrecognised = report.tensors.map { $0.allSatisfy(\.matching.isEmpty) } ?? false
    return report.mismatches.isEmpty && !isUnrecognised ? .clean : .findings
  }

  private static func text(_ report: ParityReport) -> String {
    var parts = ["reference: \(report.reference), at \(report.length) tokens"]
    if let reason = report.referenceReason { parts[0] += "; it refuses the file: \(Escaping.visible(reason))" }
    var table = TextTable(
      columns: [
        ("runtime", .left), ("version", .left), ("method", .left), ("verdict", .left), ("pairs differ", .right),
        ("θ′ off by", .right),
        ("phase error", .right),
      ])
    for runtime in report.runtimes {
      guard let numbers = runtime.numbers else {
        table.rows.append([runtime.runtime, runtime.version, "", "refuses: \(runtime.reason ?? "")", "", "", ""])
        continue
      }
      table.rows.append([
        runtime.runtime, runtime.version, numbers.method, runtime.isMismatch ? "differs" : "same",
        numbers.pairsDiffering.map(String.init) ?? "",
        numbers.maxRelativeDifference.map { $0 == 0 ? "0" : $0.formatted(.percent.precision(.significantDigits(2))) }
          ?? "",
        numbers.maxPhaseErrorRadians.map { "\(($0 * 1000).rounded() / 1000) rad" } ?? "",
      ])
    }
    parts.append(table.text)
    for runtime in report.runtimes where !runtime.notes.isEmpty {
      parts.append(
        "\(runtime.runtime) \(runtime.version)\n"
          + runtime.notes.flatMap { TextPage.wrapped($0, width: 100, indent: "  ") }.joined(separator: "\n"))
    }
    for match in report.tensors ?? [] {
      let names = match.matching.map { "\($0.runtime)@\($0.version)" }
      parts.append(
        Escaping.visible(
          names.isEmpty
            ? "tensor \(match.tensor) (\(match.kind.rawValue)) matches no runtime known here"
              + (match.candidates.first.map { "; nearest is \($0.runtime)@\($0.version)" } ?? "")
            : "tensor \(match.tensor) (\(match.kind.rawValue)) is what \(names.joined(separator: ", ")) computes"))
    }
    return (parts + report.warnings.map { Escaping.visible("note: \($0)") }).joined(separator: "\n\n")
  }
}
