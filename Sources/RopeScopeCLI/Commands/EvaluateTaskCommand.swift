import ArgumentParser
import Foundation
import RopeFigures
import RopeInference

/// `ropescope evaluate TASK`: a generated task of the catalogue.
struct EvaluateTask<Task: SyntheticTask>: ScopeCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: Task.id, abstract: "\(Task.summary).",
      discussion: """
        \(Task.details)

        Scores are the share of the answer's parts whose tokens all rank first when the right ones stand before them; --greedy also lets the model write. Intervals and tests are told in the record.

        EXAMPLES:
          ropescope evaluate \(Task.id) model.gguf --methods none,yarn:factor=2 --lengths 4k,8k --trials 20
          ropescope evaluate \(Task.id) model.gguf --methods none,yarn:factor=2 --lengths 4k --dry-run
        """)
  }

  @OptionGroup var evaluation: EvaluationOptions
  @Option(
    parsing: .singleValue,
    help: "Prose to hide facts in, read in a circle; may be repeated. Sentences of the product's own where left out.",
    completion: .file())
  var text: [String] = []
  @Option(help: "Tokens of prompt and answer, with commas: 4k,8k.") var lengths: String
  @Option(help: "Depths with commas, 0 … 1; 0,0.25,0.5,0.75,1 where left out.") var depths: String?
  @Option(help: "Items in each cell of length and depth; 1 where left out, 5 for tasks without depths.") var trials:
    Int?
  @Option(help: "Seed of the items.") var seed: UInt64 = 0
  @Flag(help: "Also write greedy text, in a pass of its own.") var greedy = false
  @Flag(help: .sharedProse) var sharedProse = false
  @Option(
    help:
      "Questions about each text at every depth, each about a fact of its own: a long text is read once for all of them, and texts are the sample."
  )
  var questions: Int?
  @OptionGroup var chat: ChatOptions
  @OptionGroup var result: EvaluationResultOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let outputs = try result.outputs(reading: evaluation.inputs() + text.map(CommandInput.named) + chat.inputs)
    let lengths = try LengthList.parse(lengths)
    guard Task.hasDepth || depths == nil else {
      throw Failure.usage("“\(Task.id)” has its facts in several places; leave --depths out")
    }
    guard Task.hasDepth || !sharedProse else {
      throw Failure.usage("“\(Task.id)” has no depths to share prose among; leave --shared-prose out")
    }
    let tokenizer = try evaluation.tokenizer()
    let documents = try text.map { path in
      EvaluationSource.Document(
        name: URL(fileURLWithPath: path).lastPathComponent, content: .text(try TextInput.read(path, console)))
    }
    guard Set(documents.map(\.name)).count == documents.count else {
      throw Failure.usage("two texts have the same file name; records tell texts apart by it")
    }
    let request = EvaluationRequest(
      lengths: lengths, depths: try depths.map(DepthList.parse), trials: trials, seed: seed,
      sharesProse: sharedProse, questions: questions.flatMap { $0 == 1 ? nil : $0 }, writesText: greedy)
    // With fewer trials than texts the last ones are not read.
    let read = documents.prefix(TaskEvaluation<Task>(request).trials)
    return try EvaluationCall<TaskEvaluation<Task>>(
      evaluation: evaluation, result: result, output: output,
      text: read.isEmpty ? nil : read.map(\.name).joined(separator: ", "),
      figure: ScoreByLengthFigure.self
    ).run(
      request,
      source: EvaluationSource(tokenizer, documents: documents, frame: try chat.frame(of: evaluation.model, tokenizer)),
      vocabularySize: tokenizer.vocabularySize, outputs, console)
  }
}

extension ArgumentHelp {
  /// Of evaluations that hide something at several depths.
  static var sharedProse: ArgumentHelp {
    "Hide the same in the same prose at every depth, so that what stands before it is read once; the depths are then not independent."
  }
}
