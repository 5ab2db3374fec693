import RopeMath

/// A numbered list in which ten words come often and all others seldom (RULER's common words extraction).
public enum CommonWords: SyntheticTask {
  public static let id = "common-words"
  public static let title = "Common words"
  public static let summary = "Ten words that come ten times as often as all others in a list, to be named"
  public static let details =
    "After RULER's common words extraction (arXiv 2404.06654, §3): ten words 30 times each, all others 3 times; 10 and 1 times below 4,096 tokens. They are asked for in the order in which they first appear."
  public static let references: [Reference] = [.arXiv("2404.06654", "RULER", "§3.3")]
  public static let hasDepth = false
  public static let growth = TaskGrowth.entries(least: 1)
  private static let common = 10

  public static func draft(_ size: TaskSize, depth: Double, using generator: inout SeededGenerator) -> TaskDraft {
    let words = TaskWords(using: &generator)
    let often = size.budget < 4096 ? 10 : 30, seldom = often / 10
    // No more words than there are names.
    let others = min(size.units, TaskWords.mostNames - common)
    var list = (0..<common).flatMap { place in Array(repeating: place, count: often) }
    list += (common..<common + others).flatMap { place in Array(repeating: place, count: seldom) }
    generator.shuffle(&list)
    let order = list.filter { $0 < common }.distinct()
    let context = list.enumerated().map { "\($0 + 1). \(words.name($1))" }.joined(separator: " ")
    return TaskDraft(
      opening: "Some words of the list below come more often than the others. Keep those in mind.", context: context,
      question:
        "\n\nQuestion: Which \(common) words come most often in the list, in the order in which they first appear?\nAnswer: The \(common) words that come most often are",
      answers: order.map { words.name($0) }, wrong: (common..<common + min(9, others)).map { words.name($0) },
      evidence: [context])
  }
}
