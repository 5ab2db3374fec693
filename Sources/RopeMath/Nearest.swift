/// "Did you mean": the closest of the known words.
public enum Nearest {
  /// The known word within a third of its length (at least 1, at most 3) in edit distance, the closest first.
  public static func match(_ word: String, in known: [String]) -> String? {
    let written = Array(word.lowercased().prefix(64))
    var best: (word: String, distance: Int)?
    for candidate in known {
      let letters = Array(candidate.lowercased().prefix(64))
      // As many insertions are needed at least; more than three are never near.
      guard abs(letters.count - written.count) <= 3 else { continue }
      let distance = distance(written, letters)
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    guard let best, best.distance <= min(3, max(1, best.word.count / 3)) else { return nil }
    return best.word
  }

  /// `; did you mean “yarn”?`, or nothing.
  public static func hint(_ word: String, in known: [String]) -> String {
    match(word, in: known).map { "; did you mean “\($0)”?" } ?? ""
  }

  /// Levenshtein distance, with an adjacent swap counted once.
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
        row.append(cost)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
