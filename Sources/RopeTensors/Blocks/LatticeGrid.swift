/// Points of a lattice that blocks draw their numbers from, several numbers at a time.
enum LatticeGrid {
  /// - Parameters:
  ///   - hexadecimal: two bytes a point, the low one first; line ends between them mean nothing.
  ///   - bits: width of the field of one number, the first number in the lowest.
  ///   - values: what a field stands for.
  /// - Returns: one word a point, a signed byte a number, the first number lowest.
  static func points(_ hexadecimal: String, bits: UInt64, values: [Int8]) -> [UInt64] {
    let digits = hexadecimal.utf8.lazy.filter { $0 > 0x20 }.map { UInt64($0 < 0x60 ? $0 - 0x30 : $0 - 0x57) }
    var points: [UInt64] = []
    var word: UInt64 = 0
    for (place, digit) in digits.enumerated() {
      // The digits of the low byte, then of the high one.
      word |= digit << [4, 0, 12, 8][place % 4]
      guard place % 4 == 3 else { continue }
      var point: UInt64 = 0
      for number in 0..<16 / bits {
        let field = Int(word >> (bits * number) & (1 << bits - 1))
        point |= UInt64(UInt8(bitPattern: values[field])) << (8 * number)
      }
      points.append(point)
      word = 0
    }
    return points
  }

  /// The signs of eight numbers from seven bits: the eighth makes the number of negative ones even.
  @inline(__always)
  static func evenSigns(_ bits: UInt32) -> UInt32 {
    let low = bits & 127
    return low | UInt32(truncatingIfNeeded: low.nonzeroBitCount & 1) << 7
  }

  /// Writes scale · v for the eight numbers of a point, negative where their bit of `signs` is set.
  @inline(__always)
  static func write(_ point: UInt64, signs: UInt32, scale: Float, to target: UnsafeMutablePointer<Float>) {
    store(SIMD8<Float>(bytes(of: point)) * scale, to: target)
    // The sign bit is turned in place, which leaves the numbers in their register.
    let negative = SIMD8<UInt32>(repeating: signs) &<< SIMD8<UInt32>(31, 30, 29, 28, 27, 26, 25, 24) & 0x8000_0000
    let words = UnsafeMutableRawPointer(target)
    words.storeBytes(of: words.loadUnaligned(as: SIMD8<UInt32>.self) ^ negative, as: SIMD8<UInt32>.self)
  }

  /// Writes scale · (v + shift) for the eight numbers of a point.
  @inline(__always)
  static func write(_ point: UInt64, shift: Float, scale: Float, to target: UnsafeMutablePointer<Float>) {
    store((SIMD8<Float>(bytes(of: point)) + shift) * scale, to: target)
  }

  @inline(__always)
  private static func bytes(of point: UInt64) -> SIMD8<Int8> {
    withUnsafeBytes(of: point.littleEndian) { $0.loadUnaligned(as: SIMD8<Int8>.self) }
  }

  @inline(__always)
  private static func store(_ numbers: SIMD8<Float>, to target: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(target).storeBytes(of: numbers, as: SIMD8<Float>.self)
  }
}
