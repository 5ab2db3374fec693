import RopeMath

extension RotaryPlan {
  /// How many keys share the weight of the query at position `p ≥ 0`, its own included: those that it sees, or under
  /// landmark retrieval those of its own block and the ordinary ones of the retrieved blocks.
  func keyCount(query p: Int) -> Int {
    guard let (block, count) = retrieval else { return visibility.keyCount(query: p) }
    return p % block + 1 + min(count, p / block) * (block - 1)
  }
}

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
