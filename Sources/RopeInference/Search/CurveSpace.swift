import RealModule
import RopeMath

/// Tables of five numbers: `λ̂_i = S^(u^p)` with u rising from 0 to 1 between two places among the pairs.
///
/// `u = (x − begin)/(end − begin)`, cut to 0 … 1, at the place `x = i/(m − 1)` of pair i of m; S is the factor of the
/// slowest pairs, p the bend, and the fifth number the multiplier a of cos and sin. NTK-aware scaling is begin 0, end 1,
/// p 1; position interpolation is end 0; YaRN's ramp is close to a curve between its own ends.
public struct CurveSpace: SearchSpace {
  private let frame: SearchFrame
  private let bounds: [ClosedRange<Double>]

  public init(_ frame: SearchFrame) {
    self.frame = frame
    bounds = [0...1, 0...1, max(1, frame.factor / 2)...frame.largest, 0.25...4, frame.attentionFactors]
  }

  public let names = ["begin", "end", "factor", "bend", "attention_factor"]

  public var starts: [[Double]] {
    let geometry = frame.geometry, last = Double(geometry.pairCount - 1), s = frame.factor
    let ends = YaRNRamp(trainedLength: Double(geometry.trainedLength))
      .ends(dimension: geometry.rotaryDimension, base: geometry.base)
    func place(_ pair: Double) -> Double { pair.isFinite ? min(max(pair / last, 0), 1) : 0 }
    let yarn = frame.attention(YaRNTemperature.magnitude(scale: s)), plain = frame.attention(1)
    return [
      [place(ends.low), place(max(ends.low, ends.high)), s, 1, yarn],
      [0, 1, s, 1, plain],
      [0, 0, s, 1, plain],
      [0, place(Double(geometry.criticalPair(at: geometry.trainedLength))), s, 1, yarn],
    ].map(held)
  }

  public func table(_ genes: [Double]) -> FactorTable {
    let genes = held(genes), count = frame.geometry.pairCount
    let (begin, end, factor, bend) = (genes[0], genes[1], genes[2], genes[3])
    let factors = (0..<count).map { pair -> Double in
      let x = Double(pair) / Double(max(1, count - 1))
      guard end > begin else { return x >= end ? factor : 1 }
      return .exp(.log(factor) * .pow(min(max((x - begin) / (end - begin), 0), 1), bend))
    }
    return FactorTable(factors: factors, attentionFactor: genes[4])
  }

  public func mutated(_ genes: [Double], using generator: inout SeededGenerator) -> [Double] {
    var changed = held(genes)
    // One of them moves in any case.
    let chosen = Int(generator.next() % UInt64(bounds.count))
    for place in changed.indices where generator.chance(0.4) || place == chosen {
      let range = bounds[place], width = range.upperBound - range.lowerBound
      changed[place] += generator.step(0.35 * width)
    }
    return held(changed)
  }

  public func crossed(_ first: [Double], _ second: [Double], using generator: inout SeededGenerator) -> [Double] {
    held(zip(held(first), held(second)).map { generator.chance(0.5) ? $0 : $1 })
  }

  /// Within the bounds, rounded, the ends in order; genes that are missing are at their lower bound.
  private func held(_ genes: [Double]) -> [Double] {
    var held = bounds.indices.map { place in
      let value = place < genes.count && genes[place].isFinite ? genes[place] : bounds[place].lowerBound
      return min(max(FactorTable.rounded(value), bounds[place].lowerBound), bounds[place].upperBound)
    }
    if held[0] > held[1] { held.swapAt(0, 1) }
    return held
  }
}
