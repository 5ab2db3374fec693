/// Prose that says nothing: what facts are hidden in, and what fills a text up.
public struct TaskProse: Sendable {
  private let words: [Substring]

  /// - Parameter text: nil for short sentences of the product's own, after the repeated noise of RULER.
  public init(_ text: String? = nil) {
    let words = (text ?? Self.noise).split { $0.isWhitespace }
    self.words = words.isEmpty ? Self.noise.split(separator: " ") : words
  }

  /// So many words from one on, read in a circle.
  public func words(_ count: Int, from start: Int = 0) -> [Substring] {
    (0..<max(0, count)).map { words[(start % words.count + $0) % words.count] }
  }

  /// Words in all.
  public var count: Int { words.count }

  /// Prose with sentences in it, each after the share of the words that it stands at, moved back to the end of a
  /// sentence.
  ///
  /// - Parameter start: the first word.
  public func text(_ count: Int, from start: Int, holding facts: [(share: Double, sentence: String)]) -> String {
    let words = words(count, from: start)
    let placed = facts.map { fact -> (place: Int, sentence: String) in
      var place = Int((Double(words.count) * min(1, max(0, fact.share))).rounded())
      while place > 0, words[place - 1].last.map({ !".!?".contains($0) }) ?? false { place -= 1 }
      return (place, fact.sentence)
    }
    var pieces: [Substring] = []
    for place in 0...words.count {
      for fact in placed where fact.place == place { pieces.append(Substring(fact.sentence)) }
      if place < words.count { pieces.append(words[place]) }
    }
    return pieces.joined(separator: " ")
  }

  private static let noise = [
    "The afternoon was quiet.", "A light wind moved the leaves.", "Somebody had left a window open.",
    "The kettle was still warm.", "Nothing much happened that day.", "The road went on between the fields.",
    "Two boats lay by the shore.", "It would rain before the evening.", "The clock in the hall had stopped.",
    "A dog slept in the shade.", "The letters could wait.", "People walked slowly and said little.",
  ].joined(separator: " ")
}
