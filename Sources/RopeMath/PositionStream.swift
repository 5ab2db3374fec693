/// One of the position counters of a multimodal model: M-RoPE gives each rotated pair to one of them.
public enum PositionStream: String, Sendable, Hashable, Codable, CaseIterable {
  /// Time, or plain token order in text.
  case temporal
  case height
  case width
  /// The token's own place in the text, images counted token by token (XD-RoPE's first counter).
  case sequence
}
