/// 256 numbers of three bits in sixteen blocks of 16 (ggml-quants.c, `dequantize_row_q3_K`).
enum ThreeBitSuperBlocks {
  /// x = d · (s − 32) · (q − 4): 32 bytes of third bits, 64 of quarters, twelve of scales, d.
  static let expansion: BlockFormat.Expansion = { source, count, target in
    for block in 0..<count {
      let bytes = source + 110 * block
      let numbers = target + 256 * block
      let scale = bytes.scale(108)
      for part in 0..<2 {
        let third = bytes + 16 * part
        for half in 0..<2 {
          let quarters = bytes + 32 + 32 * half + 16 * part
          for shift in 0..<4 {
            let factor = scale * factor(bytes + 96, 8 * half + 2 * shift + part)
            let out = numbers + 128 * half + 32 * shift + 16 * part
            let bit = UInt8(4 * half + shift)
            for i in 0..<16 {
              let number = quarters.byte(i) &>> UInt8(2 * shift) & 3 | (third.byte(i) &>> bit & 1) &<< 2
              out[i] = factor * Float(Int32(number) - 4)
            }
          }
        }
      }
    }
  }

  /// Six bits: the lower four of blocks 0 … 7 and 8 … 15 in the halves of eight bytes, the upper two in four more.
  @inline(__always)
  private static func factor(_ packed: UnsafeRawPointer, _ block: Int) -> Float {
    let low = packed.byte(block & 7) >> UInt8(block < 8 ? 0 : 4) & 15
    let high = packed.byte(8 + block & 3) >> UInt8(2 * (block / 4)) & 3
    return Float(Int32(low | high << 4) - 32)
  }
}
