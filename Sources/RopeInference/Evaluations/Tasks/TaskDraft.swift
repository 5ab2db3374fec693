/// An item before it is cut into tokens.
public struct TaskDraft: Sendable, Hashable {
  /// What to look for.
  public var opening: String
  /// The long text.
  public var context: String
  /// What is asked, up to where the answer begins, without a blank at its end.
  public var question: String
  /// The parts of the answer, in the order in which the question asks for them.
  public var answers: [String]
  /// Between two parts, without the blank that follows it.
  public var separator = ","
  /// Wrong answers of the same form as the first part, those that stand in the text before all others.
  public var wrong: [String] = []
  /// The passages of the context that hold the answers: the only places where they stand.
  public var evidence: [String]

  /// All that the model reads before it answers.
  public var prompt: String { opening + "\n\n" + context + question }

  /// The parts as they are written, a blank before each.
  public var answer: String { answer(after: " ") }

  /// - Parameter blank: what stands before the first part.
  func answer(after blank: String) -> String { blank + answers.joined(separator: separator + " ") }

  /// Whether every part of the answer stands in the evidence and nowhere else in the prompt.
  public var isUnambiguous: Bool {
    let prompt = Array(prompt.utf8), evidence = evidence.map { Array($0.utf8) }
    return answers.allSatisfy { answer in
      let answer = Array(answer.utf8)
      let there = evidence.map { Self.count(of: answer, in: $0) }.reduce(0, +)
      return there > 0 && Self.count(of: answer, in: prompt) == there
    }
  }

  /// Places at which `needle` stands, overlapping ones included.
  private static func count(of needle: [UInt8], in text: [UInt8]) -> Int {
    guard let first = needle.first, text.count >= needle.count else { return 0 }
    return (0...text.count - needle.count).count { start in
      text[start] == first && text[start..<start + needle.count].elementsEqual(needle)
    }
  }
}
