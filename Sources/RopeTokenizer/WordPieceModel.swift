/// Cuts a word into the longest tokens from its front on; what follows within a word has its own tokens, written with a
/// prefix such as `##` (BERT). A word that cannot be cut so is unknown as a whole.
struct WordPieceModel: Sendable {
  let trie: TokenTrie
  /// Where the tokens within words begin; nil where there are none.
  let inner: Int32?
  let unknown: Int
  /// Characters of a word at most; longer ones are unknown.
  let longestWord: Int

  func encode(_ word: UnsafeBufferPointer<UInt8>, into ids: inout [Int]) {
    // Bytes that continue a character do not begin one.
    guard word.lazy.filter({ $0 & 0xC0 != 0x80 }).count <= longestWord else { return ids.append(unknown) }
    let first = ids.count
    var place = 0
    while place < word.count {
      guard let node = place == 0 ? TokenTrie.root : inner, let match = trie.longest(in: word, at: place, from: node)
      else {
        ids.removeSubrange(first...)
        return ids.append(unknown)
      }
      ids.append(Int(match.token))
      place = match.end
    }
  }
}
