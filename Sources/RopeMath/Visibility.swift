/// Which keys a query attends to.
public enum Visibility: Sendable, Hashable, Codable {
  /// Every key up to and including the query.
  case causal
  /// The last `window` keys, the query's own included.
  case slidingWindow(Int)
  /// Λ shape: the first `global` keys and the last `local` ones (LM-Infinite, arXiv 2308.16137).
  case lambda(global: Int, local: Int)
  /// Groups of `size` tokens; half of the heads see groups that are shifted by `size/2` (LongLoRA, arXiv 2309.12307).
  case shiftedGroups(size: Int)

  /// Whether the query at `p` sees the key at `r`. `shifted` chooses the head half of `shiftedGroups`.
  public func allows(query p: Int, key r: Int, shifted: Bool = false) -> Bool {
    guard r <= p else { return false }
    switch self {
    case .causal: return true
    case .slidingWindow(let window): return p - r < window
    case .lambda(let global, let local): return r < global || p - r < local
    case .shiftedGroups(let size):
      guard size > 0 else { return true }
      let shift = shifted ? size / 2 : 0
      return (p + shift) / size == (r + shift) / size
    }
  }
}
