/// Which neighbours merge, and which first.
enum MergeRules: Sendable {
  struct Merge: Sendable {
    /// Smaller is earlier.
    let priority: UInt32
    let id: Int32
  }

  /// Byte-pair encoding: a list of pairs of tokens, the first of it first.
  case ranks([UInt64: Merge])
  /// SentencePiece: any two neighbours that make a token together, the one of the highest score first.
  case scores(TokenIndex, priorities: [UInt32])

  static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  /// A number that is smaller for a higher score.
  static func priority(ofScore score: Float) -> UInt32 {
    let bits = (score == 0 ? 0 : score).bitPattern
    let ascending = bits >> 31 == 1 ? ~bits : bits | 0x8000_0000
    return ~ascending
  }

  func merge(
    _ left: PairMerger.Symbol, _ right: PairMerger.Symbol, in text: UnsafeBufferPointer<UInt8>
  ) -> Merge? {
    switch self {
    case .ranks(let ranks):
      guard left.id >= 0, right.id >= 0 else { return nil }
      return ranks[Self.key(left.id, right.id)]
    case .scores(let index, let priorities):
      let joined = UnsafeBufferPointer(rebasing: text[left.start..<left.start + left.count + right.count])
      return index.id(of: joined).map { Merge(priority: priorities[Int($0)], id: $0) }
    }
  }
}
