import ArgumentParser
import RopeInference
import RopeReport

/// `ropescope generate`: a few tokens, for a sanity look.
struct GenerateCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Continue a text greedily under a method, for a sanity look.",
    discussion: """
      EXAMPLES:
        echo "The capital of France is" | ropescope generate model.gguf --count 16
        ropescope generate model.gguf --text prompt.txt --method yarn:factor=2
      """)

  @OptionGroup var evaluation: EvaluationOptions
  @Option(help: "A text file, or - for standard input.", completion: .file()) var text: String = "-"
  @Option(help: "Tokens to add at most.") var count = 32
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    let tokenizer = try evaluation.tokenizer()
    var input = try TextInput.read(text, console)
    while input.last?.isNewline == true { input.removeLast() }
    let prompt = tokenizer.beginning + tokenizer.encode(input)
    let (files, model) = try evaluation.open()
    guard let method = try evaluation.runs(files, length: prompt.count + count).first else { throw Failure.usage("no method is named") }
    let interruption = Interruption()
    let ids = try GreedyGeneration(
      count: count, stops: Set([tokenizer.endOfText].compactMap { $0 }),
      options: .init(control: RunControl(isCancelled: { interruption.isAsked }))
    ).run(model, prompt: prompt, method: method)
    console.print(try tokenizer.decode(ids))
    return .clean
  }
}
