import RealModule
import RopeKernel

/// What the vector loops compute, in plain loops: the definition that they are held to, and the float64 path.
package enum PlainLoops {
  /// `y = x / √(mean(x²) + ε) · (weight + offset)`.
  package static func rootMeanSquareNorm<Scalar: KernelScalar>(
    _ x: [Scalar], weight: [Scalar], offset: Scalar, epsilon: Scalar
  ) -> [Scalar] {
    var squares: Scalar = 0
    for value in x { squares += value * value }
    let factor = 1 / (squares / Scalar(x.count) + epsilon).squareRoot()
    return zip(x, weight).map { $0 * factor * ($1 + offset) }
  }

  /// `y = (x − mean) / √(variance + ε) · weight + bias`.
  package static func layerNorm<Scalar: KernelScalar>(
    _ x: [Scalar], weight: [Scalar], bias: [Scalar]?, epsilon: Scalar
  ) -> [Scalar] {
    var total: Scalar = 0
    for value in x { total += value }
    let mean = total / Scalar(x.count)
    var squares: Scalar = 0
    for value in x { squares += (value - mean) * (value - mean) }
    let factor = 1 / (squares / Scalar(x.count) + epsilon).squareRoot()
    return x.indices.map { (x[$0] - mean) * factor * weight[$0] + (bias?[$0] ?? 0) }
  }

  /// `x / (1 + e^−x)`.
  package static func silu<Scalar: KernelScalar>(_ x: Scalar) -> Scalar { x / (1 + .exp(-x)) }

  /// `x/2 · (1 + tanh(√(2/π)·(x + 0.044715 x³)))`.
  package static func geluTanh<Scalar: KernelScalar>(_ x: Scalar) -> Scalar {
    let slope = Scalar((2 / Double.pi).squareRoot())
    return x / 2 * (1 + .tanh(slope * (x + Scalar(0.044715) * x * x * x)))
  }

  /// `x/2 · (1 + erf(x/√2))`.
  package static func geluExact<Scalar: KernelScalar>(_ x: Scalar) -> Scalar {
    x / 2 * (1 + .erf(x / Scalar(2).squareRoot()))
  }

  /// `cap · tanh(x / cap)`.
  package static func softCap<Scalar: KernelScalar>(_ x: Scalar, cap: Scalar) -> Scalar { cap * .tanh(x / cap) }

  /// One step of an online softmax: scores become `exp(s − m′)` with `m′` the largest so far; the sum follows.
  ///
  /// - Returns: `exp(m − m′)`, what sums and outputs of earlier steps are to be multiplied by.
  package static func softmaxStep<Scalar: KernelScalar>(
    _ scores: inout [Scalar], largest: inout Scalar, sum: inout Scalar
  ) -> Scalar {
    let next = Swift.max(largest, scores.max() ?? -.infinity)
    guard next > -.infinity else {
      for i in scores.indices { scores[i] = 0 }
      return 1
    }
    let correction: Scalar = largest == -.infinity ? 0 : .exp(largest - next)
    var total: Scalar = 0
    for i in scores.indices {
      scores[i] = .exp(scores[i] - next)
      total += scores[i]
    }
    sum = sum * correction + total
    largest = next
    return correction
  }
}
