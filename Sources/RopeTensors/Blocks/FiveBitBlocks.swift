/// 32 numbers of five bits under one scale (ggml-quants.c, `dequantize_row_q5_0`, `dequantize_row_q5_1`): four bits as
/// in `FourBitBlocks`, the fifth of number i in bit i of a word before them.
enum FiveBitBlocks {
  /// x = d · (q − 16): d in half precision, the word, the bytes.
  static let symmetric: BlockFormat.Expansion = { source, count, target in
    for block in 0..<count {
      let bytes = source + 22 * block
      let numbers = target + 32 * block
      let scale = bytes.scale(0)
      let high = bytes.word32(2)
      for i in 0..<16 {
        let (first, second) = pair(bytes.byte(6 + i), high, i)
        numbers[i] = Float(first - 16) * scale
        numbers[i + 16] = Float(second - 16) * scale
      }
    }
  }

  /// x = d · q + m: d and m in half precision, the word, the bytes.
  static let affine: BlockFormat.Expansion = { source, count, target in
    for block in 0..<count {
      let bytes = source + 24 * block
      let numbers = target + 32 * block
      let scale = bytes.scale(0)
      let least = bytes.scale(2)
      let high = bytes.word32(4)
      for i in 0..<16 {
        let (first, second) = pair(bytes.byte(8 + i), high, i)
        numbers[i] = Float(first) * scale + least
        numbers[i + 16] = Float(second) * scale + least
      }
    }
  }

  /// Numbers i and i + 16.
  @inline(__always)
  private static func pair(_ byte: UInt8, _ high: UInt32, _ i: Int) -> (Int32, Int32) {
    let first = UInt32(byte & 15) | ((high >> UInt32(i)) & 1) << 4
    let second = UInt32(byte >> 4) | ((high >> UInt32(i + 16)) & 1) << 4
    return (Int32(bitPattern: first), Int32(bitPattern: second))
  }
}
