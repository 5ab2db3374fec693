/// 256 numbers of about two bits: eight at a time a point of a lattice, with their signs (ggml-quants.c,
/// `dequantize_row_iq2_xxs`, `…_iq2_xs`, `…_iq2_s`). x = d · (s + ½) / 4 · ±v.
enum TwoBitLattices {
  /// IQ2_XXS: d, then for each 32 numbers four bytes of points and a word of four times seven signs and s.
  static let smallest: BlockFormat.Expansion = { source, count, target in
    TwoBitGrid256.points.withUnsafeBufferPointer { grid in
      for block in 0..<count {
        let bytes = source + 66 * block
        let scale = bytes.scale(0)
        for part in 0..<8 {
          let word = bytes.word32(6 + 8 * part)
          let factor = scale * (0.5 + Float(word >> 28)) * 0.25
          for i in 0..<4 {
            let point = grid[Int(bytes.byte(2 + 8 * part + i))]
            LatticeGrid.write(
              point, signs: LatticeGrid.evenSigns(word >> UInt32(7 * i)), scale: factor,
              to: target + 256 * block + 32 * part + 8 * i)
          }
        }
      }
    }
  }

  /// IQ2_XS: d, 32 words of a point (nine bits) and seven signs, eight bytes of s for 16 numbers each.
  static let small: BlockFormat.Expansion = { source, count, target in
    TwoBitGrid512.points.withUnsafeBufferPointer { grid in
      for block in 0..<count {
        let bytes = source + 74 * block
        let scale = bytes.scale(0)
        for i in 0..<32 {
          let word = bytes.word16(2 + 2 * i)
          LatticeGrid.write(
            grid[Int(word & 511)], signs: LatticeGrid.evenSigns(UInt32(word >> 9)), scale: factor(scale, bytes + 66, i),
            to: target + 256 * block + 8 * i)
        }
      }
    }
  }

  /// IQ2_S: d, 32 bytes of points, 32 of signs, eight of the points' upper two bits, eight of s for 16 numbers each.
  static let large: BlockFormat.Expansion = { source, count, target in
    TwoBitGrid1024.points.withUnsafeBufferPointer { grid in
      for block in 0..<count {
        let bytes = source + 82 * block
        let scale = bytes.scale(0)
        for i in 0..<32 {
          let high = Int(bytes.byte(66 + i / 4) >> UInt8(2 * (i % 4)) & 3)
          LatticeGrid.write(
            grid[Int(bytes.byte(2 + i)) | high << 8], signs: UInt32(bytes.byte(34 + i)),
            scale: factor(scale, bytes + 74, i), to: target + 256 * block + 8 * i)
        }
      }
    }
  }

  /// Of the eight numbers i: half a byte for 16 numbers.
  @inline(__always)
  private static func factor(_ scale: Float, _ packed: UnsafeRawPointer, _ i: Int) -> Float {
    scale * (0.5 + Float(packed.byte(i / 4) >> UInt8(4 * (i / 2 % 2)) & 15)) * 0.25
  }
}
