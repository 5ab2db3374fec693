import CVectorLoops
import RopeInference

/// The products on arrays, by any path that this processor has.
enum Products {
  /// `x·Wᵀ` of rows of `inputs` numbers: `[rows of x][rows of W]`.
  ///
  /// - Parameter path: one that `runsHere`; `.pairs` multiplies in bfloat16 only.
  static func multiply(
    _ x: [Float], by weights: [Float], inputs: Int, precision: ProductPrecision, path: ProductPath
  ) -> [Float] {
    let rows = x.count / inputs, outputs = weights.count / inputs
    var y = [Float](repeating: 0, count: rows * outputs)
    switch precision {
    case .full:
      var panels = [Float](repeating: 0, count: product_packed_count(outputs, inputs))
      product_pack(weights, 0, outputs, inputs, &panels)
      product_float32(path.code, x, inputs, panels, inputs * Int(PANEL), &y, outputs, rows, outputs, inputs, 0)
    case .bfloat16:
      var pairs = [UInt16](repeating: 0, count: product_packed_count_bfloat16(outputs, inputs))
      product_pack_bfloat16(weights, 0, outputs, inputs, &pairs)
      product_bfloat16(
        path.code, x, inputs, pairs, (inputs + 1) / 2 * 2 * Int(PANEL), &y, outputs, rows, outputs, inputs, 0)
    }
    return y
  }

  /// `x·Wᵀ` in float64.
  static func multiply(_ x: [Double], by weights: [Double], inputs: Int) -> [Double] {
    let rows = x.count / inputs, outputs = weights.count / inputs
    var y = [Double](repeating: 0, count: rows * outputs)
    product_float64(x, inputs, weights, &y, outputs, rows, outputs, inputs)
    return y
  }

  /// The nearest bfloat16 numbers, ties to even: a row as it is packed, unpacked.
  static func roundedToBFloat16(_ x: [Float]) -> [Float] {
    var pairs = [UInt16](repeating: 0, count: product_packed_count_bfloat16(1, x.count))
    product_pack_bfloat16(x, 0, 1, x.count, &pairs)
    return x.indices.map { Float(bitPattern: UInt32(pairs[$0 / 2 * 2 * Int(PANEL) + $0 % 2]) << 16) }
  }
}
