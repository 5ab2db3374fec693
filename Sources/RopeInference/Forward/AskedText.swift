/// A text, and the positions after which the next token's logits are asked for.
public struct AskedText: Sendable, Hashable {
  public var tokens: [Int]
  public var positions: Range<Int>

  public init(tokens: [Int], positions: Range<Int>) {
    self.tokens = tokens
    self.positions = positions
  }
}
