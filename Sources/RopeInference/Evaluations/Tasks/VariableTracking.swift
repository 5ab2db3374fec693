import RopeMath

/// A chain of variables, each assigned the one before, all to be named (RULER's variable tracking).
public enum VariableTracking: SyntheticTask {
  public static let id = "variable-tracking"
  public static let title = "Variable tracking"
  public static let summary = "A chain of variables in prose, each assigned the one before it, all to be named"
  public static let details =
    "After RULER's variable tracking (arXiv 2404.06654, §3): one chain of four hops through five variables of five letters, spread over the text in order; the answer names all five in the order of the chain."
  public static let references: [Reference] = [.arXiv("2404.06654", "RULER", "§3.2")]
  public static let hasDepth = false
  public static let growth = TaskGrowth.prose(least: 20)
  private static let hops = 4

  public static func draft(_ size: TaskSize, depth: Double, using generator: inout SeededGenerator) -> TaskDraft {
    let names = TaskWords.letters(hops + 10, length: 5, isUpper: true, using: &generator)
    let chain = Array(names[...hops])
    let value = TaskWords.numbers(1, digits: 5, using: &generator)[0]
    let sentences = chain.indices.map {
      "VAR \(chain[$0]) = \($0 == 0 ? value : "VAR \(chain[$0 - 1])")."
    }
    let shares = chain.indices.map { _ in generator.nextUniform() }.sorted()
    let start = Int(generator.next() % UInt64(size.prose.count))
    return TaskDraft(
      opening: "Assignments of variables are hidden in the text below. Follow them; they are asked for after it.",
      context: size.prose.text(
        size.units, from: start, holding: zip(shares, sentences).map { (share: $0, sentence: $1) }),
      question:
        "\n\nQuestion: Which \(chain.count) variables have the value \(value), in the order of their assignment?\nAnswer: The variables with the value \(value) are",
      answers: chain, wrong: Array(names[(hops + 1)...]), evidence: sentences)
  }
}
