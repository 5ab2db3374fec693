import CSimulationLoops
import RealModule

/// The sums that a softmax's entropy is made from, kept relative to the largest logit and merged piece by piece.
public struct SoftmaxSums: Sendable {
  private var largest = -Double.infinity
  /// `Σ e^{l − largest}` and `Σ (l − largest) e^{l − largest}`.
  private var weight = 0.0
  private var moment = 0.0

  public init() {}

  /// `H = ln Σ e^l − Σ l e^l / Σ e^l`, nats; not a number before anything was added.
  public var entropy: Double { weight > 0 ? .log(weight) - moment / weight : .nan }

  /// Adds the logits `scale · profile[j] + spread · noise[j]`.
  public mutating func add(
    profile: UnsafeBufferPointer<Float>, scale: Float, noise: UnsafeBufferPointer<Float>, spread: Float
  ) {
    add(profile.baseAddress, scale: scale, noise, spread: spread, count: min(profile.count, noise.count))
  }

  /// Adds the logits `spread · noise[j]`.
  public mutating func add(noise: UnsafeBufferPointer<Float>, spread: Float) {
    add(nil, scale: 0, noise, spread: spread, count: noise.count)
  }

  private mutating func add(
    _ profile: UnsafePointer<Float>?, scale: Float, _ noise: UnsafeBufferPointer<Float>, spread: Float, count: Int
  ) {
    guard let noise = noise.baseAddress else { return }
    let block = Int(SIMULATION_BLOCK)
    for start in stride(from: 0, to: count, by: block) {
      var largest: Float = 0, weight = 0.0, moment = 0.0
      simulation_softmax_sums(
        profile.map { $0 + start }, scale, noise + start, spread, min(block, count - start), &largest, &weight, &moment)
      merge(largest: Double(largest), weight: weight, moment: moment)
    }
  }

  /// Sums of further logits, relative to the largest of them.
  package mutating func merge(largest other: Double, weight otherWeight: Double, moment otherMoment: Double) {
    let top = max(largest, other)
    func moved(_ from: Double, _ weight: Double, _ moment: Double) -> (Double, Double) {
      guard weight > 0 else { return (0, 0) }
      let factor = Double.exp(from - top)
      return (weight * factor, (moment + (from - top) * weight) * factor)
    }
    let own = moved(largest, weight, moment), added = moved(other, otherWeight, otherMoment)
    largest = top
    weight = own.0 + added.0
    moment = own.1 + added.1
  }
}
