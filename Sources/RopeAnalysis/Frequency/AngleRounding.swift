import RealModule
import RopeMath

/// Errors of rotation angles `p·θ_i` under a number format, found by rounding as runtimes do.
struct AngleRounding {
  let frequencies: [Double]
  /// Frequencies as float32 code computes them, where they follow from a base: `1 / b^(2i/d)`, each step rounded.
  let float32Frequencies: [Float]

  init(_ plan: RotaryPlan) {
    frequencies = plan.inverseFrequencies
    let base = Float(plan.base), dimension = Float(plan.geometry.rotaryDimension)
    let unscaled = plan.geometry.inverseFrequencies(base: plan.base)
    float32Frequencies = plan.inverseFrequencies.enumerated().map { pair, frequency in
      let chained = 1 / Float.pow(base, Float(2 * pair) / dimension)
      guard pair < unscaled.count, unscaled[pair] > 0 else { return Float(frequency) }
      let ratio = frequency / unscaled[pair]
      return ratio == 1 ? chained : Float(Double(chained) * ratio)
    }
  }

  /// Worst error over the pairs, radians, of float32 positions and frequencies whose product is rounded once more.
  func float32(at position: Double) -> Double {
    zip(frequencies, float32Frequencies).reduce(0) { worst, pair in
      max(worst, abs(Double(Float(position) * pair.1) - position * pair.0))
    }
  }

  /// Worst error over the pairs of a position that is rounded to the format; infinite beyond the format's range.
  func position(_ position: Double, in format: ReducedPrecision) -> Double {
    abs(format.rounded(position) - position) * (frequencies.max() ?? 0)
  }

  /// Worst error over the pairs of frequencies that are rounded to the format.
  func frequency(at position: Double, in format: ReducedPrecision) -> Double {
    frequencies.reduce(0) { max($0, abs(format.rounded($1) - $1)) } * position
  }
}
