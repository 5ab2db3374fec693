import RopeInference
import RopeTokenizer

extension EvaluationSource {
  /// Texts cut by a model's own tokenizer.
  ///
  /// - Parameter frame: the chat that prompts stand in.
  package init(_ tokenizer: Tokenizer, documents: [Document], frame: Frame? = nil) {
    self.init(
      documents: documents, beginning: tokenizer.beginning, stops: tokenizer.endsOfText, frame: frame,
      encode: { tokenizer.encode($0) }, decode: { (try? tokenizer.decode($0, includingSpecialTokens: false)) ?? "" })
  }
}
