import Foundation

/// Round numbers for a linear axis: the extended Wilkinson search of Talbot, Lin and Hanrahan (2010) over multiples of the
/// step, with a measured legibility: a labelling whose texts would touch is no candidate.
struct LinearTicks {
  enum Reach {
    /// Ticks cover the data from below the least to above the greatest value.
    case covering
    /// Ticks stay inside.
    case inside
  }

  private static let niceSteps: [Double] = [1, 5, 2, 2.5, 4, 3]
  private static let simplicityWeight = 0.25
  private static let coverageWeight = 0.2
  private static let densityWeight = 0.5
  private static let legibilityWeight = 0.05

  var range: ClosedRange<Double>
  /// How many ticks would be ideal, at least 2.
  var wanted: Double
  var reach: Reach

  /// The best labelling that `isLegible`; empty where none is found.
  func values(isLegible: (_ values: [Double], _ step: Double) -> Bool) -> [Double] {
    let low = range.lowerBound
    let high = range.upperBound
    let span = high - low
    guard span > 0, span.isFinite, span > max(abs(low), abs(high)) * 1e-12 else { return [] }
    let target = max(wanted, 2)
    var best: (score: Double, values: [Double]) = (-2, [])

    for (index, nice) in Self.niceSteps.enumerated() {
      let simplest = simplicity(index: index, hasZero: true)
      guard bound(simplest, 1, 1) >= best.score else { continue }
      for count in 2...40 {
        let densest = Double(count) >= target ? 2 - (Double(count) - 1) / (target - 1) : 1
        guard bound(simplest, 1, densest) >= best.score else { break }
        let firstPower = Int(ceil(log10(span / (Double(count) + 1) / nice)))
        for power in firstPower..<(firstPower + 6) {
          let step = nice * pow(10, Double(power))
          let covered = step * (Double(count) - 1)
          guard bound(simplest, coverageLimit(span, covered), densest) >= best.score else { break }
          let first = floor(high / step) - Double(count - 1)
          let last = ceil(low / step)
          guard first <= last, last - first < 200, abs(last) < 1e12 else { continue }
          for start in stride(from: first, through: last, by: 1) {
            let least = start * step
            let most = least + covered
            guard fits(least, most, slack: step * 1e-9) else { continue }
            let score = bound(
              simplicity(index: index, hasZero: least <= 0 && most >= 0), coverage(least, most),
              density(count: count, target: target, least, most))
            guard score > best.score else { continue }
            let values = (0..<count).map { place -> Double in
              let value = (start + Double(place)) * step
              return abs(value) < step * 1e-9 ? 0 : value
            }
            if isLegible(values, step) { best = (score, values) }
          }
        }
      }
    }
    return best.values
  }

  private func bound(_ simplicity: Double, _ coverage: Double, _ density: Double) -> Double {
    Self.simplicityWeight * simplicity + Self.coverageWeight * coverage + Self.densityWeight * density
      + Self.legibilityWeight
  }

  private func fits(_ least: Double, _ most: Double, slack: Double) -> Bool {
    switch reach {
    case .covering: least <= range.lowerBound + slack && most >= range.upperBound - slack
    case .inside: least >= range.lowerBound - slack && most <= range.upperBound + slack
    }
  }

  private func simplicity(index: Int, hasZero: Bool) -> Double {
    (hasZero ? 1 : 0) - Double(index) / Double(Self.niceSteps.count - 1)
  }

  private func coverage(_ least: Double, _ most: Double) -> Double {
    let tenth = 0.1 * (range.upperBound - range.lowerBound)
    let above = range.upperBound - most
    let below = range.lowerBound - least
    return 1 - 0.5 * (above * above + below * below) / (tenth * tenth)
  }

  private func coverageLimit(_ span: Double, _ covered: Double) -> Double {
    guard covered > span else { return 1 }
    let half = (covered - span) / 2
    return 1 - half * half / (0.01 * span * span)
  }

  private func density(count: Int, target: Double, _ least: Double, _ most: Double) -> Double {
    let actual = (Double(count) - 1) / (most - least)
    let ideal = (target - 1) / (max(most, range.upperBound) - min(least, range.lowerBound))
    return 2 - max(actual / ideal, ideal / actual)
  }
}
