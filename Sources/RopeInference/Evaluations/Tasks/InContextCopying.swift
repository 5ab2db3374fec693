import RopeMath

/// A long list of random names, and a run of them to be gone on with.
public enum InContextCopying: SyntheticTask {
  public static let id = "copying"
  public static let title = "In-context copying"
  public static let summary = "A long list of random names, of which a run begins again and is to be gone on with"
  public static let details =
    "The induction test of Olsson et al. (arXiv 2209.11895) at a distance, associative recall in the sense of Arora et al. (arXiv 2312.04927): every name stands once; three of them stand again at the end, and the next four are asked for. The run begins at the depth given."
  public static let references: [Reference] = [
    .arXiv("2209.11895", "In-context learning and induction heads"), .arXiv("2312.04927", "Zoology", "§3"),
  ]
  public static let hasDepth = true
  public static let growth = TaskGrowth.entries(least: 12)
  private static let (shown, asked) = (3, 4)

  public static func draft(_ size: TaskSize, depth: Double, using generator: inout SeededGenerator) -> TaskDraft {
    let words = TaskWords(using: &generator)
    // The asked run has the first names whatever the size, so that a longer list asks the same.
    let run = (0..<shown + asked).map { words.name($0) }
    let rest = min(max(0, size.units - run.count), TaskWords.mostNames - run.count)
    var names = (0..<rest).map { words.name(run.count + $0) }
    let before = Int((Double(names.count) * min(1, max(0, depth))).rounded())
    let wrong = (Array(names[before...].prefix(5)) + names[..<before].suffix(4))
    names.insert(contentsOf: run, at: before)
    return TaskDraft(
      opening: "Read the list of names.", context: names.joined(separator: " "),
      question: "\n\nGo on with the list: " + run[..<shown].joined(separator: " "), answers: Array(run[shown...]),
      separator: "", wrong: wrong, evidence: [run.joined(separator: " ")])
  }
}
