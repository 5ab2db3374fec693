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
          let next = part(bytes, at: start)
          guard next.text.elementsEqual([0x20]) else { break }
          start = next.end
        }
      }
      guard start < bytes.count else { return [] }
      if addsPrefix { result += PieceModel.mark }
      var followsSpace = removesExtraSpaces
      while start < bytes.count {
        let next = part(bytes, at: start)
        let text = followsSpace ? next.text.drop { $0 == 0x20 } : next.text
        for byte in text {
          if byte == 0x20 { result += PieceModel.mark } else { result.append(byte) }
        }
        if !text.isEmpty { followsSpace = removesExtraSpaces && text.last == 0x20 }
        start = next.end
      }
      if removesExtraSpaces {
        while result.suffix(PieceModel.mark.count).elementsEqual(PieceModel.mark) {
          result.removeLast(PieceModel.mark.count)
        }
      }
      return result
    }
  }

  /// What becomes of what stands at a place, and where that ends.
  private func part(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> (text: ArraySlice<UInt8>, end: Int) {
    if let whole = kept.longest(in: text, at: start) { return (Array(text[start..<whole.end])[...], whole.end) }
    if let mapped = map.replacement(in: text, at: start, end: text.count, longest: true) {
      return (mapped.text, start + mapped.length)
    }
    let end = start + UTF8Character.length(text[start], room: text.count - start)
    return (Array(text[start..<end])[...], end)
  }
}
