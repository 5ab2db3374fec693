import RopeMath

/// Four numbers hidden under keys of their own, one asked for (RULER's multi-key needles).
public enum MultiKeyNeedle: SharedTextTask {
  public static let id = "needle-multikey"
  public static let title = "Needle among needles"
  public static let summary = "Four numbers hidden in prose under keys of their own, one of them asked for"
  public static let details =
    "After RULER's multi-key needles (arXiv 2404.06654, §3): four keys, the one that is asked for at the depth given, the others anywhere."
  public static let references: [Reference] = [.arXiv("2404.06654", "RULER", "§3.1")]
  public static let hasDepth = true
  public static let growth = TaskGrowth.prose(least: 12)

  public static func draft(_ size: TaskSize, depth: Double, using generator: inout SeededGenerator) -> TaskDraft {
    let needles = Needles(keys: 4, using: &generator)
    let places = [depth] + (1..<4).map { _ in generator.nextUniform() }
    return needles.draft(size, asked: [0], at: places, using: &generator)
  }

  public static let mostFacts = 1_000

  public static func drafts(
    _ size: TaskSize, depths: [Double], using generator: inout SeededGenerator
  ) -> [TaskDraft] {
    let needles = Needles(keys: depths.count, using: &generator)
    let context = needles.context(size, at: depths, using: &generator)
    return depths.indices.map { needles.draft(asking: [$0], in: context) }
  }
}
