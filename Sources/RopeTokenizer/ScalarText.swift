/// A text taken apart into code points, each with its class and its place in the UTF-8.
struct ScalarText {
  private(set) var values: [UInt32] = []
  private(set) var classes: [CharacterClass] = []
  /// One more than there are code points.
  private(set) var offsets: [Int] = []

  /// - Parameter utf8: valid UTF-8; a byte that is none counts as one unassigned character.
  init(_ utf8: UnsafeBufferPointer<UInt8>) {
    values.reserveCapacity(utf8.count)
    classes.reserveCapacity(utf8.count)
    offsets.reserveCapacity(utf8.count + 1)
    var place = 0
    while place < utf8.count {
      let (value, length) = UTF8Character.decode(utf8, at: place)
      offsets.append(place)
      values.append(value)
      classes.append(.of(value))
      place += length
    }
    offsets.append(utf8.count)
  }

  var count: Int { values.count }
}

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
}
