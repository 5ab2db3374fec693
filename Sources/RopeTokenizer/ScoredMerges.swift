/// SentencePiece: any two neighbours that make a token together, the one of the highest score first.
struct ScoredMerges: MergeTable {
  private let index: TokenIndex
  private let priorities: [UInt32]

  init(_ index: TokenIndex, scores: [Float]) {
    self.index = index
    priorities = scores.map(Self.priority)
  }

  /// A number that is smaller for a higher score.
  private static func priority(of score: Float) -> UInt32 {
    let bits = (score == 0 ? 0 : score).bitPattern
    let ascending = bits >> 31 == 1 ? ~bits : bits | 0x8000_0000
    return ~ascending
  }

  func merge(_ left: PairMerger.Symbol, _ right: PairMerger.Symbol, in text: UnsafeBufferPointer<UInt8>) -> Merge? {
    let joined = UnsafeBufferPointer(rebasing: text[left.start..<left.start + left.count + right.count])
    return index.id(of: joined).map { Merge(priority: priorities[Int($0)], id: $0) }
  }
}
