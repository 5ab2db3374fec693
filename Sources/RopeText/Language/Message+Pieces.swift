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
    var pieces: [Piece] = [], words = "", rest = template[...]
    while count > 0, let open = rest.firstIndex(of: "{") {
      words += rest[..<open]
      let inner = rest[rest.index(after: open)...]
      if let close = inner.firstIndex(of: "}"), let place = Int(inner[..<close]), (1...count).contains(place) {
        if !words.isEmpty { pieces.append(.words(words)) }
        pieces.append(.value(place - 1))
        (words, rest) = ("", inner[inner.index(after: close)...])
      } else {
        words.append("{")
        rest = inner
      }
    }
    words += rest
    return words.isEmpty ? pieces : pieces + [.words(words)]
  }
}
