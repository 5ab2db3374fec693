/// 256 numbers −1, 0 or 1 under one scale.
enum TernaryBlocks {
  /// TQ1_0, x = d · (q − 1): five numbers a byte in base three, as a fraction of 256 (ggml-quants.c,
  /// `dequantize_row_tq1_0`): 48 bytes, four more with four numbers each, d.
  static let baseThree: BlockFormat.Expansion = { source, count, target in
    for block in 0..<count {
      let bytes = source + 54 * block
      let numbers = target + 256 * block
      let scale = bytes.scale(52)
      write(bytes, 32, digits: 5, scale, to: numbers)
      write(bytes + 32, 16, digits: 5, scale, to: numbers + 160)
      write(bytes + 48, 4, digits: 4, scale, to: numbers + 240)
    }
  }

  /// The first digit of every byte, then the second …
  @inline(__always)
  private static func write(
    _ bytes: UnsafeRawPointer, _ count: Int, digits: Int, _ scale: Float, to out: UnsafeMutablePointer<Float>
  ) {
    var power: UInt8 = 1
    for digit in 0..<digits {
      for i in 0..<count {
        let rest = UInt16(bytes.byte(i) &* power)
        out[digit * count + i] = scale * Float(Int32((rest &* 3) &>> 8) - 1)
      }
      power = power &* 3
    }
  }

  /// TQ2_0, x = d · (q − 1): 64 bytes of quarters, d (ggml-quants.c, `dequantize_row_tq2_0`).
  static let quarters: BlockFormat.Expansion = { source, count, target in
    for block in 0..<count {
      let bytes = source + 66 * block
      let scale = bytes.scale(64)
      for half in 0..<2 {
        let quarters = bytes + 32 * half
        for shift in 0..<4 {
          let out = target + 256 * block + 128 * half + 32 * shift
          for i in 0..<32 { out[i] = scale * Float(Int32(quarters.byte(i) &>> UInt8(2 * shift) & 3) - 1) }
        }
      }
    }
  }
}
