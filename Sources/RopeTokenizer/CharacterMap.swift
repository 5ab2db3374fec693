/// What SentencePiece makes of characters before it cuts a text (`precompiled_charsmap`): a double-array trie of byte
/// sequences, each with the place of its replacement in a list of texts that end with a zero byte.
struct CharacterMap: Sendable {
  private var units: [UInt32] = []
  private var texts: [UInt8] = []

  /// The map that changes nothing.
  init() {}

  /// - Returns: nil where the sizes contradict each other, or a replacement is too long. No bytes at all are an empty map.
  init?(_ bytes: some RandomAccessCollection<UInt8>) {
    guard !bytes.isEmpty else { return }
    let bytes = Array(bytes)
    guard bytes.count >= 4 else { return nil }
    let size = Int(Self.word(bytes, 0))
    guard size.isMultiple(of: 4), size <= bytes.count - 4 else { return nil }
    units = stride(from: 4, to: 4 + size, by: 4).map { Self.word(bytes, $0) }
    texts = Array(bytes[(4 + size)...])
    guard texts.split(separator: 0).allSatisfy({ $0.count <= Self.longestText }) else { return nil }
  }

  /// Bytes of a replacement at most; the longest in use has some thirty.
  private static let longestText = 128

  private static func word(_ bytes: [UInt8], _ place: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << (8 * UInt32($1)) }
  }

  var isEmpty: Bool { units.isEmpty }

  /// The replacement for what stands at a place, and how many bytes it replaces: for the longest sequence of the map,
  /// or for the shortest.
  func replacement(
    in text: UnsafeBufferPointer<UInt8>, at start: Int, end: Int, longest: Bool
  ) -> (text: ArraySlice<UInt8>, length: Int)? {
    guard let root = units.first else { return nil }
    var node = Int(Self.offset(root))
    var found: (text: ArraySlice<UInt8>, length: Int)?
    for place in start..<end {
      let byte = text[place]
      node ^= Int(byte)
      // A damaged map may point anywhere.
      guard byte != 0, units.indices.contains(node), units[node] & 0x8000_00FF == UInt32(byte) else { break }
      let unit = units[node]
      node ^= Int(Self.offset(unit))
      guard unit >> 8 & 1 == 1, units.indices.contains(node) else { continue }
      let value = Int(units[node] & 0x7FFF_FFFF)
      guard value < texts.count else { break }
      found = (texts[value...].prefix { $0 != 0 }, place + 1 - start)
      if !longest { break }
    }
    return found
  }

  private static func offset(_ unit: UInt32) -> UInt32 { (unit >> 10) << ((unit & 0x200) >> 6) }
}
