import ArgumentParser
import Foundation
import RopeFigures
import RopeInference

/// `ropescope evaluate longbench`.
struct EvaluateLongBench: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "longbench", abstract: "\(LongBenchEvaluation.card.summary).",
    discussion: """
      \(LongBenchEvaluation.card.details)

      Prompts are worded by this program unless --prompts names LongBench's own dataset2prompt.json; only with that do numbers compare with published ones.

      EXAMPLES:
        ropescope evaluate longbench model.gguf --items qasper.jsonl --methods none,yarn:factor=2 --lengths 8k
        ropescope evaluate longbench model.gguf --items trec.jsonl --items lcc.jsonl --lengths 4k --trials 20 --chat
      """)

  @OptionGroup var evaluation: EvaluationOptions
  @Option(
    parsing: .singleValue, help: "A file of LongBench's items, a JSON object a line; may be repeated.",
    completion: .file(extensions: ["jsonl"]))
  var items: [String]
  @Option(help: "Tokens of prompt and answer, with commas: 4k,8k.") var lengths: String
  @Option(help: "Items of each data set at most; all where left out.") var trials: Int?
  @Option(
    help: "Prompts by data set with {context} and {input}, as LongBench's dataset2prompt.json.",
    completion: .file(extensions: ["json"]))
  var prompts: String?
  @Flag(help: "Score the likelihood of the right answer alone; write no text.") var likelihood = false
  @OptionGroup var chat: ChatOptions
  @OptionGroup var result: EvaluationResultOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let outputs = try result.outputs(reading: evaluation.inputs(prompts) + items.map(CommandInput.named) + chat.inputs)
    guard trials.map({ $0 >= 1 }) ?? true else { throw Failure.usage("--trials must be at least 1") }
    let documents = try items.map { path in
      EvaluationSource.Document(
        name: URL(fileURLWithPath: path).lastPathComponent, content: .text(try TextInput.read(path, console)))
    }
    let tokenizer = try evaluation.tokenizer()
    let request = EvaluationRequest(
      lengths: try LengthList.parse(lengths), trials: trials, writesText: !likelihood,
      prompts: try prompts.map {
        try LongBenchPrompts(json: TextInput.read($0, console), named: URL(fileURLWithPath: $0).lastPathComponent)
      })
    return try EvaluationCall<LongBenchEvaluation>(
      evaluation: evaluation, result: result, output: output,
      text: documents.map(\.name).joined(separator: ", "), figure: ScoreByLengthFigure.self
    ).run(
      request,
      source: EvaluationSource(tokenizer, documents: documents, frame: try chat.frame(of: evaluation.model, tokenizer)),
      vocabularySize: tokenizer.vocabularySize, outputs, console)
  }
}
