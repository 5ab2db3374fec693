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

  @OptionGroup var model: ModelOptions

  @Option(
    help: "Runtimes with commas, versions after @; the newest of each where left out, all for every version.",
    completion: Completions.runtimes)
  var runtimes: String?

  @Option(length: "Tokens in context; the file's window where left out.", names: ["at", "target"])
  var length: LengthArgument?

  @Option(length: "The window that the server is started with, where it differs.")
  var served: LengthArgument?

  @Option(
    help: "A dumped inv_freq or cos/sin table to recognise, as safetensors.",
    completion: .file(extensions: ["safetensors"]))
  var tensor: String?

  @Flag(help: "Make a runtime version that is not modelled an error.")
  var strict = false

  @Option(help: "text or json.")
  var format: AnswerFormat = .text

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
    try answer.give(
      format == .json ? try JSONText.encode(report) : text(report, of: chosen.runtimes, in: answer.layout(console)),
      outputs, console)
    let isUnrecognised = report.tensors.map { $0.allSatisfy(\.matching.isEmpty) } ?? false
    return report.mismatches.isEmpty && !isUnrecognised ? .clean : .findings
  }

  private func text(_ report: ParityReport, of runtimes: [Runtime], in layout: TextLayout) -> String {
    let refusal = report.referenceReason.map { "; it refuses the file: \($0)" } ?? ""
    var parts = layout.line("reference: \(report.reference), at \(report.length) tokens\(refusal)")
    parts.append(Self.table(report).text(in: layout))
    var isShortened = false
    for (runtime, own) in zip(report.runtimes, runtimes) {
      // What is public of a runtime that is known by name alone is all there is to go by.
      let remarks = own.named == nil && !output.verbose ? own.remarks : []
      let notes = runtime.notes.filter { !remarks.contains($0) }
      isShortened = isShortened || notes.count < runtime.notes.count
      guard !notes.isEmpty else { continue }
      parts.append(
        (["\(runtime.runtime) \(runtime.version)"] + notes.flatMap { layout.prose($0, indent: "  ") })
          .joined(separator: "\n"))
    }
    for match in report.tensors ?? [] {
      let names = match.matching.map { "\($0.runtime)@\($0.version)" }
      parts.append(
        layout.line(
          names.isEmpty
            ? "tensor \(match.tensor) (\(match.kind.rawValue)) matches no runtime known here"
              + (match.candidates.first.map { "; nearest is \($0.runtime)@\($0.version)" } ?? "")
            : "tensor \(match.tensor) (\(match.kind.rawValue)) is what \(names.joined(separator: ", ")) computes"
        ).joined(separator: "\n"))
    }
    parts += report.warnings.map { layout.line("note: \($0)").joined(separator: "\n") }
    if isShortened {
      parts.append(layout.line("--verbose tells what was read of each runtime").joined(separator: "\n"))
    }
    return parts.joined(separator: "\n\n")
  }

  private static func table(_ report: ParityReport) -> TextTable {
    TextTable(
      columns: [
        ("runtime", .left), ("version", .left), ("method", .left), ("verdict", .left), ("pairs differ", .right),
        ("θ′ off by", .right), ("factor off by", .right), ("phase error", .right),
      ],
      rows: report.runtimes.map { runtime in
        guard let numbers = runtime.numbers else {
          return [runtime.runtime, runtime.version, "", "refuses: \(runtime.reason ?? "")", "", "", "", ""]
        }
        return [
          runtime.runtime, runtime.version, numbers.method, runtime.isMismatch ? "differs" : "same",
          numbers.pairsDiffering.map(String.init) ?? "",
          share(numbers.maxPairDifference), share(numbers.factorDifference),
          numbers.maxPhaseErrorRadians.map { "\(($0 * 1000).rounded() / 1000) rad" } ?? "",
        ]
      }, optional: ["phase error", "factor off by", "θ′ off by"])
  }

  private static func share(_ difference: Double?) -> String {
    difference.map { $0 == 0 ? "0" : $0.formatted(.percent.precision(.significantDigits(2))) } ?? ""
  }
}
