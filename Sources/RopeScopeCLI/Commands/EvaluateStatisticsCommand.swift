import ArgumentParser
import RopeInference
import RopeReport

/// `ropescope evaluate statistics`.
struct EvaluateStatistics: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "statistics",
    abstract: "Mean and variance of un-rotated queries and keys, entropy and mean logit of attention, as JSON.",
    discussion: """
      EXAMPLES:
        ropescope evaluate statistics model.gguf --text book.txt --length 4k -o statistics.json
        ropescope evaluate statistics model.gguf --text book.txt --compact -o moments.json
      """)

  @OptionGroup var evaluation: EvaluationOptions
  @OptionGroup var input: EvaluationTextOptions
  @Option(length: "Tokens read at most.")
  var length: LengthArgument?
  @OptionGroup var answer: AnswerOptions
  @Flag(help: "Only what analyses take with --statistics: a few numbers a pair and head.") var compact = false
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let outputs = try answer.outputs(reading: evaluation.inputs(input.text, input.tokenIds))
    let text = try input.read(evaluation, console), all = text.whole
    let (files, model) = try evaluation.open(vocabularySize: text.vocabularySize)
    let trained = files.resolved.layerTypes.first?.geometry.trainedLength ?? all.count
    let tokens = Array(all.prefix(length?.tokens ?? trained))
    let interruption = Interruption(output)
    let method = try evaluation.onlyRun(files, length: tokens.count)
    var (record, moments) = try StatisticsEvaluation(
      options: .init(control: evaluation.control(console, output, interruption))
    )
    .measure(model, tokens: tokens, method: method)
    let setting = evaluation.setting(files, targetLength: tokens.count, text: input.text)
    record.setting = setting
    moments.setting = setting
    guard !compact || !moments.heads.isEmpty else {
      throw Failure(
        kind: "model",
        "every layer has a window, a cap of logits, a sink or a rotation of its own; analyses take the moments of layers that see the whole text under one softmax over rotated logits"
      )
    }
    try answer.give(compact ? try JSONText.encode(moments) : try JSONText.encode(record), outputs, console)
    return .clean
  }
}
