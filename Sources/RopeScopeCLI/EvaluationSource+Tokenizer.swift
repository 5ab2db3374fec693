import RopeInference
import RopeTokenizer

extension EvaluationSource {
  /// Texts cut by a model's own tokenizer.
  init(_ tokenizer: Tokenizer, documents: [Document]) {
    self.init(
      documents: documents, beginning: tokenizer.beginning, encode: { tokenizer.encode($0) },
      decode: { (try? tokenizer.decode($0, includingSpecialTokens: false)) ?? "" })
  }
}
