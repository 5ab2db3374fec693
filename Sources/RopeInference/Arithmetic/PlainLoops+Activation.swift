import RealModule
import RopeKernel

extension PlainLoops {
  static func activate<Scalar: KernelScalar>(
    _ activation: Activation, gate: UnsafePointer<Scalar>, up: UnsafePointer<Scalar>?, count: Int,
    into y: UnsafeMutablePointer<Scalar>
  ) {
    if case .clampedSwish(let slope, let limit) = activation, let up {
      let (slope, limit) = (Scalar(slope), Scalar(limit))
      for i in 0..<count {
        let gate = Swift.min(gate[i], limit), up = Swift.min(Swift.max(up[i], -limit), limit)
        y[i] = (up + 1) * gate / (1 + .exp(-slope * gate))
      }
      return
    }
    for i in 0..<count {
      let value =
        switch activation {
        case .silu: silu(gate[i])
        case .geluTanh: geluTanh(gate[i])
        case .gelu: geluExact(gate[i])
        case .relu: gate[i] > 0 ? gate[i] : 0
        case .reluSquared, .xielu, .clampedSwish: gate[i] > 0 ? gate[i] * gate[i] : 0
        }
      y[i] = up.map { value * $0[i] } ?? value
    }
  }

  /// xIELU with the numbers of a layer as they are stored: α₊ and α₋ before their softplus, β, ε.
  static func xielu<Scalar: KernelScalar>(
    _ x: UnsafePointer<Scalar>, count: Int, slopes: [Scalar], into y: UnsafeMutablePointer<Scalar>
  ) {
    guard slopes.count == 4 else { return }
    let (beta, limit) = (slopes[2], slopes[3])
    let above = Scalar.log(onePlus: .exp(slopes[0])), below = beta + .log(onePlus: .exp(slopes[1]))
    for i in 0..<count {
      let value = x[i] > 0 ? above * x[i] * x[i] : (.expMinusOne(Swift.min(x[i], limit)) - x[i]) * below
      y[i] = value + beta * x[i]
    }
  }

  /// `x / √(mean(x²) + ε)`, in place.
  static func scaleToUnitMeanSquare<Scalar: KernelScalar>(
    _ x: UnsafeMutablePointer<Scalar>, count: Int, epsilon: Scalar
  ) {
    var squares: Scalar = 0
    for i in 0..<count { squares += x[i] * x[i] }
    let factor = 1 / (squares / Scalar(count) + epsilon).squareRoot()
    for i in 0..<count { x[i] *= factor }
  }
}
