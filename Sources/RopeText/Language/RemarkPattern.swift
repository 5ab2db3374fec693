/// A sentence with places, found again in finished words: `{1} of {2} pairs differ` in `9 of 32 pairs differ`.
struct RemarkPattern: Sendable, Equatable {
  private let pieces: [Message.Piece]
  let template: String
  /// Characters that are words of its own: of two patterns that fit, the one with more says more.
  let size: Int

  /// Nil for a template without places, or with hardly a word of its own, which would fit anything.
  init?(_ template: String) {
    let count = (1...9).prefix { template.contains("{\($0)}") }.count
    guard count > 0 else { return nil }
    self.template = template
    pieces = Message.pieces(template, count: count)
    size = pieces.reduce(0) { sum, piece in if case .words(let words) = piece { sum + words.count } else { sum } }
    guard size >= Self.leastSize else { return nil }
  }

  private static let leastSize = 6

  /// What stands in the places, by their number from 0; nil where the words do not fit.
  func values(in text: String) -> [Int: String]? { Self.values(pieces[...], text[...]) }

  private static func values(_ pieces: ArraySlice<Message.Piece>, _ text: Substring) -> [Int: String]? {
    guard let first = pieces.first else { return text.isEmpty ? [:] : nil }
    switch first {
    case .words(let words):
      return text.hasPrefix(words) ? values(pieces.dropFirst(), text.dropFirst(words.count)) : nil
    case .value(let place):
      let rest = pieces.dropFirst()
      guard case .words(let next)? = rest.first else {
        return text.isEmpty || !rest.isEmpty ? nil : [place: String(text)]
      }
      var start = text.startIndex
      while let found = text[start...].firstRange(of: next) {
        let value = text[..<found.lowerBound]
        if !value.isEmpty, var others = values(rest, text[found.lowerBound...]) {
          others[place] = String(value)
          return others
        }
        start = text.index(after: found.lowerBound)
      }
      return nil
    }
  }
}
