/// The multipliers of one position: cos and sin of every pair, attention factor included, in float32.
public struct RotaryRow: Sendable, Hashable {
  public var cosines: [Float]
  public var sines: [Float]

  public init(cosines: [Float], sines: [Float]) {
    self.cosines = cosines
    self.sines = sines
  }
}
