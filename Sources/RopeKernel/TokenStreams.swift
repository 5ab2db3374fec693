import RopeMath

/// The positions of tokens in the three counters of M-RoPE, one entry a token; the counter of the text itself is the
/// token's index.
public struct TokenStreams: Sendable, Hashable {
  public var temporal: [Int]
  public var height: [Int]
  public var width: [Int]

  public init(temporal: [Int], height: [Int], width: [Int]) {
    self.temporal = temporal
    self.height = height
    self.width = width
  }

  func position(of token: Int, in stream: PositionStream) -> Int {
    switch stream {
    case .temporal: temporal[token]
    case .height: height[token]
    case .width: width[token]
    case .sequence: token
    }
  }
}
