extension Message {
  /// A template cut at the places of its values.
  package enum Piece: Equatable {
    case words(String)
    /// From 0.
    case value(Int)
  }

  /// `{1} of {2} pairs` as value 0, ` of `, value 1, ` pairs`; braces that are no place among the first `count` values are
  /// words.
  package static func pieces(_ template: String, count: Int) -> [Piece] {
    let bytes = template.utf8
    var pieces: [Piece] = []
    // Where words begin that are not kept yet, and where the next brace is looked for.
    var start = bytes.startIndex, next = start
    while count > 0, let open = bytes[next...].firstIndex(of: 0x7B) {
      next = bytes.index(after: open)
      var place = 0
      while next < bytes.endIndex, (0x30...0x39).contains(bytes[next]), place <= count {
        place = 10 * place + Int(bytes[next] - 0x30)
        next = bytes.index(after: next)
      }
      guard next < bytes.endIndex, bytes[next] == 0x7D, (1...count).contains(place) else { continue }
      if start < open { pieces.append(.words(String(template[start..<open]))) }
      pieces.append(.value(place - 1))
      next = bytes.index(after: next)
      start = next
    }
    return start < bytes.endIndex ? pieces + [.words(String(template[start...]))] : pieces
  }
}
