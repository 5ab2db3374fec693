import ArgumentParser
import RopeInference
import RopeReport

/// `ropescope evaluate logits`.
struct EvaluateLogits: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "logits", abstract: "The largest logits after a text.",
    discussion: """
      EXAMPLES:
        ropescope evaluate logits model.gguf --text prompt.txt --top 20
        ropescope evaluate logits model.gguf --token-ids ids.json --method none --method yarn:factor=2 --format json
      """)

  @OptionGroup var evaluation: EvaluationOptions
  @Option(help: "A text file, or - for standard input.", completion: .file()) var text: String?
  @Option(help: "A JSON list of token ids.", completion: .file(extensions: ["json"])) var tokenIds: String?
  @Option(help: "Logits of each position.") var top = 10
  @Option(help: "last or all.") var positions: LogitsEvaluation.Positions = .last
  @Option(help: "text or json.") var format: EvaluationFormat = .text
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let tokens = try evaluation.tokens(ids: tokenIds, text: text, console)
    let (files, model) = try evaluation.open()
    let interruption = Interruption()
    let record = try LogitsEvaluation(top: top, positions: positions, options: .init(control: evaluation.control(console, output, interruption))
    ).run(model, tokens: tokens, methods: try evaluation.runs(files, length: tokens.count))
    guard format == .text else {
      console.print(try JSONText.encode(record))
      return .clean
    }
    for run in record.runs {
      for position in run.positions {
        let top = position.top.map { "\($0.id) \(($0.logit * 1e4).rounded() / 1e4)" }.joined(separator: ", ")
        console.print("\(run.method) at \(position.position): \(top)")
      }
    }
    return .clean
  }
}

extension LogitsEvaluation.Positions: ExpressibleByArgument {}
