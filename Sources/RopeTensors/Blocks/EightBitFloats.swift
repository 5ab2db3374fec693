/// Floating-point numbers of eight bits, exactly (OCP 8-bit Floating Point Specification 1.0; for the exponents alone,
/// OCP Microscaling Formats 1.0).
enum EightBitFloats {
  /// One sign, four bits of exponent, three of mantissa: no infinities, all ones are not a number.
  static let e4m3: BlockFormat.Expansion = { source, count, target in
    for i in 0..<count {
      let byte = UInt32(source.byte(i))
      // The fields moved to their places make a number too small by 2^120; subnormal ones become normal on the way.
      let magnitude = (Float(bitPattern: (byte & 0x7F) << 20) * 0x1p120).bitPattern
      let special: UInt32 = byte & 0x7F == 0x7F ? 0x7FC0_0000 : 0
      target[i] = Float(bitPattern: magnitude | special | (byte & 0x80) << 24)
    }
  }

  /// The upper byte of a half-precision number.
  static let e5m2: BlockFormat.Expansion = { source, count, target in
    for i in 0..<count { target[i] = Float(halfPrecision: UInt16(source.byte(i)) << 8) }
  }

  /// 2^(e − 127), a scale; 255 is not a number.
  static let exponents: BlockFormat.Expansion = { source, count, target in
    for i in 0..<count {
      let byte = UInt32(source.byte(i))
      target[i] = Float(bitPattern: byte == 0 ? 0x0040_0000 : byte == 255 ? 0x7FC0_0000 : byte << 23)
    }
  }
}
