extension BlockWeights.Matrix {
  /// `y = W·x + b` for some rows.
  func multiply(
    _ x: UnsafePointer<Scalar>, stride: Int, rows: Int, into y: UnsafeMutablePointer<Scalar>, stride target: Int
  ) {
    weight.multiply(x, stride: stride, rows: rows, into: y, stride: target)
    guard let bias else { return }
    for row in 0..<rows { Scalar.add(bias.pointer, to: y + row * target, count: weight.outputs) }
  }
}

extension BlockWeights.FeedForward {
  /// `y = b₂ + W₂·activation(b₁ + W₁x)` for rows of `hidden` numbers.
  ///
  /// - Parameters:
  ///   - size: numbers between the two matrices; twice as many rise where they are gated.
  ///   - slopes: of xIELU, in place of `activation`.
  ///   - risen, activated: room for what stands between the matrices.
  func run(
    _ x: UnsafePointer<Scalar>, rows: Int, hidden: Int, size: Int, isGated: Bool, activation: Activation,
    slopes: [Scalar]? = nil, risen: UnsafeMutablePointer<Scalar>, activated: UnsafeMutablePointer<Scalar>,
    into y: UnsafeMutablePointer<Scalar>
  ) {
    let width = isGated ? 2 * size : size
    rising.multiply(x, stride: hidden, rows: rows, into: risen, stride: width)
    for row in 0..<rows {
      let line = risen + row * width, target = activated + row * size
      if let slopes {
        PlainLoops.xielu(line, count: size, slopes: slopes, into: target)
      } else {
        Scalar.activate(
          activation, gate: line, up: isGated ? UnsafePointer(line + size) : nil, count: size, into: target)
      }
    }
    falling.multiply(activated, stride: size, rows: rows, into: y, stride: hidden)
  }
}
