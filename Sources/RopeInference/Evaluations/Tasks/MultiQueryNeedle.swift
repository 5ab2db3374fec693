import RopeMath

/// Four numbers hidden under keys of their own, all asked for (RULER's multi-query needles).
public enum MultiQueryNeedle: SyntheticTask {
  public static let id = "needle-multiquery"
  public static let title = "Needles of several keys"
  public static let summary = "Four numbers hidden in prose under keys of their own, all of them asked for"
  public static let details =
    "After RULER's multi-query needles (arXiv 2404.06654, §3): four keys anywhere in the text, asked for in an order of their own."
  public static let references: [Reference] = [.arXiv("2404.06654", "RULER", "§3.1")]
  public static let hasDepth = false
  public static let growth = TaskGrowth.prose(least: 12)

  public static func draft(_ size: TaskSize, depth: Double, using generator: inout SeededGenerator) -> TaskDraft {
    let needles = Needles(keys: 4, using: &generator)
    let places = (0..<4).map { _ in generator.nextUniform() }
    return needles.draft(size, asked: [0, 1, 2, 3], at: places, using: &generator)
  }
}
