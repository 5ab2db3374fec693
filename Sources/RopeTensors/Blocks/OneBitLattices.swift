/// 256 numbers of less than two bits: eight at a time a point of a lattice of −1, 0 and 1, moved by an eighth up or
/// down (ggml-quants.c, `dequantize_row_iq1_s`, `dequantize_row_iq1_m`). x = d · (1 + 2s) · (v ± ⅛).
enum OneBitLattices {
  /// IQ1_S: d, 32 bytes of points, and for each 32 numbers a word: three upper bits of each point, s, the direction.
  static let small: BlockFormat.Expansion = { source, count, target in
    OneBitGrid2048.points.withUnsafeBufferPointer { grid in
      for block in 0..<count {
        let bytes = source + 50 * block
        let scale = bytes.scale(0)
        for part in 0..<8 {
          let word = Int(bytes.word16(34 + 2 * part))
          let factor = scale * Float(1 + 2 * (word >> 12 & 7))
          for i in 0..<4 {
            let place = Int(bytes.byte(2 + 4 * part + i)) | (word >> (3 * i) & 7) << 8
            LatticeGrid.write(
              grid[place], shift: word & 0x8000 == 0 ? 0.125 : -0.125, scale: factor,
              to: target + 256 * block + 32 * part + 8 * i)
          }
        }
      }
    }
  }

  /// IQ1_M: 32 bytes of points, 16 with half a byte for each: three upper bits and the direction; four words, each with
  /// four s of 16 numbers and four bits of d.
  static let large: BlockFormat.Expansion = { source, count, target in
    OneBitGrid2048.points.withUnsafeBufferPointer { grid in
      for block in 0..<count {
        let bytes = source + 56 * block
        var half: UInt16 = 0
        for i in 0..<4 { half |= (bytes.word16(48 + 2 * i) >> 12) << UInt16(4 * i) }
        let scale = Float(halfPrecision: half)
        for i in 0..<32 {
          let upper = Int(bytes.byte(32 + i / 2) >> UInt8(4 * (i % 2)))
          let factor = bytes.word16(48 + 2 * (i / 8)) >> UInt16(3 * (i / 2 % 4)) & 7
          LatticeGrid.write(
            grid[Int(bytes.byte(i)) | (upper & 7) << 8], shift: upper & 8 == 0 ? 0.125 : -0.125,
            scale: scale * Float(1 + 2 * factor), to: target + 256 * block + 8 * i)
        }
      }
    }
  }
}
