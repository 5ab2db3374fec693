import RopeMath

/// A table as `longrope` takes it: λ̂ of each pair, by which frequencies are divided, and the multiplier a of cos and sin.
///
/// Factors are rounded to a ten-thousandth, so that what is measured is what is printed.
public struct FactorTable: Sendable, Hashable {
  public let factors: [Double]
  public let attentionFactor: Double

  public init(factors: [Double], attentionFactor: Double) {
    self.factors = factors.map(Self.rounded)
    self.attentionFactor = attentionFactor
  }

  static func rounded(_ value: Double) -> Double { (value * 1e4).rounded() / 1e4 }

  /// Plain rotation up to the trained length, the table beyond it. The attention factor is said in every way that some
  /// runtime reads.
  public func specification(_ frame: SearchFrame) -> MethodSpecification {
    MethodSpecification(
      "longrope",
      [
        "factor": .number(frame.factor),
        "original_max_position_embeddings": .number(Double(frame.geometry.trainedLength)),
        "short_factor": .numbers(Array(repeating: 1, count: factors.count)), "long_factor": .numbers(factors),
        "attention_factor": .number(attentionFactor), "short_mscale": .number(attentionFactor),
        "long_mscale": .number(attentionFactor),
      ])
  }
}
