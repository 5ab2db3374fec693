/// Which two features of a head make up a rotated pair.
///
/// The layouts differ by a fixed permutation of the features, so dot products agree when queries and keys use the same
/// one; the frequencies of a plan do not depend on it.
public enum PairLayout: String, Sendable, Hashable, Codable, CaseIterable {
  /// Pair `i` is (`x[i]`, `x[i + d/2]`): GPT-NeoX, Hugging Face Llama ("half-split", "non-traditional").
  case half
  /// Pair `i` is (`x[2i]`, `x[2i + 1]`): GPT-J, Meta's Llama ("traditional", "complex").
  case interleaved
}
