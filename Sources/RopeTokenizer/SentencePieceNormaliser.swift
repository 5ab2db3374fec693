/// What SentencePiece itself does to a text (normalizer.cc): characters are mapped, the longest sequence first, spaces
/// at the ends and doubled ones fall away where asked, and every space becomes `▁`.
struct SentencePieceNormaliser: Sendable {
  let map: CharacterMap
  /// A space goes before the text.
  let addsPrefix: Bool
  let removesExtraSpaces: Bool
  /// Texts that stay as they are.
  let kept: TokenTrie

  func apply(_ text: [UInt8]) -> [UInt8] {
    text.withUnsafeBufferPointer { bytes in
      var result: [UInt8] = []
      result.reserveCapacity(bytes.count + bytes.count / 2 + 3)
      var start = 0
      if removesExtraSpaces {
        while start < bytes.count {
          let (end, mapped) = part(bytes, at: start)
          guard mapped?.elementsEqual([0x20]) ?? (end == start + 1 && bytes[start] == 0x20) else { break }
          start = end
        }
      }
      guard start < bytes.count else { return [] }
      if addsPrefix { result += PieceModel.mark }
      var followsSpace = removesExtraSpaces
      while start < bytes.count {
        let (end, mapped) = part(bytes, at: start)
        if let mapped {
          append(mapped, to: &result, &followsSpace)
        } else {
          append(bytes[start..<end], to: &result, &followsSpace)
        }
        start = end
      }
      if removesExtraSpaces {
        while result.suffix(PieceModel.mark.count).elementsEqual(PieceModel.mark) {
          result.removeLast(PieceModel.mark.count)
        }
      }
      return result
    }
  }

  private func append(
    _ text: some BidirectionalCollection<UInt8>, to result: inout [UInt8], _ followsSpace: inout Bool
  ) {
    let text = followsSpace ? text.drop { $0 == 0x20 } : text[...]
    for byte in text {
      if byte == 0x20 { result += PieceModel.mark } else { result.append(byte) }
    }
    if let last = text.last { followsSpace = removesExtraSpaces && last == 0x20 }
  }

  /// The end of what stands at a place and is read at once, and what becomes of it: nil where it stays.
  private func part(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> (end: Int, mapped: ArraySlice<UInt8>?) {
    if let whole = kept.longest(in: text, at: start) { return (whole.end, nil) }
    if let mapped = map.replacement(in: text, at: start, end: text.count, longest: true) {
      return (start + mapped.length, mapped.text)
    }
    return (start + UTF8Character.length(text[start], room: text.count - start), nil)
  }
}
