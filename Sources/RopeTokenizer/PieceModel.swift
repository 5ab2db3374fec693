/// Merging over characters (SentencePiece and its likes): spaces become `▁`, the text is merged as a whole, and a
/// character that is no token falls back to its bytes.
struct PieceModel: Sendable {
  enum Merges: Sendable {
    case ranked(RankedMerges)
    case scored(ScoredMerges)
  }

  let index: TokenIndex
  let merges: Merges
  /// The tokens of single bytes, such as `<0x0A>`; −1 where the vocabulary has none.
  let byteTokens: [Int32]
  /// No character is unknown: each falls back to its bytes.
  private let hasEveryByte: Bool
  /// Bytes that some token has before a mark.
  private let bytesBeforeMarks: Set<UInt8>
  let unknown: Int32?
  /// Several unknown characters in a row are one unknown token.
  let fusesUnknown: Bool
  /// Where a space goes before the text.
  let prefix: Prefix
  /// Whether a text that begins with a space gets another.
  let prefixesSpaced: Bool

  enum Prefix: Sendable {
    case never
    /// At the beginning and behind special tokens.
    case afterSpecialTokens
    /// At the beginning only.
    case first
  }

  init(
    index: TokenIndex, merges: Merges, byteTokens: [Int32], unknown: Int32?, fusesUnknown: Bool, prefix: Prefix,
    prefixesSpaced: Bool
  ) {
    self.index = index
    self.merges = merges
    self.byteTokens = byteTokens
    self.unknown = unknown
    self.fusesUnknown = fusesUnknown
    self.prefix = prefix
    self.prefixesSpaced = prefixesSpaced
    hasEveryByte = byteTokens.allSatisfy { $0 >= 0 }
    var before: Set<UInt8> = []
    for id in 0..<index.texts.count { Self.addBytesBeforeMarks(index.texts[id], to: &before) }
    bytesBeforeMarks = before
  }

  private static func addBytesBeforeMarks(_ text: ArraySlice<UInt8>, to bytes: inout Set<UInt8>) {
    for place in text.indices.dropFirst() where text[place] == mark[0] && text[place...].starts(with: mark) {
      bytes.insert(text[place - 1])
    }
  }

  /// U+2581, the mark for a space.
  static let mark = Array("▁".utf8)

  func encode(_ text: UnsafeBufferPointer<UInt8>, isFirst: Bool, followsSpecialToken: Bool, into ids: inout [Int]) {
    var marked: [UInt8] = []
    marked.reserveCapacity(text.count + text.count / 2 + 3)
    let isPrefixed = prefix == .afterSpecialTokens && (isFirst || followsSpecialToken) || prefix == .first && isFirst
    let isSpaced = text.first == 0x20 || text.starts(with: Self.mark)
    if isPrefixed, prefixesSpaced || !isSpaced { marked += Self.mark }
    for byte in text {
      if byte == 0x20 { marked += Self.mark } else { marked.append(byte) }
    }
    marked.withUnsafeBufferPointer { text in
      switch merges {
      case .ranked(let merges): encode(text, by: merges, into: &ids)
      case .scored(let merges): encode(text, by: merges, into: &ids)
      }
    }
  }

  private func encode(_ text: UnsafeBufferPointer<UInt8>, by table: some MergeTable, into ids: inout [Int]) {
    var merger = PairMerger()
    var memo = PieceMemo()
    var followsUnknown = false
    var start = 0
    while start < text.count {
      let chunk = start..<chunkEnd(text, start)
      if fusesUnknown, !hasEveryByte {
        // What a chunk gives depends on the one before it.
        encode(text, chunk, by: table, &merger, &followsUnknown, into: &ids)
      } else {
        memo.append(UnsafeBufferPointer(rebasing: text[chunk]), to: &ids) { ids in
          encode(text, chunk, by: table, &merger, &followsUnknown, into: &ids)
        }
      }
      start = chunk.upperBound
    }
  }

  private func encode(
    _ text: UnsafeBufferPointer<UInt8>, _ chunk: Range<Int>, by table: some MergeTable, _ merger: inout PairMerger,
    _ followsUnknown: inout Bool, into ids: inout [Int]
  ) {
    merger.reset()
    var place = chunk.lowerBound
    while place < chunk.upperBound {
      let length = UTF8Character.length(text[place], room: chunk.upperBound - place)
      let character = UnsafeBufferPointer(rebasing: text[place..<place + length])
      merger.append(start: place, count: length, id: index.id(of: character) ?? -1)
      place += length
    }
    merger.merge(by: table, in: text)
    for symbol in merger.symbols where symbol.count > 0 {
      followsUnknown = !append(symbol, text, followsUnknown: followsUnknown, to: &ids)
    }
  }

  /// Where the text can be cut without a change: before a mark, behind a byte that stands before a mark in no token, so
  /// that nothing merges across.
  private func chunkEnd(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var end = start + 1
    while end < text.count {
      if text[end] == Self.mark[0], !bytesBeforeMarks.contains(text[end - 1]), text[end...].starts(with: Self.mark) {
        return end
      }
      end += 1
    }
    return end
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
