/// 256 numbers of two bits in sixteen blocks of 16 (ggml-quants.c, `dequantize_row_q2_K`).
enum TwoBitSuperBlocks {
  /// x = d · s · q − d′ · m: sixteen bytes of s (low half) and m (high half), 64 bytes of quarters, d, d′.
  static let expansion: BlockFormat.Expansion = { source, count, target in
    for block in 0..<count {
      let bytes = source + 84 * block
      let numbers = target + 256 * block
      let scale = bytes.scale(80)
      let least = bytes.scale(82)
      for half in 0..<2 {
        for part in 0..<2 {
          let quarters = (bytes + 16 + 32 * half + 16 * part).loadUnaligned(as: SIMD16<UInt8>.self)
          for shift in 0..<4 {
            let factors = bytes.byte(8 * half + 2 * shift + part)
            let factor = scale * Float(factors & 15)
            let offset = least * Float(factors >> 4)
            let out = numbers + 128 * half + 32 * shift + 16 * part
            for i in 0..<16 { out[i] = factor * Float(Int32((quarters[i] &>> UInt8(2 * shift)) & 3)) - offset }
          }
        }
      }
    }
  }
}
