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
      let fifth = bytes + 16
      for pair in 0..<4 {
        let (low, lowLeast) = scales(bytes, 2 * pair)
        let (high, highLeast) = scales(bytes, 2 * pair + 1)
        let halves = bytes + 48 + 32 * pair
        let out = numbers + 64 * pair
        let shift = UInt8(2 * pair)
        for i in 0..<32 {
          let byte = halves.byte(i)
          let upper = fifth.byte(i) &>> shift
          out[i] = low * Float(Int32(byte & 15 | (upper & 1) &<< 4)) - lowLeast
          out[i + 32] = high * Float(Int32(byte &>> 4 | (upper & 2) &<< 3)) - highLeast
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
        let halves = bytes + 64 * half
        let quarters = bytes + 128 + 32 * half
        let factors = bytes + 192 + 8 * half
        let out = numbers + 128 * half
        for part in 0..<2 {
          let first = scale * signed(factors, part)
          let second = scale * signed(factors, 2 + part)
          let third = scale * signed(factors, 4 + part)
          let fourth = scale * signed(factors, 6 + part)
          for i in 16 * part..<16 * part + 16 {
            let low = halves.byte(i)
            let next = halves.byte(i + 32)
            let high = quarters.byte(i)
            out[i] = first * centred(low & 15 | (high & 3) &<< 4)
            out[i + 32] = second * centred(next & 15 | (high &>> 2 & 3) &<< 4)
            out[i + 64] = third * centred(low &>> 4 | (high &>> 4 & 3) &<< 4)
            out[i + 96] = fourth * centred(next &>> 4 | (high &>> 6) &<< 4)
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
