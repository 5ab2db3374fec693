import RopeJSON

extension Tokenizer {
  /// The tokenizer of a `tokenizer.json` (huggingface/tokenizers): a `BPE` model, byte-level or over characters.
  ///
  /// - Throws: `TokenizerError.invalid` where the file does not read or contradicts itself, `.unsupported` for other
  ///   kinds of model, normaliser or pre-tokenizer.
  public init(json bytes: [UInt8]) throws(TokenizerError) {
    var file = TokenizerFile()
    do throws(JSONFault) {
      try file.read(bytes)
    } catch { throw .invalid(error.sentence("it")) }
    self = try TokenizerSettings(file).tokenizer()
  }
}
