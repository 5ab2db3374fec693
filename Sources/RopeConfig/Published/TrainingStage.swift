/// A stage of a published training: how long its texts were and by which base they were rotated.
public struct TrainingStage: Sendable, Equatable {
  /// Tokens.
  public let length: Int
  public let base: Double?
  /// What changed: `base raised`, `YaRN ×40`.
  public let method: String?

  init(_ length: Int, _ base: Double? = nil, _ method: String? = nil) {
    self.length = length
    self.base = base
    self.method = method
  }
}
