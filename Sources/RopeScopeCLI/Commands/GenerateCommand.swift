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
    guard (1...GreedyGeneration.mostTokens).contains(count) else {
      throw Failure.usage("--count is \(count); it must lie in 1 … \(GreedyGeneration.mostTokens)")
    }
    let (files, model) = try evaluation.open(vocabularySize: tokenizer.vocabularySize)
    let method = try evaluation.onlyRun(files, length: prompt.count + count)
    let interruption = Interruption(output)
    var ids: [Int] = []
    do {
      _ = try GreedyGeneration(
        count: count, stops: tokenizer.endsOfText,
        options: .init(control: RunControl(isCancelled: { interruption.isAsked }))
      ).run(model, prompt: prompt, method: method) { ids.append($0) }
    } catch InferenceError.cancelled {
      console.print(try tokenizer.decode(ids))
      return .interrupted
    }
    console.print(try tokenizer.decode(ids))
    return .clean
  }
}
