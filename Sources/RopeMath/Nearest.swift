/// "Did you mean": the closest of the known words.
public enum Nearest {
  /// The known word within a third of its length (at least 1, at most 3) in edit distance, the closest first.
  public static func match(_ word: String, in known: [String]) -> String? {
    let best = known.map { ($0, distance(word.lowercased(), $0.lowercased())) }.min { $0.1 < $1.1 }
    guard let best, best.1 <= min(3, max(1, best.0.count / 3)) else { return nil }
    return best.0
  }

  /// `; did you mean “yarn”?`, or nothing.
  public static func hint(_ word: String, in known: [String]) -> String {
    match(word, in: known).map { "; did you mean “\($0)”?" } ?? ""
  }

  /// Levenshtein distance, with an adjacent swap counted once.
  static func distance(_ left: String, _ right: String) -> Int {
    let a = Array(left.prefix(64)), b = Array(right.prefix(64))
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
