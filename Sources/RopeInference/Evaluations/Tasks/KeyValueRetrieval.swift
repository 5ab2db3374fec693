import RopeMath

/// A list of random keys with random values, one of them asked for.
public enum KeyValueRetrieval: SharedTextTask {
  public static let id = "key-value"
  public static let title = "Key–value retrieval"
  public static let summary = "A list of random keys with random values, one of them asked for by its key"
  public static let details =
    "After Liu et al. (arXiv 2307.03172, §3): keys and values of 128 random bits, a pair a line; the pair that is asked for stands at the depth given. Wrong answers are values of other keys."
  public static let references: [Reference] = [.arXiv("2307.03172", "Lost in the Middle", "§3")]
  public static let hasDepth = true
  public static let growth = TaskGrowth.entries(least: 2)

  public static let mostFacts = 1_000
  public static let unitsOfFact = 1

  public static func drafts(
    _ size: TaskSize, depths: [Double], using generator: inout SeededGenerator
  ) -> [TaskDraft] {
    let asked = pairs(depths.count, using: &generator)
    let others = pairs(max(0, size.units), using: &generator)
    let placed = depths.enumerated().sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }
    var lines: [String] = [], next = 0
    for (fact, depth) in placed {
      let place = Int((Double(others.count) * min(1, max(0, depth))).rounded())
      lines += others[next..<place].map(line) + [line(asked[fact])]
      next = place
    }
    lines += others[next...].map(line)
    return asked.indices.map { fact in
      let wrong = asked.enumerated().filter { $0.offset != fact }.map(\.element.value) + others.map(\.value)
      return TaskDraft(
        opening: "The list below gives a value to every key. One of them is asked for after it.",
        context: lines.joined(separator: "\n"),
        question: "\n\nQuestion: Which value does the list give to this key?\nAnswer: \(asked[fact].key):",
        answers: [asked[fact].value], wrong: Array(wrong.prefix(9)), evidence: [line(asked[fact])])
    }
  }

  private typealias Pair = (key: String, value: String)

  private static func line(_ pair: Pair) -> String { "\(pair.key): \(pair.value)" }

  private static func pairs(_ count: Int, using generator: inout SeededGenerator) -> [Pair] {
    let words = TaskWords.keys(2 * count, using: &generator)
    return stride(from: 0, to: words.count - 1, by: 2).map { (words[$0], words[$0 + 1]) }
  }
}
