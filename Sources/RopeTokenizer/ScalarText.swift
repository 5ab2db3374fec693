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
