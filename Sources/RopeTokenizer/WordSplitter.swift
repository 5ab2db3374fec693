/// How a text is cut into the words that are encoded each for itself, where its bytes stay as they are.
struct WordSplitter: Sendable {
  enum Step: Sendable {
    /// White space is a boundary and falls away.
    case whiteSpace
    /// Runs of letters, digits and underscores, and runs of other signs; white space falls away.
    case words
    case split(SplitStep)
    /// Every sign is a piece of its own.
    case signs
    /// Spaces become `▁`, one is put before each piece, or the first, and every mark begins a piece.
    case marks(PieceModel.Prefix, splits: Bool)
  }

  let steps: [Step]

  /// - Parameter isFirst: whether the text stands at the very beginning.
  func forEachWord(_ text: UnsafeBufferPointer<UInt8>, isFirst: Bool, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    var pieces = [text.count > 0 ? Array(text)[...] : []].filter { !$0.isEmpty }
    var isFirst = isFirst
    for step in steps {
      var finer: [ArraySlice<UInt8>] = []
      for (place, piece) in pieces.enumerated() {
        piece.withUnsafeBufferPointer { bytes in
          switch step {
          case .marks(let prefix, let splits):
            Self.mark(bytes, prefix, splits: splits, isFirst: isFirst && place == 0, into: &finer)
          default: Self.split(bytes, step, piece, into: &finer)
          }
        }
      }
      if let first = finer.first, let old = pieces.first, first.startIndex != old.startIndex { isFirst = false }
      pieces = finer
    }
    for piece in pieces { piece.withUnsafeBufferPointer(body) }
  }

  private static func split(
    _ bytes: UnsafeBufferPointer<UInt8>, _ step: Step, _ piece: ArraySlice<UInt8>,
    into pieces: inout [ArraySlice<UInt8>]
  ) {
    let text = ScalarText(bytes)
    var ranges: [Range<Int>] = []
    switch step {
    case .split(let step): step.split(text, 0..<text.count, into: &ranges)
    case .signs: SplitStep.run(RunPattern(.signs)).split(text, 0..<text.count, into: &ranges)
    case .whiteSpace, .words, .marks:
      var start = 0
      while start < text.count {
        let kind = Self.kind(text, start, step)
        var end = start + 1
        while end < text.count, Self.kind(text, end, step) == kind { end += 1 }
        if kind != 0 { ranges.append(start..<end) }
        start = end
      }
    }
    for range in ranges {
      let (first, last) = (text.offsets[range.lowerBound], text.offsets[range.upperBound])
      if case .signs = step,
        CharacterPattern.signs.contains(text.values[range.lowerBound], text.classes[range.lowerBound])
      {
        for place in range {
          pieces.append(piece[piece.startIndex + text.offsets[place]..<piece.startIndex + text.offsets[place + 1]])
        }
      } else {
        pieces.append(piece[piece.startIndex + first..<piece.startIndex + last])
      }
    }
  }

  /// 0 for white space, else what runs together.
  private static func kind(_ text: ScalarText, _ place: Int, _ step: Step) -> Int {
    if text.classes[place].contains(.space) { return 0 }
    guard case .words = step else { return 1 }
    return isWord(text.values[place]) ? 1 : 2
  }

  /// `\w` (Unicode Technical Standard 18).
  private static func isWord(_ value: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(value) else { return false }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: return true
    default: return properties.isAlphabetic || value == 0x200C || value == 0x200D
    }
  }

  private static func mark(
    _ bytes: UnsafeBufferPointer<UInt8>, _ prefix: PieceModel.Prefix, splits: Bool, isFirst: Bool,
    into pieces: inout [ArraySlice<UInt8>]
  ) {
    var marked: [UInt8] = []
    let isPrefixed = prefix == .afterSpecialTokens || prefix == .first && isFirst
    if isPrefixed, bytes.first != 0x20, !bytes.starts(with: PieceModel.mark) { marked += PieceModel.mark }
    for byte in bytes {
      if byte == 0x20 { marked += PieceModel.mark } else { marked.append(byte) }
    }
    guard splits else { return pieces.append(marked[...]) }
    var start = 0
    var place = 1
    while place < marked.count {
      if marked[place] == PieceModel.mark[0], marked[place...].starts(with: PieceModel.mark) {
        pieces.append(marked[start..<place])
        start = place
      }
      place += 1
    }
    if start < marked.count { pieces.append(marked[start...]) }
  }
}
