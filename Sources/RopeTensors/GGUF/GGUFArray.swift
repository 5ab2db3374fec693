/// A list in a GGUF file's metadata. It stays in the file's bytes, which were checked when the file was opened, and is
/// read on demand: vocabularies have hundreds of thousands of entries.
public struct GGUFArray: Sendable {
  public let elementType: GGUFValueType
  public let count: Int
  let bytes: Range<Int>
  let file: MappedFile

  /// Hands over the UTF-8 of one text after another; nothing where the elements are no texts.
  public func forEachText<Failure: Error>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
    guard elementType == .string else { return }
    try file.withBytes(bytes) { (all) throws(Failure) in
      var place = 0
      for _ in 0..<count {
        let length = Int(truncatingIfNeeded: all.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian)
        place += 8
        try body(UnsafeRawBufferPointer(rebasing: all[place..<place + length]))
        place += length
      }
    }
  }

  /// The texts; nil where the elements are none.
  public var texts: [String]? {
    guard elementType == .string else { return nil }
    var texts: [String] = []
    texts.reserveCapacity(count)
    forEachText { texts.append(String(decoding: $0, as: UTF8.self)) }
    return texts
  }

  /// The numbers (0 and 1 for flags); nil where the elements are none.
  public var numbers: [Double]? {
    guard let width = elementType.byteCount else { return nil }
    return file.withBytes(bytes) { all in
      (0..<count).map { index in
        let value = GGUFCursor.scalar(elementType, all, index * width)
        return value.number ?? (value.flag == true ? 1 : 0)
      }
    }
  }

  /// The whole numbers (0 and 1 for flags); nil where the elements are none.
  public var integers: [Int]? {
    guard elementType != .float32, elementType != .float64 else { return nil }
    return numbers?.map { Int(exactly: $0) ?? Int.max }
  }
}
