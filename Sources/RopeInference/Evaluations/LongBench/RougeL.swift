/// ROUGE-L of a text against a reference, as the Python package `rouge` 1.0.1 has it: on the level of the summary, over
/// sets of words.
///
/// Both texts are cut at full stops. The words of the longest common subsequences of every sentence with every sentence,
/// each word once, over the different words of each text are precision and recall.
enum RougeL {
  private typealias Word = [Unicode.Scalar]

  /// `2PR/(P + R + 10⁻⁸)`; 0 where either text has no sentence.
  static func f1(_ written: String, _ reference: String) -> Double {
    let own = sentences(written), other = sentences(reference)
    guard !own.isEmpty, !other.isEmpty else { return 0 }
    var union: Set<Word> = []
    for sentence in other {
      for candidate in own { union.formUnion(common(sentence, candidate)) }
    }
    let precision = Double(union.count) / Double(Set(own.joined()).count)
    let recall = Double(union.count) / Double(Set(other.joined()).count)
    return 2 * precision * recall / (precision + recall + 1e-8)
  }

  /// Sentences as words; one of blanks alone is a sentence of one empty word.
  private static func sentences(_ text: String) -> [[Word]] {
    text.unicodeScalars.split(separator: ".").map { sentence in
      let words = sentence.split { AnswerText.isSpace($0) }.map { Array($0) }
      return words.isEmpty ? [[]] : words
    }
  }

  /// The words of a longest common subsequence; of several the one that stays longest in the first text.
  private static func common(_ a: [Word], _ b: [Word]) -> [Word] {
    let width = b.count + 1
    var table = Array(repeating: 0, count: (a.count + 1) * width)
    for i in a.indices {
      for j in b.indices {
        table[(i + 1) * width + j + 1] =
          a[i] == b[j] ? table[i * width + j] + 1 : max(table[i * width + j + 1], table[(i + 1) * width + j])
      }
    }
    var i = a.count, j = b.count, words: [Word] = []
    while i > 0, j > 0 {
      if a[i - 1] == b[j - 1] {
        words.append(a[i - 1])
        i -= 1
        j -= 1
      } else if table[(i - 1) * width + j] > table[i * width + j - 1] {
        i -= 1
      } else {
        j -= 1
      }
    }
    return words
  }
}
