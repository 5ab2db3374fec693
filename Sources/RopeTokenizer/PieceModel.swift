/// Merging over characters (SentencePiece and its likes): spaces become `▁`, the text is merged as a whole, and a
/// character that is no token falls back to its bytes.
struct PieceModel: Sendable {
  let index: TokenIndex
  let rules: MergeRules
  /// The tokens of single bytes, such as `<0x0A>`; −1 where the vocabulary has none.
  let byteTokens: [Int32]
  let unknown: Int32?
  /// Several unknown characters in a row are one unknown token.
  var fusesUnknown = false
  /// Where a space goes before the text.
  var prefix: Prefix = .never
  /// Whether a text that begins with a space gets another.
  var prefixesSpaced = true

  enum Prefix: Sendable {
    case never
    /// At the beginning and behind special tokens.
    case afterSpecialTokens
    /// At the beginning only.
    case first
  }

  /// U+2581, the mark for a space.
  static let mark = Array("▁".utf8)

  func encode(
    _ text: UnsafeBufferPointer<UInt8>, isFirst: Bool, followsSpecialToken: Bool, into ids: inout [Int]
  ) {
    var marked: [UInt8] = []
    marked.reserveCapacity(text.count + text.count / 2 + 3)
    let isPrefixed = prefix == .afterSpecialTokens && (isFirst || followsSpecialToken) || prefix == .first && isFirst
    let isSpaced = text.first == 0x20 || text.starts(with: Self.mark)
    if isPrefixed, prefixesSpaced || !isSpaced { marked += Self.mark }
    for byte in text {
      if byte == 0x20 { marked += Self.mark } else { marked.append(byte) }
    }
    marked.withUnsafeBufferPointer { encodeMarked($0, into: &ids) }
  }

  private func encodeMarked(_ text: UnsafeBufferPointer<UInt8>, into ids: inout [Int]) {
    var merger = PairMerger()
    var place = 0
    while place < text.count {
      let length = UTF8Character.length(text[place], room: text.count - place)
      let character = UnsafeBufferPointer(rebasing: text[place..<place + length])
      merger.append(start: place, count: length, id: index.id(of: character) ?? -1)
      place += length
    }
    merger.merge(by: rules, in: text)
    var followsUnknown = false
    for symbol in merger.symbols where symbol.count > 0 {
      let isKnown = append(symbol, text, followsUnknown: followsUnknown, to: &ids)
      followsUnknown = !isKnown
    }
  }

  /// The symbol's token, or its bytes', or the unknown one: false for this.
  private func append(
    _ symbol: PairMerger.Symbol, _ text: UnsafeBufferPointer<UInt8>, followsUnknown: Bool, to ids: inout [Int]
  ) -> Bool {
    if symbol.id >= 0 {
      ids.append(Int(symbol.id))
      return true
    }
    let bytes = text[symbol.start..<symbol.start + symbol.count]
    if bytes.allSatisfy({ byteTokens[Int($0)] >= 0 }) {
      for byte in bytes { ids.append(Int(byteTokens[Int(byte)])) }
      return true
    }
    if let unknown, !(fusesUnknown && followsUnknown) { ids.append(Int(unknown)) }
    return false
  }
}
