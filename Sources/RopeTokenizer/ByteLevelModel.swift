/// Byte-pair encoding over bytes (GPT-2 and after): a text is cut into pieces, the bytes of a piece are merged.
struct ByteLevelModel: Sendable {
  let preTokenizer: PreTokenizer
  let merges: RankedMerges
  /// The token of each byte; −1 where the vocabulary has none: such a byte is left out, as the reference programs do.
  let byteTokens: [Int32]
  /// Finds a piece that is a token as it stands, by its bytes.
  let wholePieces: TokenIndex?
  /// A space goes before a text that does not begin with one.
  var prefixesSpace = false

  func encode(_ text: UnsafeBufferPointer<UInt8>, into ids: inout [Int]) {
    if prefixesSpace, let first = text.first, first != 0x20 {
      return ([0x20] + Array(text)).withUnsafeBufferPointer { encodePieces($0, into: &ids) }
    }
    encodePieces(text, into: &ids)
  }

  private func encodePieces(_ text: UnsafeBufferPointer<UInt8>, into ids: inout [Int]) {
    let scalars = ScalarText(text)
    var merger = PairMerger()
    var memo = PieceMemo()
    for piece in preTokenizer.pieces(of: scalars) {
      let bytes = scalars.offsets[piece.lowerBound]..<scalars.offsets[piece.upperBound]
      memo.append(UnsafeBufferPointer(rebasing: text[bytes]), to: &ids) { ids in
        preTokenizer.forEachPart(of: bytes, in: text) { encode(text, $0, &merger, into: &ids) }
      }
    }
  }

  private func encode(
    _ text: UnsafeBufferPointer<UInt8>, _ bytes: Range<Int>, _ merger: inout PairMerger, into ids: inout [Int]
  ) {
    if let id = wholePieces?.id(of: UnsafeBufferPointer(rebasing: text[bytes])) { return ids.append(Int(id)) }
    merger.reset()
    for place in bytes { merger.append(start: place, count: 1, id: byteTokens[Int(text[place])]) }
    merger.merge(by: merges, in: text)
    for symbol in merger.symbols where symbol.count > 0 && symbol.id >= 0 { ids.append(Int(symbol.id)) }
  }
}
