/// How the logits of a query become weights.
public enum Normalisation: Sendable, Hashable, Codable {
  /// One softmax over all visible keys.
  case softmax
  /// Landmark attention's grouped softmax: every `blockLength`-th token is the landmark of its block and gates the
  /// weights inside it (arXiv 2305.16300). With `retrievedBlocks`, each query of each head reads only that many of the
  /// earlier blocks, those whose landmarks it scores highest, moved next to its own block.
  case landmark(blockLength: Int, retrievedBlocks: Int? = nil)
}
