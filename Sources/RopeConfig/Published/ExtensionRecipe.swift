/// How the makers of a model say that it is extended beyond the length of its file.
public struct ExtensionRecipe: Sendable, Equatable {
  /// The `rope_type`, or in words what is no rotary scaling (`dual chunk attention`).
  public let method: String
  public let factor: Double?
  /// `original_max_position_embeddings` of the recipe.
  public let original: Int?
  /// Tokens that the makers say it reaches.
  public let target: Int
  public let note: String?

  // Tables of hundreds of rows compile much faster where it is not written out in each.
  @inline(never)
  init(_ method: String, factor: Double? = nil, original: Int? = nil, target: Int, note: String? = nil) {
    self.method = method
    self.factor = factor
    self.original = original
    self.target = target
    self.note = note
  }
}
