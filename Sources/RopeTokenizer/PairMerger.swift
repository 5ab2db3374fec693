/// Merges neighbouring symbols, always the pair of the smallest priority, of equal ones the leftmost, until none is
/// left: O(n log n) by a heap of candidates over a linked list.
struct PairMerger {
  struct Symbol {
    /// Place and length in the text; a length of 0 for what was merged into its left neighbour.
    var start: Int
    var count: Int
    /// Its token; −1 where it is none.
    var id: Int32
    var previous: Int
    var next: Int
  }

  private struct Candidate {
    let priority: UInt32
    let left: Int
    let right: Int
    let count: Int
    let id: Int32

    func isBefore(_ other: Candidate) -> Bool {
      priority != other.priority ? priority < other.priority : left < other.left
    }
  }

  private(set) var symbols: [Symbol] = []
  private var heap: [Candidate] = []

  /// Starts over with nothing.
  mutating func reset() {
    symbols.removeAll(keepingCapacity: true)
    heap.removeAll(keepingCapacity: true)
  }

  mutating func append(start: Int, count: Int, id: Int32) {
    let place = symbols.count
    if place > 0 { symbols[place - 1].next = place }
    symbols.append(Symbol(start: start, count: count, id: id, previous: place - 1, next: -1))
  }

  mutating func merge(by table: some MergeTable, in text: UnsafeBufferPointer<UInt8>) {
    for right in symbols.indices.dropFirst() { consider(right - 1, right, table, text) }
    while let best = pop() {
      let left = symbols[best.left]
      let right = symbols[best.right]
      guard left.count > 0, right.count > 0, left.next == best.right, left.count + right.count == best.count
      else { continue }
      symbols[best.left].count = best.count
      symbols[best.left].id = best.id
      symbols[best.left].next = right.next
      symbols[best.right].count = 0
      if right.next >= 0 {
        symbols[right.next].previous = best.left
        consider(best.left, right.next, table, text)
      }
      if left.previous >= 0 { consider(left.previous, best.left, table, text) }
    }
  }

  private mutating func consider(
    _ left: Int, _ right: Int, _ table: some MergeTable, _ text: UnsafeBufferPointer<UInt8>
  ) {
    guard let merge = table.merge(symbols[left], symbols[right], in: text) else { return }
    push(
      Candidate(
        priority: merge.priority, left: left, right: right, count: symbols[left].count + symbols[right].count,
        id: merge.id))
  }

  // MARK: The heap

  private mutating func push(_ candidate: Candidate) {
    var place = heap.count
    heap.append(candidate)
    while place > 0, heap[place].isBefore(heap[(place - 1) / 2]) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private mutating func pop() -> Candidate? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count && heap[child].isBefore(heap[least]) {
        least = child
      }
      guard least != place else { return first }
      heap.swapAt(place, least)
      place = least
    }
  }
}
