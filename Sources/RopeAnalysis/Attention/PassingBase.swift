import RealModule
import RopeMath

/// The least base for which no mean score turns negative below a length, by an exact search below a base that passes.
///
/// Passing bases come in narrow bands, so that bisection is wrong: bases are tried upward in steps of 0.1 %, and the edge
/// of the first band is then bisected. Most bases fail near where their neighbours failed, which is looked at first; what
/// passes there is searched at every whole distance. Narrower bands than a step may be missed.
struct PassingBase {
  let geometry: RotaryGeometry
  let length: Int

  /// The search begins at this share of the base that passes.
  private static let depth = 6.0
  private static let step = 1.001
  /// Whole distances to each side of a known failure.
  private static let reach = 64
  private static let remembered = 8

  /// - Parameter passing: a base that passes.
  func least(below passing: Double, from lowest: Double) -> Double {
    var failures: [Int] = []
    var failing = max(lowest, passing / Self.depth)
    guard failing < passing, !passes(failing, &failures) else { return min(failing, passing) }
    while failing < passing {
      let next = min(passing, failing * Self.step)
      if passes(next, &failures) { return edge(failing, next, &failures) }
      failing = next
    }
    return passing
  }

  private func edge(_ failing: Double, _ passing: Double, _ failures: inout [Int]) -> Double {
    var (low, high) = (failing, passing)
    for _ in 0..<12 {
      let middle = (low * high).squareRoot()
      if passes(middle, &failures) { high = middle } else { low = middle }
    }
    return high
  }

  private func passes(_ base: Double, _ failures: inout [Int]) -> Bool {
    let share = Double(geometry.rotaryDimension) / Double(geometry.scoreDimension)
    let score = MeanScore(frequencies: geometry.inverseFrequencies(base: base), rotatedShare: share)
    for (place, known) in failures.enumerated() {
      guard score.isNegative(from: max(0, known - Self.reach), to: min(length, known + Self.reach)) else { continue }
      failures.remove(at: place)
      failures.insert(known, at: 0)
      return false
    }
    guard let found = score.scan(below: length, stopsAtFirstNegative: true).firstNegative else { return true }
    failures = [found] + failures.prefix(Self.remembered - 1)
    return false
  }
}

extension MeanScore {
  /// Whether some whole distance in `start ..< end` has a negative score; for equal features without decay.
  fileprivate func isNegative(from start: Int, to end: Int) -> Bool {
    var sums = [Double](repeating: 0, count: max(0, end - start))
    // Four pairs at a time; pairs that fill the last four up stand still and weigh nothing.
    for first in stride(from: 0, to: frequencies.count, by: 4) {
      var cosines = SIMD4<Double>(), sines = cosines, stepCosines = cosines, stepSines = cosines
      for lane in 0..<min(4, frequencies.count - first) {
        let frequency = frequencies[first + lane], angle = Double(start) * frequency
        cosines[lane] = .cos(angle)
        sines[lane] = .sin(angle)
        stepCosines[lane] = .cos(frequency)
        stepSines[lane] = .sin(frequency)
      }
      for place in sums.indices {
        sums[place] += cosines.sum()
        (cosines, sines) = (cosines * stepCosines - sines * stepSines, sines * stepCosines + cosines * stepSines)
      }
    }
    let rest = Double(frequencies.count) * (1 - rotatedShare)
    return sums.contains { rotatedShare * $0 + rest < 0 }
  }
}
