import RopeMath

/// A list of random keys with random values, one of them asked for.
public enum KeyValueRetrieval: SyntheticTask {
  public static let id = "key-value"
  public static let title = "Key–value retrieval"
  public static let summary = "A list of random keys with random values, one of them asked for by its key"
  public static let details =
    "After Liu et al. (arXiv 2307.03172, §3): keys and values of 128 random bits, a pair a line; the pair that is asked for stands at the depth given. Wrong answers are values of other keys."
  public static let references: [Reference] = [.arXiv("2307.03172", "Lost in the Middle", "§3")]
  public static let hasDepth = true
  public static let growth = TaskGrowth.entries(least: 2)

  public static func draft(_ size: TaskSize, depth: Double, using generator: inout SeededGenerator) -> TaskDraft {
    let asked = TaskWords.keys(2, using: &generator)
    let others = TaskWords.keys(2 * max(0, size.units - 1), using: &generator)
    var lines = stride(from: 0, to: others.count - 1, by: 2).map { "\(others[$0]): \(others[$0 + 1])" }
    let line = "\(asked[0]): \(asked[1])"
    lines.insert(line, at: Int((Double(lines.count) * min(1, max(0, depth))).rounded()))
    return TaskDraft(
      opening: "The list below gives a value to every key. One of them is asked for after it.",
      context: lines.joined(separator: "\n"),
      question: "\n\nQuestion: Which value does the list give to this key?\nAnswer: \(asked[0]):", answers: [asked[1]],
      wrong: stride(from: 1, to: min(others.count, 18), by: 2).map { others[$0] }, evidence: [line])
  }
}
