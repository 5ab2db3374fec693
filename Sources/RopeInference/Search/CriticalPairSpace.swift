import RealModule
import RopeMath

/// The tables of LongRoPE2's search (arXiv 2502.20082, §3.2): every pair from a critical one on has a factor of its own,
/// at least s and at most 2·s; faster pairs are stretched as NTK-aware scaling to that pair does, `λ̂_i = λ̂_c^(i/c)`.
///
/// The critical pair is searched too, between the one that makes ten turns in the trained length and the first that
/// makes none. Genes are the critical pair, the multiplier a of cos and sin, and λ̂ of all pairs.
public struct CriticalPairSpace: SearchSpace {
  private let frame: SearchFrame
  /// Where the critical pair may lie; from 1 on, so that the fastest pair is left alone.
  private let criticalPairs: ClosedRange<Int>

  public init(_ frame: SearchFrame) {
    self.frame = frame
    let geometry = frame.geometry, last = geometry.pairCount - 1
    let upper = min(max(1, geometry.criticalPair(at: geometry.trainedLength)), last)
    let lower = min(max(1, geometry.criticalPair(at: max(1, geometry.trainedLength / 10))), upper)
    criticalPairs = lower...upper
  }

  public let names = ["critical_pair", "attention_factor"]

  public var starts: [[Double]] {
    let (low, high) = (criticalPairs.lowerBound, criticalPairs.upperBound)
    let places = [high, (low + high) / 2, low].distinct()
    // Flat at s, and rising to a quarter more at the slowest pair.
    let attention = frame.attention(YaRNTemperature.magnitude(scale: frame.factor))
    return places.flatMap { critical in
      [0.0, 0.25].map { rise in completed(critical, attention, factors(rising: rise, from: critical)) }
    }
  }

  private func factors(rising rise: Double, from critical: Int) -> [Double] {
    let pairs = frame.geometry.pairCount, last = Double(max(1, pairs - 1 - critical))
    return (0..<pairs).map { (pair: Int) -> Double in
      frame.factor * (1 + rise * Double(max(0, pair - critical)) / last)
    }
  }

  public func table(_ genes: [Double]) -> FactorTable {
    let (critical, attention, list) = parts(genes)
    return FactorTable(factors: Array(completed(critical, attention, list).dropFirst(2)), attentionFactor: attention)
  }

  /// Each factor from the critical pair on is drawn anew between its neighbours with the authors' probability of 0.3.
  public func mutated(_ genes: [Double], using generator: inout SeededGenerator) -> [Double] {
    var (critical, attention, list) = parts(genes)
    let count = list.count
    if generator.chance(0.3) {
      let width = frame.attentionFactors.upperBound - frame.attentionFactors.lowerBound
      attention = frame.attention(attention + generator.step(0.35 * width))
    }
    if generator.chance(0.2) {
      critical += Int(generator.next() % 5) - 2
      critical = min(max(critical, criticalPairs.lowerBound), criticalPairs.upperBound)
    }
    list = Array(completed(critical, attention, list).dropFirst(2))
    // The slowest first: where all are alike only it has room to move.
    for pair in stride(from: count - 1, through: critical, by: -1) where generator.chance(0.3) {
      let low = pair == critical ? frame.factor : list[pair - 1],
        high = pair == count - 1 ? frame.largest : list[pair + 1]
      list[pair] = low + generator.nextUniform() * max(0, high - low)
    }
    return completed(critical, attention, list)
  }

  public func crossed(_ first: [Double], _ second: [Double], using generator: inout SeededGenerator) -> [Double] {
    let own = parts(first), other = parts(second)
    let critical = generator.chance(0.5) ? own.critical : other.critical
    let attention = generator.chance(0.5) ? own.attention : other.attention
    var list = own.list
    for pair in list.indices where pair >= critical && generator.chance(0.3) {
      let low = pair == 0 ? 1 : list[pair - 1], high = pair == list.count - 1 ? frame.largest : list[pair + 1]
      if low <= other.list[pair], other.list[pair] <= high { list[pair] = other.list[pair] }
    }
    return completed(critical, attention, list)
  }

  /// The genes as they may be: within their ranges, one factor a pair.
  private func parts(_ genes: [Double]) -> (critical: Int, attention: Double, list: [Double]) {
    let place = genes.first.flatMap { Int(exactly: $0.rounded()) } ?? criticalPairs.upperBound
    let list = Array(genes.dropFirst(2).prefix(frame.geometry.pairCount))
    return (
      min(max(place, criticalPairs.lowerBound), criticalPairs.upperBound),
      frame.attention(genes.count > 1 ? genes[1] : 1),
      list + Array(repeating: frame.factor, count: frame.geometry.pairCount - list.count)
    )
  }

  /// Genes whose list keeps to the space.
  private func completed(_ critical: Int, _ attention: Double, _ list: [Double]) -> [Double] {
    var list = list, least = frame.factor
    for pair in list.indices where pair >= critical {
      least = FactorTable.rounded(min(max(list[pair], least), frame.largest))
      list[pair] = least
    }
    let growth = Double.log(list[critical]) / Double(critical)
    for pair in 0..<critical { list[pair] = FactorTable.rounded(.exp(growth * Double(pair))) }
    return [Double(critical), frame.attention(FactorTable.rounded(attention))] + list
  }
}
