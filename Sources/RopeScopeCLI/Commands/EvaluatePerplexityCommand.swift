import ArgumentParser
import RopeFigures
import RopeInference

/// `ropescope evaluate perplexity`.
struct EvaluatePerplexity: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "perplexity", abstract: "Perplexity of a text by method, length and position.",
    discussion: """
      EXAMPLES:
        ropescope evaluate perplexity model.gguf --text book.txt --methods none,linear,ntk,yarn --lengths 8k,16k
        ropescope evaluate perplexity model.gguf --text book.txt --lengths 16k --resume book.jsonl --figure book.pdf
      """)

  @OptionGroup var evaluation: EvaluationOptions
  @OptionGroup var input: EvaluationTextOptions
  @Option(help: "Window lengths with commas: 4k,8k.") var lengths: String
  @Option(help: "Tokens between windows; the window's length where left out.") var stride: Int?
  @Option(help: "Windows at most; all that the text has where left out.") var windows: Int?
  @Option(
    help:
      "consistent; stale: keys as a cache of rotated keys keeps them; both: methods whose frequencies move with the length are also read with stale keys, under the name METHOD (stale keys)."
  )
  var cache: Cache = .consistent
  @OptionGroup var result: EvaluationResultOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let outputs = try result.outputs(reading: evaluation.inputs(input.text, input.tokenIds))
    let request = EvaluationRequest(
      lengths: try LengthList.parse(lengths), stride: stride, windows: windows, caches: cache.caches)
    let text = try input.read(evaluation, console)
    return try EvaluationCall<PerplexityEvaluation>(
      evaluation: evaluation, result: result, output: output, text: input.text, figure: LossByPositionFigure.self
    ).run(request, source: text.source, vocabularySize: text.vocabularySize, outputs, console)
  }
}

extension EvaluatePerplexity {
  enum Cache: String, CaseIterable, ExpressibleByArgument {
    case consistent, stale, both

    var caches: [PerplexityEvaluation.Cache] {
      switch self {
      case .consistent: [.consistent]
      case .stale: [.stale]
      case .both: [.consistent, .stale]
      }
    }
  }
}
