/// A canonical prefix code for symbol frequencies.
struct HuffmanCode {
  /// Bits of each symbol's code; 0 for symbols that do not occur.
  private(set) var lengths: [Int]
  private var codes: [UInt32]

  /// No code is longer than `longest` bits. At least two symbols get a code, as some readers want.
  init(counts: [Int], longest: Int) {
    var counts = counts
    for symbol in counts.indices where counts.count(where: { $0 > 0 }) < 2 { counts[symbol] = max(counts[symbol], 1) }
    lengths = Self.lengths(counts)
    while (lengths.max() ?? 0) > longest {
      counts = counts.map { $0 == 0 ? 0 : $0 / 2 + 1 }
      lengths = Self.lengths(counts)
    }
    codes = [UInt32](repeating: 0, count: counts.count)
    var next: UInt32 = 0
    for length in 1...longest {
      for symbol in lengths.indices where lengths[symbol] == length {
        codes[symbol] = Self.reversed(next, length)
        next += 1
      }
      next <<= 1
    }
  }

  func write(_ symbol: Int, to bits: inout BitWriter) { bits.write(codes[symbol], lengths[symbol]) }

  /// Depths in Huffman's tree, by merging the two rarest of a sorted list.
  private static func lengths(_ counts: [Int]) -> [Int] {
    var open = counts.indices.filter { counts[$0] > 0 }.map { (count: counts[$0], symbols: [$0]) }
    open.sort { ($0.count, $0.symbols[0]) > ($1.count, $1.symbols[0]) }
    var lengths = [Int](repeating: 0, count: counts.count)
    while open.count > 1, let one = open.popLast(), let other = open.popLast() {
      let merged = (count: one.count + other.count, symbols: one.symbols + other.symbols)
      for symbol in merged.symbols { lengths[symbol] += 1 }
      let place = open.lastIndex { $0.count >= merged.count }.map { $0 + 1 } ?? 0
      open.insert(merged, at: place)
    }
    return lengths
  }

  private static func reversed(_ code: UInt32, _ length: Int) -> UInt32 {
    (0..<length).reduce(0) { $0 | (code >> UInt32($1) & 1) << UInt32(length - 1 - $1) }
  }
}
