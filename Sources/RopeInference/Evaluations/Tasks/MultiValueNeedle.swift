import RopeMath

/// Four numbers hidden under one key, all asked for (RULER's multi-value needles).
public enum MultiValueNeedle: SyntheticTask {
  public static let id = "needle-multivalue"
  public static let title = "Needles of one key"
  public static let summary = "Four numbers hidden in prose under one key, all of them asked for"
  public static let details =
    "After RULER's multi-value needles (arXiv 2404.06654, §3): four values anywhere in the text, asked for in the order in which they stand there."
  public static let references: [Reference] = [.arXiv("2404.06654", "RULER", "§3.1")]
  public static let hasDepth = false
  public static let growth = TaskGrowth.prose(least: 12)

  public static func draft(_ size: TaskSize, depth: Double, using generator: inout SeededGenerator) -> TaskDraft {
    var needles = Needles(keys: 4, using: &generator)
    needles.keys = Array(repeating: needles.keys[0], count: 4)
    let places = (0..<4).map { _ in generator.nextUniform() }.sorted()
    return needles.draft(size, asked: [0, 1, 2, 3], at: places, using: &generator)
  }
}
