/// Tokens that stand in a text as they are, outside of merging: markers such as `<|im_end|>`, and runs of spaces or
/// line ends that a vocabulary keeps whole. Found by a trie, the leftmost first, of several at a place the longest.
struct SpecialTokens: Sendable {
  struct Token: Sendable {
    let id: Int32
    /// Recognised only where markers are asked for: text must not be able to forge them.
    let isControl: Bool
    /// White space before or after it belongs to it.
    var takesSpaceBefore = false
    var takesSpaceAfter = false
    /// Only between characters that are no letters, digits or underscores.
    var isWholeWord = false
  }

  enum Fragment {
    case text(Range<Int>)
    case token(Int32)
  }

  private var children: [UInt64: Int32] = [:]
  private var firstBytes = [Int32](repeating: -1, count: 256)
  private var ends: [Token?] = []

  /// Bytes of one token at most; the longest in use, runs of spaces, have about a hundred.
  static let longest = 256
  /// Bytes of all together at most.
  static let mostBytes = 4 << 20

  var isEmpty: Bool { ends.isEmpty }

  /// - Throws: `TokenizerError.unsupported` for a text that is too long.
  mutating func insert(_ text: some Collection<UInt8>, _ token: Token) throws(TokenizerError) {
    guard let first = text.first else { return }
    guard text.count <= Self.longest, ends.count + text.count <= Self.mostBytes else {
      throw .unsupported(
        "the added token \(token.id) has \(text.count) bytes, beside \(ends.count) of others; at most \(Self.longest) are read, and \(Self.mostBytes) of all together"
      )
    }
    if firstBytes[Int(first)] < 0 { firstBytes[Int(first)] = newNode() }
    var node = firstBytes[Int(first)]
    for byte in text.dropFirst() {
      let key = Self.key(node, byte)
      if let next = children[key] {
        node = next
      } else {
        node = newNode()
        children[key] = node
      }
    }
    ends[Int(node)] = token
  }

  private mutating func newNode() -> Int32 {
    ends.append(nil)
    return Int32(truncatingIfNeeded: ends.count - 1)
  }

  private static func key(_ node: Int32, _ byte: UInt8) -> UInt64 {
    UInt64(UInt32(bitPattern: node)) << 8 | UInt64(byte)
  }

  /// The text's parts, in order.
  func fragments(of text: UnsafeBufferPointer<UInt8>, recognisingControl: Bool) -> [Fragment] {
    var fragments: [Fragment] = []
    var start = 0
    var place = 0
    while place < text.count {
      guard firstBytes[Int(text[place])] >= 0, let (token, length) = match(text, at: place, recognisingControl) else {
        place += 1
        continue
      }
      var before = place
      if token.takesSpaceBefore { while before > start, Self.isSpace(text[before - 1]) { before -= 1 } }
      if before > start { fragments.append(.text(start..<before)) }
      fragments.append(.token(token.id))
      place += length
      if token.takesSpaceAfter { while place < text.count, Self.isSpace(text[place]) { place += 1 } }
      start = place
    }
    if start < text.count { fragments.append(.text(start..<text.count)) }
    return fragments
  }

  private func match(
    _ text: UnsafeBufferPointer<UInt8>, at start: Int, _ recognisingControl: Bool
  ) -> (token: Token, length: Int)? {
    var longest: (Token, Int)?
    var node = firstBytes[Int(text[start])]
    var place = start + 1
    while true {
      if let token = ends[Int(node)], recognisingControl || !token.isControl,
        !token.isWholeWord || isWholeWord(text, start..<place)
      {
        longest = (token, place - start)
      }
      guard place < text.count, let next = children[Self.key(node, text[place])] else { return longest }
      node = next
      place += 1
    }
  }

  private func isWholeWord(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    (range.lowerBound == 0 || !Self.isWord(text[range.lowerBound - 1]))
      && (range.upperBound == text.count || !Self.isWord(text[range.upperBound]))
  }

  /// A letter, digit or underscore; every character beyond ASCII counts as a letter.
  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A, 0x80...: true
    default: false
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
