import ArgumentParser
import Foundation
import RopeFigures
import RopeFiles
import RopeInference
import RopeMath
import RopeRecords
import RopeReport

/// `ropescope search`: factors of each pair, found by measuring the model.
struct SearchCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Search the factors of each pair that lose least at a length, by measuring the model itself.",
    discussion: """
      An evolutionary search on the kernel, seeded and resumable. Every candidate reads windows of the texts with a \
      number hidden in each and asked for at the end, and is judged by the loss of the text and of the number, as \
      LongRoPE2's needle-driven perplexity does; shorter windows drop the worse half of a generation before the target \
      is read. The best table is then set beside --methods (yarn, ntk and linear where left out) on --held-out texts, \
      which the search does not read, and written as a longrope SPEC and for every runtime that reads longrope.

      EXAMPLES:
        ropescope search model.gguf --target 16k --text novel.txt --held-out report.txt --held-out play.txt --dry-run
        ropescope search model.gguf --target 16k --text novel.txt --held-out report.txt --resume search.jsonl -o found.json --format json
        ropescope search model --target 64k --space pairs --population 64 --generations 40 --text a.txt --text b.txt --held-out c.txt
      """)

  @OptionGroup var evaluation: EvaluationOptions

  @Option(
    parsing: .singleValue, help: "A text that candidates are measured on; may be repeated.", completion: .file())
  var text: [String] = []

  @Option(
    parsing: .singleValue, help: "A text that the search does not read, for the comparison; may be repeated.",
    completion: .file())
  var heldOut: [String] = []

  @Option(
    help:
      "curve: five numbers (where stretching begins and ends, how far, bend, attention factor); pairs: LongRoPE2's, a factor of each pair from a critical one on."
  )
  var space: SearchForm = .curve

  @Option(help: "Candidates of the first generation; half as many in each later one.") var population = 16
  @Option(help: "Generations, the first included.") var generations = 4
  @Option(help: "Windows that a candidate reads at the target; shorter ones read fewer.") var windows = 2
  @Option(help: "Lengths on the way to the target at which the worse half is dropped, the target included.") var rungs =
    2
  @Option(help: "Windows of each held-out text.") var heldOutWindows = 2
  @Option(help: "Share of the hidden number's loss in what is made small, 0 … 1.") var needleWeight = 0.5
  @Option(
    help:
      "Attention factor of every candidate: a number, or longrope for √(1 + ln s / ln L0), which runtimes compute that read none. Searched too where left out."
  )
  var attentionFactor: AttentionFactorArgument?

  @Option(
    help: "A config.json, folder or preset of the same model that settings are written for; MODEL where left out.",
    completion: Completions.models)
  var config: String?

  @Option(help: "Seed of candidates, windows and needles.") var seed: UInt64 = 0
  @OptionGroup var result: EvaluationResultOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let outputs = try result.outputs(
      reading: evaluation.inputs() + (text + heldOut).map(CommandInput.named) + (config.map { [.model($0)] } ?? []))
    let drawing = try result.figure.drawing(InterpolationRatioFigure.self)
    let plan = try SearchPlan(self, console)
    if let scaling = plan.ownScaling {
      output.note(
        "the file's own \(scaling) is replaced: factors count from plain rotation at \(plan.frame.geometry.trainedLength) tokens",
        console)
    }
    guard !result.dryRun else {
      let outlook = try plan.outlook()
      try result.answer.give(
        result.format == .text ? outlook.text(in: try result.figure.language.language()) : JSONText.encode(outlook),
        outputs, console)
      return .clean
    }
    let checkpoint = try result.checkpoint(of: evaluation)
    let interruption = Interruption(output)
    var record = plan.record(of: [])
    do {
      record = try await LiveLine.during("searching", console, output) { line in
        try plan.run(checkpoint, SearchLine(line, plan), isCancelled: { interruption.isAsked }) { record = $0 }
      }
    } catch InferenceError.cancelled {
      // What was finished stays usable.
      plan.tell(&record)
      try give(record, outputs, console)
      output.note("interrupted: \(record.history.count) candidates were measured\(result.interruptionNote)", console)
      return .interrupted
    }
    plan.tell(&record)
    var drawn = outputs
    if let drawing {
      // What was found is not lost with its picture.
      do { try await draw(record, plan, drawing, &drawn, console) } catch {
        try give(record, outputs, console)
        throw error
      }
    }
    try give(record, drawn, console)
    if let drawing { output.note("wrote \(drawing.file)", console) }
    return .clean
  }

  private func give(_ record: SearchRecord, _ outputs: Outputs, _ console: Console) throws {
    try result.answer.give(
      result.format == .text
        ? SearchText.text(record, in: result.answer.layout(console), try result.figure.language.language())
        : JSONText.encode(record), outputs, console)
  }
}

extension SearchForm: ExpressibleByArgument {}
