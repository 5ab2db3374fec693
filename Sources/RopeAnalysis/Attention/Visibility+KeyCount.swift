import RopeMath

extension Visibility {
  /// How many keys the query at position `p ≥ 0` sees, its own included.
  func keyCount(query p: Int) -> Int {
    switch self {
    case .causal: p + 1
    case .slidingWindow(let window): min(p + 1, max(1, window))
    case .lambda(let global, let local): min(p + 1, max(1, global + local))
    case .shiftedGroups(let size): size > 0 ? p % size + 1 : p + 1
    }
  }
}
