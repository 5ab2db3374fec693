/// Which neighbours merge, into what, and which first.
protocol MergeTable: Sendable {
  func merge(_ left: PairMerger.Symbol, _ right: PairMerger.Symbol, in text: UnsafeBufferPointer<UInt8>) -> Merge?
}

/// A pair's token. A smaller priority is earlier.
struct Merge: Sendable {
  let priority: UInt32
  let id: Int32
}
