/// How LongBench scores what a model wrote against one of the right answers, 0 … 1 (`metrics.py` of THUDM/LongBench at
/// 2e00731).
///
/// Chinese answers are cut into characters here, where LongBench has jieba's words: the two Chinese metrics are this
/// program's own and do not compare with published numbers.
public enum LongBenchMetric: String, Sendable, Hashable, CaseIterable {
  /// F1 of the words, without articles, punctuation and case.
  case answerF1 = "f1"
  /// F1 of characters, without punctuation and case.
  case characterF1 = "f1-characters"
  case rouge = "rouge-l"
  case characterRouge = "rouge-l-characters"
  /// Whether the right class is named, divided by how many classes are.
  case classification
  /// Share of the written numbers that are the paragraph's.
  case paragraph
  /// Share of the written numbers that are the right one.
  case count
  /// Similarity of the first line of code.
  case codeSimilarity = "code-similarity"

  /// - Parameters:
  ///   - written: what the model wrote.
  ///   - answer: a right answer.
  ///   - classes: every class, for `classification`.
  public func score(_ written: String, answer: String, classes: [String] = []) -> Double {
    switch self {
    case .answerF1:
      return WordOverlap.f1(AnswerText.words(written), AnswerText.words(answer))
    case .characterF1:
      return WordOverlap.f1(AnswerText.characters(written), AnswerText.characters(answer))
    case .rouge: return RougeL.f1(written, answer)
    case .characterRouge:
      func spaced(_ text: String) -> String { text.unicodeScalars.map { String($0) }.joined(separator: " ") }
      return RougeL.f1(spaced(written), spaced(answer))
    case .classification: return Self.classification(written, answer, classes)
    case .paragraph:
      // “Paragraph 12”, or its Chinese form: the number is all that counts.
      guard let number = AnswerText.numbers(answer).first else { return 0 }
      return Self.share(of: number, in: written)
    case .count: return Self.share(of: Array(answer.unicodeScalars), in: written)
    case .codeSimilarity:
      let line = Self.lines(written).first { line in !["`", "#", "//"].contains { line.contains($0) } } ?? ""
      return SequenceSimilarity.percent(line, answer) / 100
    }
  }

  /// The best score over the right answers.
  ///
  /// - Parameter takesFirstLine: whether what follows the first line is left aside.
  public func score(_ written: String, answers: [String], classes: [String] = [], takesFirstLine: Bool) -> Double {
    let text = takesFirstLine ? Self.lines(written).first ?? "" : written
    return answers.map { score(text, answer: $0, classes: classes) }.max() ?? 0
  }

  /// Lines without empty ones at the beginning.
  private static func lines(_ text: String) -> [String] {
    let scalars = text.unicodeScalars.drop { $0 == "\n" }
    return scalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
  }

  private static func share(of number: [Unicode.Scalar], in text: String) -> Double {
    let found = AnswerText.numbers(text)
    return found.isEmpty ? 0 : Double(found.count { $0 == number }) / Double(found.count)
  }

  /// A class whose name is a part of the right one's is not held against it, one entry after the other as the original
  /// goes through a list that it shortens.
  private static func classification(_ written: String, _ answer: String, _ classes: [String]) -> Double {
    var named = classes.filter { !$0.isEmpty && written.contains($0) }, place = 0
    while place < named.count {
      let name = named[place]
      if name != answer, answer.contains(name), let first = named.firstIndex(of: name) { named.remove(at: first) }
      place += 1
    }
    return named.contains(answer) ? 1 / Double(named.count) : 0
  }
}
