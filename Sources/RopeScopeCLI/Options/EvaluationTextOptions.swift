import ArgumentParser
import RopeInference

/// What an evaluation reads: a text, or token ids.
struct EvaluationTextOptions: ParsableArguments {
  @Option(help: "A text file, or - for standard input.", completion: .file()) var text: String?
  @Option(help: "A JSON list of token ids.", completion: .file(extensions: ["json"])) var tokenIds: String?

  /// Token ids of a file as they are, or of a text by the model's tokenizer with what the model wants before it.
  func read(_ evaluation: EvaluationOptions, _ console: Console) throws -> EvaluationText {
    switch (tokenIds, text) {
    case (let ids?, nil): return EvaluationText(name: ids, tokens: try TextInput.tokens(ids))
    case (nil, let text?):
      let tokenizer = try evaluation.tokenizer()
      return EvaluationText(
        name: text, beginning: tokenizer.beginning, tokens: tokenizer.encode(try TextInput.read(text, console)),
        ending: tokenizer.ending, vocabularySize: tokenizer.vocabularySize)
    default: throw Failure.usage("give either --text FILE or --token-ids FILE")
    }
  }
}

/// The tokens that an evaluation reads.
struct EvaluationText {
  /// The file that they are from.
  let name: String
  /// What the model wants before every text; none where token ids were given.
  var beginning: [Int] = []
  let tokens: [Int]
  /// What the model wants after every text; none where token ids were given.
  var ending: [Int] = []
  /// Of the tokenizer that cut the text; nil where token ids were given.
  var vocabularySize: Int?

  var whole: [Int] { beginning + tokens + ending }

  var source: EvaluationSource { EvaluationSource(tokens: tokens, named: name, beginning: beginning) }
}
