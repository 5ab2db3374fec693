extension Tokenizer {
  /// The tokenizer of a SentencePiece model (`tokenizer.model`): BPE or Unigram.
  ///
  /// - Throws: `TokenizerError.invalid` where the file does not read or contradicts itself, `.unsupported` for other
  ///   kinds of model.
  public init(sentencePiece bytes: [UInt8]) throws(TokenizerError) {
    guard !Self.listsTokens(bytes) else {
      throw .unsupported(
        "it is a list of tokens for tiktoken, not a SentencePiece model; the model's tokenizer.json is needed")
    }
    self = try SentencePieceVocabulary(SentencePieceFile(bytes)).tokenizer()
  }

  /// Whether the first line is a token in base 64 and its number, as tiktoken writes them.
  private static func listsTokens(_ bytes: [UInt8]) -> Bool {
    guard let line = bytes.prefix(100).split(separator: 0x0A).first, let last = line.last else { return false }
    return line.contains(0x20) && (0x30...0x39).contains(last) && line.allSatisfy { (0x20..<0x7F).contains($0) }
  }
}
