import RopeMath

/// A long list of random names, and a run of them to be gone on with.
public enum InContextCopying: SharedTextTask {
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

  public static let mostFacts = 100
  public static var unitsOfFact: Int { shown + asked }

  public static func drafts(
    _ size: TaskSize, depths: [Double], using generator: inout SeededGenerator
  ) -> [TaskDraft] {
    let words = TaskWords(using: &generator), length = unitsOfFact
    // The asked runs have the first names whatever the size, so that a longer list asks the same.
    let runs = depths.indices.map { fact in (0..<length).map { words.name(fact * length + $0) } }
    let first = depths.count * length
    let names = (0..<min(max(0, size.units), TaskWords.mostNames - first)).map { words.name(first + $0) }
    let places = depths.map { Int((Double(names.count) * min(1, max(0, $0))).rounded()) }
    var pieces: [String] = [], next = 0
    for fact in depths.indices.sorted(by: { (places[$0], $0) < (places[$1], $1) }) {
      pieces += names[next..<places[fact]] + runs[fact]
      next = places[fact]
    }
    let context = (pieces + names[next...]).joined(separator: " ")
    return depths.indices.map { fact in
      let run = runs[fact]
      return TaskDraft(
        opening: "Read the list of names.", context: context,
        question: "\n\nGo on with the list: " + run[..<shown].joined(separator: " "), answers: Array(run[shown...]),
        separator: "", wrong: Array(names[places[fact]...].prefix(5)) + names[..<places[fact]].suffix(4),
        evidence: [run.joined(separator: " ")])
    }
  }
}
