/// Finds a token by its bytes: a hash table of token numbers beside the texts, with no copy of a key.
struct TokenIndex: Sendable {
  let texts: TokenTexts
  private var slots: [Int32]

  /// Of tokens with the same text the last is found.
  init(_ texts: TokenTexts) {
    self.texts = texts
    var size = 16
    while size < 2 * texts.count { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    for id in 0..<texts.count {
      let place = texts.withText(of: id) { slot(of: $0) }
      slots[place] = Int32(truncatingIfNeeded: id)
    }
  }

  func id(of text: UnsafeBufferPointer<UInt8>) -> Int32? {
    let id = slots[slot(of: text)]
    return id < 0 ? nil : id
  }

  func id(of text: some Collection<UInt8>) -> Int32? {
    Array(text).withUnsafeBufferPointer { id(of: $0) }
  }

  /// The slot that holds the text, or the free one where it belongs.
  private func slot(of text: UnsafeBufferPointer<UInt8>) -> Int {
    var slot = TokenHash.hash(text) & (slots.count - 1)
    while slots[slot] >= 0, !texts.isEqual(Int(slots[slot]), text) { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }
}
