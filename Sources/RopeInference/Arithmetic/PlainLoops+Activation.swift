import RopeKernel

extension PlainLoops {
  static func activate<Scalar: KernelScalar>(
    _ activation: Activation, gate: UnsafePointer<Scalar>, up: UnsafePointer<Scalar>?, count: Int,
    into y: UnsafeMutablePointer<Scalar>
  ) {
    for i in 0..<count {
      let value =
        switch activation {
        case .silu: silu(gate[i])
        case .geluTanh: geluTanh(gate[i])
        case .gelu: geluExact(gate[i])
        }
      y[i] = up.map { value * $0[i] } ?? value
    }
  }
}
