import CVectorLoops

/// The products on arrays, by any path that this processor has, as tests call them.
public enum Products {
  /// `x·Wᵀ` of rows of `inputs` numbers: `[rows of x][rows of W]`.
  ///
  /// - Parameter path: one that `runsHere`; `.pairs` multiplies in bfloat16 only.
  public static func multiply(
    _ x: [Float], by weights: [Float], inputs: Int, precision: ProductPrecision, path: ProductPath
  ) -> [Float] {
    let rows = x.count / inputs, outputs = weights.count / inputs
    let buffer = Buffer<Float>(weights.count)
    buffer.pointer.update(from: weights, count: weights.count)
    var y = [Float](repeating: 0, count: rows * outputs)
    switch ProductMatrix(buffer, inputs: inputs, precision: precision).numbers {
    case .panels(let panels):
      product_float32(
        path.code, x, inputs, panels.pointer, inputs * ProductMatrix<Float>.panel, &y, outputs, rows, outputs, inputs, 0
      )
    case .pairs(let pairs):
      product_bfloat16(path.code, x, inputs, pairs.pointer, &y, outputs, rows, outputs, inputs)
    case .rows: break
    }
    return y
  }

  /// `x·Wᵀ` in float64.
  public static func multiply(_ x: [Double], by weights: [Double], inputs: Int) -> [Double] {
    let rows = x.count / inputs, outputs = weights.count / inputs
    var y = [Double](repeating: 0, count: rows * outputs)
    product_float64(x, inputs, weights, &y, outputs, rows, outputs, inputs)
    return y
  }

  /// The nearest bfloat16 numbers, ties to even.
  public static func roundedToBFloat16(_ x: [Float]) -> [Float] {
    var y = x
    product_round_bfloat16(x, &y, x.count)
    return y
  }
}
