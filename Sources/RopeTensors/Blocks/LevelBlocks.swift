/// Numbers of four bits that choose among sixteen levels, low halves of 16 bytes first, then the high ones.
enum LevelBlocks {
  /// IQ4_NL, x = d · level(q) for 32 numbers: d in half precision, the bytes (ggml-quants.c, `dequantize_row_iq4_nl`).
  static let curved: BlockFormat.Expansion = { source, count, target in
    for block in 0..<count {
      let bytes = source + 18 * block
      write(bytes + 2, curvedLevels * bytes.scale(0), to: target + 32 * block)
    }
  }

  /// IQ4_XS, x = d · (s − 32) · level(q) for eight blocks of 32: d, sixteen bits with the upper two of each s, four
  /// bytes with the lower four, 128 bytes of halves (ggml-quants.c, `dequantize_row_iq4_xs`).
  static let curvedSuper: BlockFormat.Expansion = { source, count, target in
    for block in 0..<count {
      let bytes = source + 136 * block
      let scale = bytes.scale(0)
      let upper = bytes.word16(2)
      for part in 0..<8 {
        let low = bytes.byte(4 + part / 2) >> UInt8(4 * (part % 2)) & 15
        let high = UInt8(truncatingIfNeeded: upper >> UInt16(2 * part) & 3)
        let factor = scale * Float(Int32(low | high << 4) - 32)
        write(bytes + 8 + 16 * part, curvedLevels * factor, to: target + 256 * block + 32 * part)
      }
    }
  }

  /// MXFP4, x = 2^(e − 128) · level(q) for 32 numbers: e, the bytes (OCP Microscaling Formats 1.0; the levels here are
  /// those of E2M1 doubled).
  static let microscaled: BlockFormat.Expansion = { source, count, target in
    for block in 0..<count {
      let bytes = source + 17 * block
      let exponent = UInt32(bytes.byte(0))
      let scale = Float(bitPattern: exponent < 2 ? 0x0020_0000 << exponent : (exponent - 1) << 23)
      write(bytes + 1, floatLevels * scale, to: target + 32 * block)
    }
  }

  /// NVFP4, x = s / 2 · level(q) for four blocks of 16: four scales in E4M3 without a sign, 8 bytes of halves each
  /// (ggml-quants.c, `dequantize_row_nvfp4`). A scale that is not a number counts as 0.
  static let nvidia: BlockFormat.Expansion = { source, count, target in
    for block in 0..<count {
      let bytes = source + 36 * block
      for part in 0..<4 {
        let scale = bytes.byte(part)
        // As E4M3, but the highest exponent's last mantissa is a number where the sign is set.
        let magnitude = Float(bitPattern: UInt32(scale & 0x7F) << 20) * 0x1p119
        let levels = floatLevels * (scale == 0x7F ? 0 : magnitude)
        let out = target + 64 * block + 16 * part
        withUnsafeBytes(of: levels) { levels in
          for i in 0..<8 {
            let byte = bytes.byte(4 + 8 * part + i)
            out[i] = levels.loadUnaligned(fromByteOffset: 4 * Int(byte & 15), as: Float.self)
            out[i + 8] = levels.loadUnaligned(fromByteOffset: 4 * Int(byte >> 4), as: Float.self)
          }
        }
      }
    }
  }

  private static let curvedLevels = SIMD16<Float>(
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113)
  private static let floatLevels = SIMD16<Float>(0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12)

  /// 32 numbers from 16 bytes.
  @inline(__always)
  private static func write(_ bytes: UnsafeRawPointer, _ levels: SIMD16<Float>, to out: UnsafeMutablePointer<Float>) {
    withUnsafeBytes(of: levels) { levels in
      for i in 0..<16 {
        let byte = bytes.byte(i)
        out[i] = levels.loadUnaligned(fromByteOffset: 4 * Int(byte & 15), as: Float.self)
        out[i + 16] = levels.loadUnaligned(fromByteOffset: 4 * Int(byte >> 4), as: Float.self)
      }
    }
  }
}
