/// UTF-8, one character at a time.
enum UTF8Character {
  /// The code point at a place, and how many bytes it takes.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> (value: UInt32, length: Int) {
    let first = bytes[place]
    let length = self.length(first, room: bytes.count - place)
    guard length > 1 else { return (UInt32(first), 1) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for offset in 1..<length { value = value << 6 | UInt32(bytes[place + offset] & 0x3F) }
    return (value, length)
  }

  /// Bytes of the character that begins with this one.
  static func length(_ first: UInt8, room: Int) -> Int {
    let length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    return length <= room ? length : 1
  }

  static func encode(_ scalar: Unicode.Scalar) -> [UInt8] {
    Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
