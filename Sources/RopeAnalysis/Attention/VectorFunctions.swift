/// Elementary functions of eight float32 numbers at once, for simulations that need millions of them.
///
/// Plain IEEE arithmetic without fused operations, so every machine gives the same bits.
public enum VectorFunctions {
  /// 1.5 · 2^23: adding it to a float32 of moderate size rounds to a whole number, held in the low bits.
  private static let rounder: Float = 12_582_912

  /// `e^x`, relative error below 3e-7 for −87 ≤ x ≤ 88; smaller x give e^−87, larger ones are not allowed.
  @inline(__always)
  public static func exp(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let lowest = SIMD8<Float>(repeating: -87)
    let bounded = x.replacing(with: lowest, where: x .< lowest)
    let shifted = bounded * 1.442_695_04 + rounder
    let whole = shifted - rounder
    // ln 2 in two parts, the first exact in float32 with room for the product.
    let rest = bounded - whole * 0.693_359_375 - whole * -2.121_944_4e-4
    var sum = rest * 1.987_569_1e-4 + 1.398_199_9e-3
    sum = sum * rest + 8.333_452e-3
    sum = sum * rest + 4.166_579_6e-2
    sum = sum * rest + 1.666_666_5e-1
    sum = sum * rest + 0.5
    sum = sum * rest * rest + rest + 1
    let exponent = (bits(shifted) &<< 23) &+ (127 << 23)
    return sum * numbers(exponent)
  }

  /// `ln x` for positive normal x; absolute error below 2e-7 near 1, relative error below 3e-7 elsewhere.
  @inline(__always)
  public static func log(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let pattern = bits(x)
    // The mantissa is brought into √½ … √2, where the series is short.
    let offset = pattern &- 0x3F35_04F3
    let mantissa = numbers((offset & 0x7F_FFFF) &+ 0x3F35_04F3)
    let power = numbers((offset &>> 23) &+ 0x4B40_0000) - rounder
    // The shift was a logical one: the upper half of its 9 bits stands for negative powers.
    let signedPower = power.replacing(with: power - 512, where: power .> 255)
    let r = mantissa - 1
    let square = r * r
    var sum = r * 7.037_683_6e-2 - 1.151_461e-1
    sum = sum * r + 1.167_699_9e-1
    sum = sum * r - 1.242_014_1e-1
    sum = sum * r + 1.424_932_3e-1
    sum = sum * r - 1.666_805_7e-1
    sum = sum * r + 2.000_071_5e-1
    sum = sum * r - 2.499_999_4e-1
    sum = sum * r + 3.333_333_1e-1
    let series = sum * r * square - square * 0.5 + r
    return series + signedPower * 0.693_147_18
  }

  /// The least of the numbers; +∞ of none.
  static func least(_ numbers: ArraySlice<Float>) -> Float {
    numbers.withUnsafeBytes { bytes in
      var least = SIMD8<Float>(repeating: .infinity)
      let whole = numbers.count / 8
      for index in 0..<whole {
        let next = bytes.loadUnaligned(fromByteOffset: 32 * index, as: SIMD8<Float>.self)
        least.replace(with: next, where: next .< least)
      }
      return numbers.dropFirst(8 * whole).reduce(least.min(), min)
    }
  }

  /// The bit patterns of eight numbers; the loop compiles to no instruction at all.
  @inline(__always)
  static func bits(_ numbers: SIMD8<Float>) -> SIMD8<UInt32> {
    var bits = SIMD8<UInt32>()
    for lane in 0..<8 { bits[lane] = numbers[lane].bitPattern }
    return bits
  }

  /// The numbers of eight bit patterns.
  @inline(__always)
  static func numbers(_ bits: SIMD8<UInt32>) -> SIMD8<Float> {
    var numbers = SIMD8<Float>()
    for lane in 0..<8 { numbers[lane] = Float(bitPattern: bits[lane]) }
    return numbers
  }
}
