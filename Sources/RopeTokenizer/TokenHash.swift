/// Hashes short texts, eight bytes at a time.
enum TokenHash {
  /// Different in every run: a vocabulary made to collide cannot know it. What is found does not depend on it.
  private static let seed = UInt64(truncatingIfNeeded: Hasher().finalize())
  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

  static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var hash = seed ^ UInt64(truncatingIfNeeded: text.count)
    let bytes = UnsafeRawBufferPointer(text)
    var place = 0
    while place + 8 <= bytes.count {
      hash = fold(hash ^ bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      place += 8
    }
    var rest: UInt64 = 0
    while place < bytes.count {
      rest = rest << 8 | UInt64(bytes[place])
      place += 1
    }
    return Int(truncatingIfNeeded: fold(fold(hash ^ rest) ^ seed))
  }

  @inline(__always)
  private static func fold(_ value: UInt64) -> UInt64 {
    let product = (value ^ multiplier).multipliedFullWidth(by: multiplier ^ 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
