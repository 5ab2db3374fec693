/// A fixed share of the cases: the I-th of N, I from 1.
package struct BatchShard: Sendable, Hashable {
  package let index: Int
  package let count: Int

  /// From `I/N`; nil unless 1 ≤ I ≤ N.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1], count >= 1, (1...count).contains(index) else {
      return nil
    }
    self.index = index
    self.count = count
  }

  /// Every N-th case, so that large and small models are spread alike.
  package func cases(of all: [BatchCase]) -> [BatchCase] {
    all.enumerated().filter { $0.offset % count == index - 1 }.map(\.element)
  }
}
