import ArgumentParser
import RopeFigures
import RopeInference

/// `ropescope evaluate passkey`.
struct EvaluatePasskey: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "passkey",
    abstract: "Whether the model finds a number or a sentence hidden in prose, by length and depth.",
    discussion: """
      EXAMPLES:
        ropescope evaluate passkey model.gguf --text book.txt --methods none,ntk:factor=2,yarn:factor=2 --lengths 4k,12k
        ropescope evaluate passkey model.gguf --text book.txt --methods none --lengths 8k --needle sentence --figure map.svg
      """)

  @OptionGroup var evaluation: EvaluationOptions
  @Option(help: "Prose to hide the number in; a short one is read in a circle.", completion: .file()) var text: String
  @Option(help: "Prompt lengths with commas: 4k,8k.") var lengths: String
  @Option(help: "Depths with commas, 0 … 1.") var depths: String = "0,0.25,0.5,0.75,1"
  @Option(help: "Numbers or sentences hidden in each cell.") var trials = 1
  @Option(help: "passkey: a number of five digits; sentence: an ordinary sentence.") var needle: PasskeyPrompt.Needle =
    .passkey
  @Option(help: "Seed of the numbers and places.") var seed: UInt64 = 0
  @Flag(help: .sharedProse) var sharedProse = false
  @OptionGroup var chat: ChatOptions
  @OptionGroup var result: EvaluationResultOptions
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let outputs = try result.outputs(reading: evaluation.inputs(text) + chat.inputs)
    let request = EvaluationRequest(
      lengths: try LengthList.parse(lengths), depths: try DepthList.parse(depths), trials: trials, seed: seed,
      needle: needle, sharesProse: sharedProse)
    let tokenizer = try evaluation.tokenizer()
    let document = EvaluationSource.Document(name: text, content: .text(try TextInput.read(text, console)))
    return try EvaluationCall<PasskeyEvaluation>(
      evaluation: evaluation, result: result, output: output, text: text, figure: PasskeyMapFigure.self
    ).run(
      request,
      source: EvaluationSource(
        tokenizer, documents: [document], frame: try chat.frame(of: evaluation.model, tokenizer)),
      vocabularySize: tokenizer.vocabularySize, outputs, console)
  }
}

extension PasskeyPrompt.Needle: ExpressibleByArgument {}
