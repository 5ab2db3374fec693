/// The characters in which byte-level vocabularies write bytes (GPT-2, `bytes_to_unicode`): printable bytes of Latin-1
/// stand for themselves, the others for the characters from U+0100 on.
enum ByteAlphabet {
  /// By byte.
  static let characters: [UInt32] = {
    var next: UInt32 = 0x100
    return (0..<256).map { (byte: UInt32) in
      if (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || (0xAE...0xFF).contains(byte) { return byte }
      defer { next += 1 }
      return next
    }
  }()

  private static let bytes: [UInt8?] = {
    var bytes = [UInt8?](repeating: nil, count: 0x144)
    for (byte, character) in characters.enumerated() { bytes[Int(character)] = UInt8(byte) }
    return bytes
  }()

  /// The bytes that a text in this alphabet stands for; nil where it has a character that is not in it.
  static func bytes(of text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var place = 0
    while place < text.count {
      let (value, length) = UTF8Character.decode(text, at: place)
      guard value < UInt32(bytes.count), let byte = bytes[Int(value)] else { return nil }
      result.append(byte)
      place += length
    }
    return result
  }

  /// The UTF-8 of the character for a byte.
  static func text(of byte: UInt8) -> [UInt8] {
    let value = characters[Int(byte)]
    return value < 0x80 ? [UInt8(value)] : [UInt8(0xC0 | value >> 6), UInt8(0x80 | value & 0x3F)]
  }
}
