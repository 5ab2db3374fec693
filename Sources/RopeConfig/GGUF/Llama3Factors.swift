import RopeMath

/// Recognises Llama 3's scaling by what it does to the frequencies.
struct Llama3Factors {
  let factor: Double
  let lowFactor: Double
  let highFactor: Double
  let original: Double

  /// Converters compute the divisors in float32.
  private static let tolerance = 1e-5

  /// The published parameters that give these divisors of the frequencies, one a pair; nil where none do.
  static func published(giving divisors: [Double], base: Double) -> Llama3Factors? {
    // The slowest pair is divided by the whole factor.
    guard let factor = divisors.max(), factor > 1 else { return nil }
    // Llama 3.1 to 3.3, then Llama 4.
    for (low, high) in [(1.0, 4.0), (1.0, 1.0)] {
      let candidate = Llama3Factors(factor: factor.rounded(), lowFactor: low, highFactor: high, original: 8192)
      if candidate.gives(divisors, base: base) { return candidate }
    }
    return nil
  }

  private func gives(_ divisors: [Double], base: Double) -> Bool {
    guard
      let geometry = try? RotaryGeometry(headDimension: 2 * divisors.count, base: base, trainedLength: Int(original)),
      let method = try? BoundMethod(
        MethodSpecification(
          "llama3",
          [
            "factor": .number(factor), "low_freq_factor": .number(lowFactor), "high_freq_factor": .number(highFactor),
            "original_max_position_embeddings": .number(original),
          ]), context: MethodContext(geometry: geometry, targetLength: Int(original))),
      let plan = try? method.plan(length: Int(original)), plan.inverseFrequencies.count == divisors.count
    else { return false }
    return zip(zip(geometry.inverseFrequencies, plan.inverseFrequencies), divisors).allSatisfy { frequencies, divisor in
      abs(frequencies.0 / frequencies.1 - divisor) <= Self.tolerance * divisor
    }
  }
}
