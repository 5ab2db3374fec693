import RopeMath

extension RotaryPlan {
  /// Logits that one head computes for the newest token of a context of `length` tokens: the keys that the token sees,
  /// twice for those that added bands score again; with retrieval, its own block, the landmark of every earlier block and
  /// the tokens of the retrieved ones. For shifted groups, the mean over the tokens of a group.
  func scoresPerToken(length: Int) -> Double {
    if case .landmark(let block, let retrieved?) = normalisation, block > 0 {
      let earlier = (length - 1) / block
      let own = (length - 1) % block + 1
      return Double(own + earlier + min(retrieved, earlier) * (block - 1))
    }
    let seen: Double =
      if case .shiftedGroups(let size) = visibility { (Double(min(length, size)) + 1) / 2 } else {
        Double(visibility.keyCount(query: length - 1))
      }
    let again = bands.filter(\.isAdded).reduce(0.0) { sum, band in
      let (from, to) = (band.region.smallestDistance ?? 0, min(length - 1, band.region.largestDistance ?? length - 1))
      return sum + Double(max(0, to - from + 1))
    }
    // Keys that only an added band holds are scored once.
    guard again > 0, let near = bands.first?.region.largestDistance else { return seen }
    return Double(min(length, near + 1)) + again
  }
}
