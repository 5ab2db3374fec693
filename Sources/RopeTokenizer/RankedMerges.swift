/// Byte-pair encoding: a list of pairs of tokens, the first of it first.
struct RankedMerges: MergeTable {
  private var merges: [UInt64: Merge] = [:]

  init(reservingCapacity count: Int) { merges.reserveCapacity(count) }

  /// A pair that stands twice keeps its first place.
  mutating func insert(_ left: Int32, _ right: Int32, _ merge: Merge) {
    let key = Self.key(left, right)
    if merges[key] == nil { merges[key] = merge }
  }

  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  func merge(_ left: PairMerger.Symbol, _ right: PairMerger.Symbol, in text: UnsafeBufferPointer<UInt8>) -> Merge? {
    left.id >= 0 && right.id >= 0 ? merges[Self.key(left.id, right.id)] : nil
  }
}
