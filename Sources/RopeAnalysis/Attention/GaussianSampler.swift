import RopeMath

/// Standard normal numbers in float32 by the Box–Muller transform, sixteen at a time; the same for a seed everywhere.
///
/// Uniforms have 32 bits, so no sample lies beyond √(66 ln 2) = 6.76.
public struct GaussianSampler: Sendable {
  private var generator: SeededGenerator

  public init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// `count` independent samples.
  public mutating func samples(_ count: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, filled in
      fill(buffer)
      filled = count
    }
  }

  /// Overwrites the whole buffer.
  public mutating func fill(_ buffer: UnsafeMutableBufferPointer<Float>) {
    guard let start = buffer.baseAddress else { return }
    let target = UnsafeMutableRawPointer(start)
    let stride = MemoryLayout<SIMD8<Float>>.size
    let whole = buffer.count / 16
    for block in 0..<whole {
      let (first, second) = next()
      target.storeBytes(of: first, toByteOffset: 2 * block * stride, as: SIMD8<Float>.self)
      target.storeBytes(of: second, toByteOffset: (2 * block + 1) * stride, as: SIMD8<Float>.self)
    }
    guard buffer.count > 16 * whole else { return }
    let (first, second) = next()
    for lane in 0..<(buffer.count - 16 * whole) {
      buffer[16 * whole + lane] = lane < 8 ? first[lane] : second[lane - 8]
    }
  }

  @inline(__always)
  private mutating func next() -> (SIMD8<Float>, SIMD8<Float>) {
    var radiusBits = SIMD8<UInt32>(), angleBits = SIMD8<UInt32>()
    for lane in 0..<8 {
      let bits = generator.next()
      radiusBits[lane] = UInt32(truncatingIfNeeded: bits >> 32)
      angleBits[lane] = UInt32(truncatingIfNeeded: bits)
    }
    let uniform = (Self.number(radiusBits &>> 16) * 65_536 + Self.number(radiusBits & 0xFFFF) + 0.5) * 0x1p-32
    let squared = VectorFunctions.log(uniform) * -2
    let radius = squared.replacing(with: 0, where: squared .< 0).squareRoot()
    // 22 bits within an eighth of a turn to either side, then a swap and a sign choose the arc.
    let turn = (Self.number(angleBits &>> 10) + 0.5) * 0x1p-22 - 0.5
    let angle = turn * 1.570_796_3
    let square = angle * angle
    var sine = square * 2.755_731_9e-6 - 1.984_127e-4
    sine = sine * square + 8.333_333_3e-3
    sine = sine * square - 1.666_666_7e-1
    sine = sine * square * angle + angle
    var cosine = square * 2.480_158_7e-5 - 1.388_888_9e-3
    cosine = cosine * square + 4.166_666_8e-2
    cosine = cosine * square - 0.5
    cosine = cosine * square + 1
    let signed = VectorFunctions.numbers(VectorFunctions.bits(cosine) ^ (angleBits &<< 31))
    let swaps = (angleBits & 2) .== 2
    return (
      radius * signed.replacing(with: sine, where: swaps), radius * sine.replacing(with: signed, where: swaps)
    )
  }

  /// Whole numbers below 2^22 as float32.
  @inline(__always)
  private static func number(_ bits: SIMD8<UInt32>) -> SIMD8<Float> {
    VectorFunctions.numbers(bits | 0x4B00_0000) - 8_388_608
  }
}
