/// 256 numbers in smaller blocks whose scales are quantised themselves (ggml-quants.c, `dequantize_row_q4_K`,
/// `…_q5_K`, `…_q6_K`).
enum SuperBlocks {
  /// x = d · s · q − d′ · m for eight blocks of 32: d, d′, twelve bytes of scales, 128 bytes of halves.
  static let fourBit: BlockFormat.Expansion = { source, count, target in
    for block in 0..<count {
      let bytes = source + 144 * block
      let numbers = target + 256 * block
      for pair in 0..<4 {
        let (low, lowLeast) = scales(bytes, 2 * pair)
        let (high, highLeast) = scales(bytes, 2 * pair + 1)
        let halves = bytes + 16 + 32 * pair
        let out = numbers + 64 * pair
        for i in 0..<32 {
          let byte = halves.byte(i)
          out[i] = low * Float(Int32(byte & 15)) - lowLeast
          out[i + 32] = high * Float(Int32(byte >> 4)) - highLeast
        }
      }
    }
  }

  /// As `fourBit`, with 32 bytes of fifth bits before the halves: bit b of byte i belongs to number i of block b.
  static let fiveBit: BlockFormat.Expansion = { source, count, target in
    for block in 0..<count {
      let bytes = source + 176 * block
      let numbers = target + 256 * block
      let fifth = (bytes + 16).loadUnaligned(as: SIMD32<UInt8>.self)
      for pair in 0..<4 {
        let (low, lowLeast) = scales(bytes, 2 * pair)
        let (high, highLeast) = scales(bytes, 2 * pair + 1)
        let halves = (bytes + 48 + 32 * pair).loadUnaligned(as: SIMD32<UInt8>.self)
        let out = numbers + 64 * pair
        let shift = UInt8(2 * pair)
        for i in 0..<32 { out[i] = low * Float(Int32(halves[i] & 15 | ((fifth[i] &>> shift) & 1) &<< 4)) - lowLeast }
        for i in 0..<32 {
          out[i + 32] = high * Float(Int32(halves[i] &>> 4 | ((fifth[i] &>> shift) & 2) &<< 3)) - highLeast
        }
      }
    }
  }

  /// x = d · s · (q − 32) for sixteen blocks of 16: 128 bytes of low halves, 64 of high quarters, 16 scales, d.
  static let sixBit: BlockFormat.Expansion = { source, count, target in
    for block in 0..<count {
      let bytes = source + 210 * block
      let numbers = target + 256 * block
      let scale = bytes.scale(208)
      for half in 0..<2 {
        let low = (bytes + 64 * half).loadUnaligned(as: SIMD32<UInt8>.self)
        let next = (bytes + 64 * half + 32).loadUnaligned(as: SIMD32<UInt8>.self)
        let high = (bytes + 128 + 32 * half).loadUnaligned(as: SIMD32<UInt8>.self)
        let factors = bytes + 192 + 8 * half
        let out = numbers + 128 * half
        for part in 0..<2 {
          let first = scale * signed(factors, part)
          let second = scale * signed(factors, 2 + part)
          let third = scale * signed(factors, 4 + part)
          let fourth = scale * signed(factors, 6 + part)
          for i in 16 * part..<16 * part + 16 {
            out[i] = first * centred(low[i] & 15 | (high[i] & 3) &<< 4)
            out[i + 32] = second * centred(next[i] & 15 | ((high[i] &>> 2) & 3) &<< 4)
            out[i + 64] = third * centred(low[i] &>> 4 | ((high[i] &>> 4) & 3) &<< 4)
            out[i + 96] = fourth * centred(next[i] &>> 4 | (high[i] &>> 6) &<< 4)
          }
        }
      }
    }
  }

  @inline(__always)
  private static func signed(_ factors: UnsafeRawPointer, _ offset: Int) -> Float {
    Float(Int8(bitPattern: factors.byte(offset)))
  }

  @inline(__always)
  private static func centred(_ number: UInt8) -> Float { Float(Int32(number) - 32) }

  /// Scale and offset of block j of a four- or five-bit super-block: six bits each, the upper two of the last four
  /// blocks tucked into the bytes of the first four (`get_scale_min_k4`).
  @inline(__always)
  private static func scales(_ bytes: UnsafeRawPointer, _ j: Int) -> (scale: Float, least: Float) {
    let packed = bytes + 4
    let scale: UInt8
    let least: UInt8
    if j < 4 {
      scale = packed.byte(j) & 63
      least = packed.byte(j + 4) & 63
    } else {
      scale = packed.byte(j + 4) & 15 | (packed.byte(j - 4) >> 6) << 4
      least = packed.byte(j + 4) >> 4 | (packed.byte(j) >> 6) << 4
    }
    return (bytes.scale(0) * Float(scale), bytes.scale(2) * Float(least))
  }
}
