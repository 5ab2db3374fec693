/// 32 signed bytes under one scale (ggml-quants.c, `dequantize_row_q8_0`).
enum EightBitBlocks {
  /// x = d · q: d in half precision, then the bytes.
  static let symmetric: BlockFormat.Expansion = { source, count, target in
    for block in 0..<count {
      let bytes = source + 34 * block
      let numbers = target + 32 * block
      let scale = bytes.scale(0)
      let integers = (bytes + 2).loadUnaligned(as: SIMD32<Int8>.self)
      for i in 0..<32 { numbers[i] = Float(integers[i]) * scale }
    }
  }
}
