import ArgumentParser
import RopeInference

/// `ropescope evaluate longppl`.
struct EvaluateLongPerplexity: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "longppl", abstract: "\(LongPerplexityEvaluation.card.summary).",
    discussion: """
      \(LongPerplexityEvaluation.card.details)

      EXAMPLES:
        ropescope evaluate longppl model.gguf --text book.txt --methods ntk:factor=2,yarn:factor=2 --lengths 16k
        ropescope evaluate longppl model.gguf --text book.txt --methods none,yarn:factor=2 --lengths 4k --short-context 1k
      """)

  @OptionGroup var evaluation: EvaluationOptions
  @OptionGroup var input: EvaluationTextOptions
  @Option(help: "Window lengths with commas: 8k,16k.") var lengths: String
  @Option(help: "Windows at most; all that the text has where left out.") var windows: Int?
  @Option(length: "Tokens of the short context, 4k where left out; a quarter of it shares one.")
  var shortContext: LengthArgument?
  @OptionGroup var result: EvaluationResultOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let outputs = try result.outputs(reading: evaluation.inputs(input.text, input.tokenIds))
    let request = EvaluationRequest(
      lengths: try LengthList.parse(lengths), windows: windows, shortContext: shortContext?.tokens)
    let text = try input.read(evaluation, console)
    return try EvaluationCall<LongPerplexityEvaluation>(
      evaluation: evaluation, result: result, output: output, text: input.text, figure: nil
    ).run(request, source: text.source, vocabularySize: text.vocabularySize, outputs, console)
  }
}
