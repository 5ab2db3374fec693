/// Chooses the breaks of a ragged paragraph so that its lines end as evenly as they can: the least sum of squared gaps at
/// the line ends, after Knuth and Plass (1981) without stretch, shrink or hyphens.
enum LineBreaker {
  /// The first atom of each line. `widths` and `spaces` (after each atom) are points; a single atom that is wider than
  /// the measure gets a line of its own.
  static func lineStarts(widths: [Double], spaces: [Double], measure: Double) -> [Int] {
    let count = widths.count
    guard count > 0, measure > 0 else { return count > 0 ? [0] : [] }
    // cost[i]: the best cost of setting atoms i…; next[i]: where the line after the one that starts at i begins.
    var cost = [Double](repeating: 0, count: count + 1)
    var next = [Int](repeating: count, count: count + 1)
    for start in stride(from: count - 1, through: 0, by: -1) {
      var best = Double.infinity
      var width = 0.0
      for end in start..<count {
        width += widths[end]
        if width > measure + 1e-6, end > start { break }
        let gap = max(measure - width, 0) / measure
        let isLast = end == count - 1
        // A last line of one short word looks lost.
        let own = isLast ? (gap > 0.88 && start > 0 ? 0.05 : 0) : gap * gap
        if own + cost[end + 1] < best {
          best = own + cost[end + 1]
          next[start] = end + 1
        }
        width += spaces[end]
      }
      cost[start] = best
    }
    var starts: [Int] = []
    var atom = 0
    while atom < count {
      starts.append(atom)
      atom = next[atom]
    }
    return starts
  }
}
