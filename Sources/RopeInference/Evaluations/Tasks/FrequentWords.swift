import RopeMath

/// Coded words whose frequencies fall as a zeta law, the three most frequent to be named (RULER's frequent words
/// extraction).
public enum FrequentWords: SyntheticTask {
  public static let id = "frequent-words"
  public static let title = "Frequent words"
  public static let summary = "Coded words whose frequencies fall as a zeta law, the three most frequent to be named"
  public static let details =
    "After RULER's frequent words extraction (arXiv 2404.06654, §3): the word of rank r comes N/(ζ(2)·r²) times; rank 1 is noise (dots), ranks 2 to 4 are asked for, from the most frequent on."
  public static let references: [Reference] = [.arXiv("2404.06654", "RULER", "§3.3")]
  public static let hasDepth = false
  public static let growth = TaskGrowth.entries(least: 60)
  /// ζ(2) = π²/6.
  private static let zeta = Double.pi * Double.pi / 6
  private static let noise = "...."

  public static func draft(_ size: TaskSize, depth: Double, using generator: inout SeededGenerator) -> TaskDraft {
    let asked = TaskWords.letters(3, length: 6, using: &generator)
    // Counts by rank, those below one entry as single words until the text is full.
    var counts: [Int] = [], left = size.units
    while left > 0 {
      let rank = Double(counts.count + 1)
      let count = min(left, max(1, Int((Double(size.units) / (zeta * rank * rank)).rounded())))
      counts.append(count)
      left -= count
    }
    let rare = TaskWords.letters(max(0, counts.count - 4), length: 6, using: &generator).filter { !asked.contains($0) }
    let words = [noise] + asked + rare
    var list = zip(words, counts).flatMap { word, count in Array(repeating: word, count: count) }
    generator.shuffle(&list)
    let context = list.joined(separator: " ")
    return TaskDraft(
      opening: "The text below is coded. Count its words; dots do not count.", context: context,
      question:
        "\n\nQuestion: Which three words come most often in the coded text, from the most frequent on?\nAnswer: The three words that come most often are",
      answers: asked, wrong: Array(rare.prefix(9)), evidence: [context])
  }
}
