import RealModule
import RopeMath

/// What is stretched and how far: the same for all tables of a search.
public struct SearchFrame: Sendable, Hashable {
  public let geometry: RotaryGeometry
  /// Tokens to reach.
  public let target: Int
  /// a, where it is held instead of searched.
  public let attentionFactor: Double?

  /// - Parameters:
  ///   - geometry: of the layers that see the whole text; its trained length is what tables stretch.
  ///   - attentionFactor: 0.5 … 2.
  /// - Throws: `InferenceError.option` for a target within the trained length, a head of one pair, or a factor beyond
  ///   its range.
  public init(_ geometry: RotaryGeometry, target: Int, attentionFactor: Double? = nil) throws(InferenceError) {
    guard target > geometry.trainedLength else {
      throw .option(
        "a target of \(target) tokens is not beyond the \(geometry.trainedLength) that the model was trained on: there is nothing to stretch"
      )
    }
    guard geometry.pairCount >= 2 else {
      throw .option("the model rotates one pair of features; a search needs at least two")
    }
    if let attentionFactor, !(0.5...2).contains(attentionFactor) {
      throw .option("an attention factor of \(attentionFactor) is not possible; it must lie in 0.5 … 2")
    }
    self.geometry = geometry
    self.target = target
    self.attentionFactor = attentionFactor
  }

  /// s, above 1.
  public var factor: Double { Double(target) / Double(geometry.trainedLength) }

  /// The largest λ̂, 2·s (the range of LongRoPE2, arXiv 2502.20082).
  public var largest: Double { 2 * factor }

  /// Values of a that are searched: about YaRN's `1 + 0.1·ln s`, down to a little less than 1.
  public var attentionFactors: ClosedRange<Double> {
    if let attentionFactor { return attentionFactor...attentionFactor }
    return 0.95...(1 + 0.3 * .log(factor))
  }

  /// The nearest value that may be taken.
  func attention(_ wanted: Double) -> Double {
    min(max(wanted, attentionFactors.lowerBound), attentionFactors.upperBound)
  }
}
