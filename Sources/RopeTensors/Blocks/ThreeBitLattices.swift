/// 256 numbers of about three bits: four at a time a point of a lattice, with their signs (ggml-quants.c,
/// `dequantize_row_iq3_xxs`, `dequantize_row_iq3_s`).
enum ThreeBitLattices {
  /// IQ3_XXS, x = d · (s + ½) / 2 · ±v: d, 64 bytes of points, and for each 32 numbers a word of four times seven
  /// signs and s.
  static let small: BlockFormat.Expansion = { source, count, target in
    ThreeBitGrid256.points.withUnsafeBufferPointer { grid in
      for block in 0..<count {
        let bytes = source + 98 * block
        let scale = bytes.scale(0)
        for part in 0..<8 {
          let word = bytes.word32(66 + 4 * part)
          let factor = scale * (0.5 + Float(word >> 28)) * 0.5
          for i in 0..<4 {
            let places = bytes + 2 + 8 * part + 2 * i
            LatticeGrid.write(
              grid[Int(places.byte(0))] | grid[Int(places.byte(1))] << 32,
              signs: LatticeGrid.evenSigns(word >> UInt32(7 * i)), scale: factor,
              to: target + 256 * block + 32 * part + 8 * i)
          }
        }
      }
    }
  }

  /// IQ3_S, x = d · (1 + 2s) · ±v: d, 64 bytes of points, eight of their ninth bits, 32 of signs, four of s for 32
  /// numbers each.
  static let large: BlockFormat.Expansion = { source, count, target in
    ThreeBitGrid512.points.withUnsafeBufferPointer { grid in
      for block in 0..<count {
        let bytes = source + 110 * block
        let scale = bytes.scale(0)
        for part in 0..<8 {
          let ninth = Int(bytes.byte(66 + part))
          let factor = scale * Float(1 + 2 * (bytes.byte(106 + part / 2) >> UInt8(4 * (part % 2)) & 15))
          for i in 0..<4 {
            let places = bytes + 2 + 8 * part + 2 * i
            let first = Int(places.byte(0)) | (ninth >> (2 * i) & 1) << 8
            let second = Int(places.byte(1)) | (ninth >> (2 * i + 1) & 1) << 8
            LatticeGrid.write(
              grid[first] | grid[second] << 32, signs: UInt32(bytes.byte(74 + 4 * part + i)), scale: factor,
              to: target + 256 * block + 32 * part + 8 * i)
          }
        }
      }
    }
  }
}
