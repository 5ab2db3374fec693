import RealModule

/// The cosine and sine of an angle that grows by equal steps, by rotation instead of one library call a step.
///
/// Every step adds some 1e-16 to the error, so that callers restart after some dozens.
struct SteppedTurn: Sendable {
  private(set) var cosine = 1.0
  private(set) var sine = 0.0
  private let stepCosine: Double
  private let stepSine: Double

  /// - Parameter step: radians.
  init(step: Double) {
    stepCosine = .cos(step)
    stepSine = .sin(step)
  }

  mutating func restart(at angle: Double) {
    cosine = .cos(angle)
    sine = .sin(angle)
  }

  mutating func advance() {
    (cosine, sine) = (cosine * stepCosine - sine * stepSine, sine * stepCosine + cosine * stepSine)
  }
}
