import RopeMath

/// One number hidden in prose, asked for by its key (RULER's single needle in a haystack).
public enum SingleNeedle: SyntheticTask {
  public static let id = "needle"
  public static let title = "Needle in a haystack"
  public static let summary = "One number of seven digits hidden in prose, asked for by its key"
  public static let details =
    "After RULER's single needle (arXiv 2404.06654, §3): a key of two words, a value of seven digits, at the depth asked for."
  public static let references: [Reference] = [.arXiv("2404.06654", "RULER", "§3.1")]
  public static let hasDepth = true
  public static let growth = TaskGrowth.prose(least: 12)

  public static func draft(_ size: TaskSize, depth: Double, using generator: inout SeededGenerator) -> TaskDraft {
    let needles = Needles(keys: 1, using: &generator)
    return needles.draft(size, asked: [0], at: [depth], using: &generator)
  }
}
