/// 32 numbers of four bits under one scale (ggml-quants.c, `dequantize_row_q4_0`, `dequantize_row_q4_1`): the low
/// halves of 16 bytes are the first 16 numbers, the high halves the others.
enum FourBitBlocks {
  /// x = d · (q − 8): d in half precision, then the bytes.
  static let symmetric: BlockFormat.Expansion = { source, count, target in
    for block in 0..<count {
      let bytes = source + 18 * block
      let numbers = target + 32 * block
      let scale = bytes.scale(0)
      for i in 0..<16 {
        let byte = bytes.byte(2 + i)
        numbers[i] = Float(Int32(byte & 15) - 8) * scale
        numbers[i + 16] = Float(Int32(byte >> 4) - 8) * scale
      }
    }
  }

  /// x = d · q + m: d and m in half precision, then the bytes.
  static let affine: BlockFormat.Expansion = { source, count, target in
    for block in 0..<count {
      let bytes = source + 20 * block
      let numbers = target + 32 * block
      let scale = bytes.scale(0)
      let least = bytes.scale(2)
      for i in 0..<16 {
        let byte = bytes.byte(4 + i)
        numbers[i] = Float(Int32(byte & 15)) * scale + least
        numbers[i + 16] = Float(Int32(byte >> 4)) * scale + least
      }
    }
  }
}
