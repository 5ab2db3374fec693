/// SplitMix64: small, fast, and the same on every machine. All randomness of the product comes from one of these.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform in [0, 1), 53 bits.
  public mutating func nextUniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Fisher and Yates's shuffle from the last place down, `next() mod (place + 1)`: the same order on every platform and
  /// compiler, which the standard library's does not promise.
  public mutating func shuffle<Element>(_ values: inout [Element]) {
    for last in values.indices.reversed() { values.swapAt(last, Int(next() % UInt64(last + 1))) }
  }
}
