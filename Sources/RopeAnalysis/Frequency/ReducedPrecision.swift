/// A number format that runtimes keep positions, frequencies or tables in, as roundings of a float64.
public enum ReducedPrecision: String, Sendable, CaseIterable {
  case float32, float16, bfloat16

  /// Significant bits, the hidden one included.
  public var significantBits: Int {
    switch self {
    case .float32: 24
    case .float16: 11
    case .bfloat16: 8
    }
  }

  /// Largest relative error of rounding to nearest: half a unit in the last place, 2^(−bits).
  public var relativeError: Double { Double(sign: .plus, exponent: -significantBits, significand: 1) }

  private var smallestExponent: Int { self == .float16 ? -14 : -126 }

  private var largestFinite: Double {
    switch self {
    case .float32: Double(Float.greatestFiniteMagnitude)
    case .float16: 65_504
    case .bfloat16: 0x1.FEp127
    }
  }

  /// The nearest number of the format, ties to even, with its subnormal numbers; infinite beyond its largest.
  public func rounded(_ value: Double) -> Double {
    guard value.isFinite, value != 0 else { return value }
    let exponent = max(Int(value.exponent), smallestExponent) - (significantBits - 1)
    let unit = Double(sign: .plus, exponent: exponent, significand: 1)
    let result = (value / unit).rounded(.toNearestOrEven) * unit
    return abs(result) > largestFinite ? (value < 0 ? -.infinity : .infinity) : result
  }

  /// The first position p that the format cannot tell from p + 1: 256, 2,048 or 2^24.
  ///
  /// Spacing grows at powers of two only, so these are the places to look at.
  public var firstCollision: Int {
    (0..<62).lazy.map { 1 << $0 }.first { rounded(Double($0)) == rounded(Double($0 + 1)) } ?? .max
  }
}
