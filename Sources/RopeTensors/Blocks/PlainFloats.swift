/// Numbers that stand alone, little-endian, as GGUF and safetensors both store them.
enum PlainFloats {
  static let float32: BlockFormat.Expansion = { source, count, target in
    for i in 0..<count { target[i] = Float(bitPattern: source.word32(4 * i)) }
  }

  static let float16: BlockFormat.Expansion = { source, count, target in
    for i in 0..<count { target[i] = Float(halfPrecision: source.word16(2 * i)) }
  }

  static let bfloat16: BlockFormat.Expansion = { source, count, target in
    for i in 0..<count { target[i] = Float(bitPattern: UInt32(source.word16(2 * i)) << 16) }
  }

  /// Rounded to the nearest float32.
  static let float64: BlockFormat.Expansion = { source, count, target in
    for i in 0..<count {
      let bits = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: 8 * i, as: UInt64.self))
      target[i] = Float(Double(bitPattern: bits))
    }
  }
}

extension Float {
  /// An IEEE half-precision number, from its bits, exactly.
  @inline(__always)
  init(halfPrecision bits: UInt16) {
    // The fields moved to their places make a number too small by 2^112; subnormal ones become normal on the way.
    let magnitude = Float(bitPattern: UInt32(bits & 0x7FFF) << 13) * 0x1p112
    let special = bits & 0x7C00 == 0x7C00 ? UInt32(0x7F80_0000) : 0
    self = Float(bitPattern: magnitude.bitPattern | special | UInt32(bits & 0x8000) << 16)
  }
}

extension UnsafeRawPointer {
  @inline(__always)
  func word16(_ offset: Int) -> UInt16 {
    UInt16(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt16.self))
  }

  @inline(__always)
  func word32(_ offset: Int) -> UInt32 {
    UInt32(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  @inline(__always)
  func byte(_ offset: Int) -> UInt8 { load(fromByteOffset: offset, as: UInt8.self) }

  /// The half-precision number at an offset: the scale of a block.
  @inline(__always)
  func scale(_ offset: Int) -> Float { Float(halfPrecision: word16(offset)) }
}
