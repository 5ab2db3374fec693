import RopeMath

/// The keys of one query that a test holds for, as at most two runs of consecutive keys, the earlier first.
struct KeyIntervals: Sendable, Equatable {
  var first: Range<Int>
  var second: Range<Int>

  init(_ first: Range<Int>, _ second: Range<Int> = 0..<0) {
    self.first = first
    self.second = second
  }

  static let none = KeyIntervals(0..<0)

  /// Keys that a query at `p` sees under a plan's visibility and a layer's window; the causal limit included.
  init(visibility: Visibility, query p: Int, isShifted: Bool, window: Int?, chunk: Int? = nil) {
    let earliest = max(window.map { max(0, p - $0 + 1) } ?? 0, chunk.map { p / $0 * $0 } ?? 0)
    let seen = earliest..<p + 1
    switch visibility {
    case .causal: self.init(seen)
    case .slidingWindow(let size): self.init(seen.clamped(to: max(0, p - max(0, size) + 1)..<p + 1))
    case .lambda(let global, let local):
      let near = max(0, p - local + 1)
      let far = min(max(0, global), near)
      self.init((0..<far).clamped(to: seen), (near..<max(near, p + 1)).clamped(to: seen))
    case .shiftedGroups(let size):
      guard size > 0 else {
        self.init(seen)
        return
      }
      let shift = isShifted ? size / 2 : 0
      let start = max(0, (p + shift) / size * size - shift)
      self.init(seen.clamped(to: start..<p + 1))
    }
  }

  /// The part inside of a range.
  func clamped(to range: Range<Int>) -> KeyIntervals {
    KeyIntervals(first.clamped(to: range), second.clamped(to: range))
  }

  var isEmpty: Bool { first.isEmpty && second.isEmpty }
  var count: Int { first.count + second.count }
  var lowest: Int { first.isEmpty ? second.lowerBound : first.lowerBound }
  var highest: Int { second.isEmpty ? first.upperBound : second.upperBound }
}

extension PositionRegion {
  /// The keys below `limit` that the region holds for a query at `p`: one run, as every one of its tests gives one.
  func keys(of p: Int, below limit: Int) -> Range<Int> {
    var low = 0, high = limit
    if let smallestDistance { high = min(high, p - min(smallestDistance, p + 1) + 1) }
    if let largestDistance { low = max(low, p - min(largestDistance, p)) }
    if let keysBelow { high = min(high, max(0, keysBelow)) }
    if let chunk, chunk > 0 {
      let own = p / chunk
      if let smallestChunkLag { high = min(high, (own - min(smallestChunkLag, own + 1) + 1) * chunk) }
      if let largestChunkLag { low = max(low, (own - min(largestChunkLag, own)) * chunk) }
    }
    return low < high ? low..<high : 0..<0
  }
}
