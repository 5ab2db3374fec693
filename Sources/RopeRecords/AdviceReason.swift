import RopeMath

/// A sentence of advice, the number that it rests on, and where both come from.
public struct AdviceReason: Sendable, Codable, Hashable {
  public let text: String
  /// The number that decides, where there is one: a factor, a length in tokens, a multiplier.
  public let value: Double?
  public let source: Reference?
  /// What an alternative would be, as SPEC; nil for a sentence about the advice itself, or where no SPEC says it.
  public let method: String?

  public init(_ text: String, value: Double? = nil, _ source: Reference? = nil, method: String? = nil) {
    self.text = text
    self.value = value
    self.source = source
    self.method = method
  }
}
