import RopeTensors

extension Tokenizer {
  /// The tokenizer in a GGUF file's metadata (`tokenizer.ggml.*`; llama.cpp, llama-vocab.cpp).
  ///
  /// - Throws: `TokenizerError.invalid` where the lists contradict each other, `.unsupported` for kinds of tokenizer
  ///   other than `gpt2` and `llama`, and for unknown pre-tokenizers.
  public init(_ file: GGUF) throws(TokenizerError) { self = try GGUFVocabulary(file).tokenizer() }
}
