/// How the logits of a query become weights.
public enum Normalisation: Sendable, Hashable, Codable {
  /// One softmax over all visible keys.
  case softmax
  /// Landmark attention's grouped softmax: every `blockLength`-th token is the landmark of its block and gates the
  /// weights inside it (arXiv 2305.16300).
  case landmark(blockLength: Int)
}
