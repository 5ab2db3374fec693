/// F1 of two bags of words.
enum WordOverlap {
  /// Harmonic mean of the shares of each bag that the other has too; 0 where nothing is common.
  static func f1(_ written: [[Unicode.Scalar]], _ answer: [[Unicode.Scalar]]) -> Double {
    var left: [[Unicode.Scalar]: Int] = [:]
    for word in answer { left[word, default: 0] += 1 }
    var common = 0
    for word in written {
      guard let count = left[word], count > 0 else { continue }
      left[word] = count - 1
      common += 1
    }
    guard common > 0 else { return 0 }
    let precision = Double(common) / Double(written.count), recall = Double(common) / Double(answer.count)
    return 2 * precision * recall / (precision + recall)
  }
}
