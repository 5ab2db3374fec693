/// Rounding to the number formats that runtimes keep positions and tables in.
enum ReducedPrecision {
  /// Nearest number with this many significant bits, ties to even; exponents are not limited.
  static func rounded(_ value: Double, significantBits: Int) -> Double {
    guard value.isFinite, value != 0 else { return value }
    let unit = Double(sign: .plus, exponent: value.exponent - (significantBits - 1), significand: 1)
    return (value / unit).rounded(.toNearestOrEven) * unit
  }

  static func bfloat16(_ value: Double) -> Double { rounded(value, significantBits: 8) }

  /// Infinite above 65,504.
  static func float16(_ value: Double) -> Double {
    let result = rounded(value, significantBits: 11)
    return abs(result) > 65_504 ? .infinity : result
  }
}
