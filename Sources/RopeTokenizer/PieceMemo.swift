/// The pieces of a text that were encoded already, and where their tokens stand: prose repeats its words.
struct PieceMemo {
  /// Bytes of the text itself, which must outlive the memo.
  private struct Piece: Hashable {
    let bytes: UnsafeBufferPointer<UInt8>

    func hash(into hasher: inout Hasher) { hasher.combine(TokenHash.hash(bytes)) }

    static func == (left: Piece, right: Piece) -> Bool { left.bytes.elementsEqual(right.bytes) }
  }

  private var places: [Piece: Range<Int>] = [:]

  /// Appends the tokens of a piece: as they were found before, or else by `encode`.
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, to ids: inout [Int], encode: (inout [Int]) -> Void) {
    if let known = places[Piece(bytes: bytes)] {
      for place in known { ids.append(ids[place]) }
      return
    }
    let start = ids.count
    encode(&ids)
    places[Piece(bytes: bytes)] = start..<ids.count
  }
}
