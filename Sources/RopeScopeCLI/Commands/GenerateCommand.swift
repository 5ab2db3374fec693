import ArgumentParser
import RopeInference
import RopeRecords
import RopeReport
import RopeTokenizer

/// `ropescope generate`: a few tokens, for a sanity look.
struct GenerateCommand: ScopeCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Continue a text greedily under a method, for a sanity look.",
    discussion: """
      Each token is decided under the method at the text's length so far, as a server decides it. Parameters that are not \
      given are derived from --target, else from the file's window.

      EXAMPLES:
        echo "The capital of France is" | ropescope generate model.gguf --count 16
        ropescope generate model.gguf --text prompt.txt --method yarn:factor=2
        echo "What is the capital of France?" | ropescope generate model.gguf --chat
        ropescope generate model --token-ids ids.json --format json
      """)

  @OptionGroup var evaluation: EvaluationOptions
  @Option(help: "A text file, or - for standard input, which is read where nothing is named.", completion: .file())
  var text: String?
  @Option(help: "A JSON list of token ids to continue.", completion: .file(extensions: ["json"])) var tokenIds: String?
  @Option(help: "Tokens to add at most.") var count = 32
  @OptionGroup var chat: ChatOptions
  @Option(help: "text or json.") var format: AnswerFormat = .text
  @OptionGroup var output: OutputOptions

  func run(in console: Console) async throws -> ExitStatus {
    guard (1...GreedyGeneration.mostTokens).contains(count) else {
      throw Failure.usage("--count is \(count); it must lie in 1 … \(GreedyGeneration.mostTokens)")
    }
    let (prompt, tokenizer) = try prompt(console)
    let (files, model) = try evaluation.open(vocabularySize: tokenizer?.vocabularySize)
    let method = try evaluation.onlyRun(files, length: max(files.resolved.window ?? 0, prompt.count))
    noteWindow(of: files, prompt: prompt.count, console)
    let (ids, status) = try generate(model, prompt, method, stops: tokenizer.map(\.endsOfText) ?? [])
    switch format {
    case .text: console.print(try tokenizer?.decode(ids) ?? ids.map(String.init).joined(separator: " "))
    case .json:
      // An embedding may have rows that are no tokens; the numbers say all the same what was found.
      let text = try? tokenizer?.decode(ids)
      console.print(
        try JSONText.encode(GenerationRecord(method: method.name, promptTokens: prompt.count, ids: ids, text: text)))
    }
    return status
  }

  /// What was found, also where the user stops it.
  private func generate(
    _ model: any LanguageModel, _ prompt: [Int], _ method: MethodRun, stops: Set<Int>
  ) throws -> ([Int], ExitStatus) {
    let interruption = Interruption(output)
    let generation = GreedyGeneration(
      count: count, stops: stops, options: .init(control: RunControl(isCancelled: { interruption.isAsked })))
    var ids: [Int] = []
    do {
      _ = try generation.run(model, prompt: prompt, method: method) { ids.append($0) }
    } catch InferenceError.cancelled {
      return (ids, .interrupted)
    }
    return (ids, .clean)
  }

  /// Token ids as they are, or a text with what the model wants before it; a tokenizer is needed for a text only.
  private func prompt(_ console: Console) throws -> (tokens: [Int], tokenizer: Tokenizer?) {
    if let tokenIds {
      guard text == nil else { throw Failure.usage("give either --text FILE or --token-ids FILE") }
      guard !chat.chat else { throw Failure.usage("--chat goes with a text, not with --token-ids") }
      return (try TextInput.tokens(tokenIds), try? evaluation.tokenizer())
    }
    let tokenizer = try evaluation.tokenizer()
    var input = try TextInput.read(text ?? "-", console)
    while input.last?.isNewline == true { input.removeLast() }
    // A chat template writes the beginning itself.
    if chat.chat {
      return (tokenizer.encode(try chat.render(input, of: evaluation.model, tokenizer)), tokenizer)
    }
    return (tokenizer.beginning + tokenizer.encode(input), tokenizer)
  }

  private func noteWindow(of files: RunnableModel, prompt: Int, _ console: Console) {
    guard let window = files.resolved.window, prompt + count > window else { return }
    output.note(
      prompt > window
        ? "the prompt's \(prompt) tokens are more than the file's window of \(window)"
        : "the text goes beyond the file's window of \(window) after \(window - prompt) new tokens", console)
  }
}
