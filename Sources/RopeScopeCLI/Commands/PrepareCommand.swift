import ArgumentParser
import RopeConfig
import RopeMath
import RopeReport
import RopeText

/// `ropescope prepare`: everything that is to be known and written before a launch.
struct PrepareCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare",
    abstract: "Before a launch: what is wrong, what to do, what it costs, and the files that do it.",
    discussion: """
      EXAMPLES:
        ropescope prepare qwen2.5-7b --target 128k --serve vllm
        ropescope prepare config.json --target 64k --train axolotl.yml --serve vllm@0.33 --budget 2B --write launch

      Exit code 0: nothing is wrong with the file now; 1: something is.
      """)

  @OptionGroup var model: ModelOptions

  @Option(length: "Tokens to reach.", names: ["target", "target-length"])
  var target: LengthArgument

  @Option(
    help: "The trainer's own file, or its name: axolotl, llama-factory, trl, unsloth, ms-swift, ….",
    completion: Completions.trainers)
  var train: String?

  @Option(help: "The runtimes that will serve it, with commas, versions after @.", completion: Completions.runtimes)
  var serve: String?

  @Option(name: [.customLong("budget"), .customLong("train-budget")], help: "Tokens that can be trained on: 500M, 2B.")
  var budget: String?

  @Option(name: .customLong("write"), help: "A folder to write the files to.", completion: .directory)
  var folder: String?

  @Flag(help: "Make a runtime version that is not modelled an error.")
  var strict = false

  @Option(help: "text or json.")
  var format: AnswerFormat = .text

  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    var outputs = writing.outputs(reading: model.inputs + (train.map { [CommandInput.named($0)] } ?? []))
    let subject = try model.subject(console)
    let served = serve ?? subject.runtime
    let chosen = try RuntimeArguments.selection(served, strict: strict)
    let trainer = try train.map(TrainerFile.init)
    let preparation = try await Preparation(
      subject, named: model.loadedName(subject.reading), target: target.tokens,
      runtimes: served == nil ? nil : chosen.runtimes, trainer: trainer,
      trainTokens: try budget.map(AdviceOptions.tokens) ?? 0)
    for note in chosen.warnings + subject.notes { output.note("note: \(note)", console) }
    if let folder {
      try outputs.expect(preparation.files.map(\.path), in: folder)
      for file in preparation.files { try outputs.add(Array(file.text.utf8), to: "\(folder)/\(file.path)") }
      for note in try outputs.commit() { output.note("note: \(note)", console) }
      output.note("wrote \(preparation.files.map { "\(folder)/\($0.path)" }.joined(separator: ", "))", console)
    }
    console.print(
      format == .json ? try JSONText.encode(preparation) : PreparationText.text(preparation, in: console.layout))
    return preparation.isWrong ? .findings : .clean
  }
}
