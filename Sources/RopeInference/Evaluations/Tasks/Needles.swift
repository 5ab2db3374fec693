import RopeMath

/// Numbers under keys, as they are hidden in prose and asked for.
struct Needles {
  var keys: [String]
  let values: [String]
  /// Further numbers of the same form, which stand nowhere.
  private let others: [String]

  /// - Parameter count: keys with a number each, of seven digits as in RULER.
  init(keys count: Int, using generator: inout SeededGenerator) {
    let words = TaskWords(using: &generator)
    keys = (0..<count).map { words.name($0) }
    let numbers = TaskWords.numbers(count + 9, digits: 7, using: &generator)
    values = Array(numbers[..<count])
    others = Array(numbers[count...])
  }

  private func sentence(_ place: Int) -> String { "The access code of \(keys[place]) is \(values[place])." }

  /// - Parameters:
  ///   - asked: places of the needles that are asked for, in order.
  ///   - shares: where each needle stands, 0 … 1.
  func draft(_ size: TaskSize, asked: [Int], at shares: [Double], using generator: inout SeededGenerator) -> TaskDraft {
    draft(asking: asked, in: context(size, at: shares, using: &generator))
  }

  /// Prose with all needles in it.
  func context(_ size: TaskSize, at shares: [Double], using generator: inout SeededGenerator) -> String {
    let start = Int(generator.next() % UInt64(size.prose.count))
    return size.prose.text(
      size.units, from: start, holding: keys.indices.map { (share: shares[$0], sentence: sentence($0)) })
  }

  /// A question about some needles of a text.
  func draft(asking asked: [Int], in context: String) -> TaskDraft {
    let names = asked.distinct { keys[$0] }
    let list =
      names.count > 1 ? names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "") : names.first ?? ""
    let isOne = asked.count == 1
    // What stands in the text under other keys misleads most.
    let foreign = keys.indices.filter { !asked.contains($0) }.map { values[$0] }
    let wrong = foreign.isEmpty && asked.count > 1 && names.count > 1 ? asked.dropFirst().map { values[$0] } : foreign
    return TaskDraft(
      opening: "Access codes are hidden in the text below. Keep them in mind; they are asked for after it.",
      context: context,
      question:
        "\n\nQuestion: \(isOne ? "What is the access code" : "What are all the access codes") of \(list)\(isOne ? "" : ", in order")?\nAnswer: The access code\(isOne ? "" : "s") of \(list) \(isOne ? "is" : "are")",
      answers: asked.map { values[$0] }, wrong: wrong.isEmpty ? others : Array(wrong), evidence: asked.map(sentence))
  }
}
