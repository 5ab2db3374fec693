/// A stage of a published training: how long its texts were and by which base they were rotated.
public struct TrainingStage: Sendable, Equatable {
  /// Tokens.
  public let length: Int
  public let base: Double?
  /// What changed: `base raised`, `YaRN ×40`.
  public let method: String?

  // Tables of hundreds of rows compile much faster where it is not written out in each.
  @inline(never)
  init(_ length: Int, _ base: Double? = nil, _ method: String? = nil) {
    self.length = length
    self.base = base
    self.method = method
  }
}
