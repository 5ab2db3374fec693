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
  @Option(help: "A text file, or - for standard input.", completion: .file()) var text: String?
  @Option(help: "A JSON list of token ids.", completion: .file(extensions: ["json"])) var tokenIds: String?
  @Option(help: "Window lengths with commas: 8k,16k.") var lengths: String
  @Option(help: "Windows at most; all that the text has where left out.") var windows: Int?
  @Option(
    help: "Tokens of the short context, 4k where left out; a quarter of it shares one.",
    completion: LengthArgument.completion, transform: LengthArgument.parse)
  var shortContext: LengthArgument?
  @OptionGroup var result: EvaluationResultOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let outputs = try result.outputs(reading: evaluation.inputs(text, tokenIds))
    let request = EvaluationRequest(
      lengths: try LengthList.parse(lengths), windows: windows, shortContext: shortContext?.tokens)
    let input = try evaluation.read(ids: tokenIds, text: text, console)
    let document = EvaluationSource.Document(name: text ?? tokenIds ?? "", content: .tokens(input.tokens))
    return try EvaluationCall<LongPerplexityEvaluation>(
      evaluation: evaluation, result: result, output: output, text: text, figure: nil
    ).run(
      request,
      source: EvaluationSource(documents: [document], beginning: input.beginning, encode: { _ in [] }) { _ in "" },
      vocabularySize: input.vocabularySize, outputs, console)
  }
}
