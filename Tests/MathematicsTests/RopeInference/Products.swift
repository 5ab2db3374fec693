import CVectorLoops
import RopeInference

/// The products on arrays, by any path that this processor has.
enum Products {
  /// `x·Wᵀ` of rows of `inputs` numbers: `[rows of x][rows of W]`.
  ///
  /// - Parameter path: one that runs here; pairs and tiles multiply in bfloat16 only.
  static func multiply(
    _ x: [Float], by weights: [Float], inputs: Int, precision: ProductPrecision, path: product_path
  ) -> [Float] {
    let rows = x.count / inputs, outputs = weights.count / inputs
    var y = [Float](repeating: 0, count: rows * outputs)
    switch precision {
    case .full:
      var panels = [Float](repeating: 0, count: product_packed_count(outputs, inputs))
      product_pack(weights, 0, outputs, inputs, &panels)
      product_float32(path, x, inputs, panels, inputs * Int(PANEL), &y, outputs, rows, outputs, inputs, 0)
    case .bfloat16:
      var pairs = [UInt16](repeating: 0, count: product_packed_count_bfloat16(outputs, inputs))
      product_pack_bfloat16(weights, 0, outputs, inputs, &pairs)
      product_bfloat16(
        path, x, inputs, pairs, (inputs + 1) / 2 * 2 * Int(PANEL), &y, outputs, rows, outputs, inputs, 0)
    }
    return y
  }

  /// `(y ?? 0) + x·Wᵀ` in bfloat16 with `margin` more numbers behind each row and pairs behind each panel, none of them
  /// a number; what stands behind the rows of the results is given too.
  static func multiplyApart(
    _ x: [Float], by weights: [Float], inputs: Int, addedTo y: [Float]?, margin: Int, path: product_path
  ) -> (results: [Float], behind: [Float]) {
    let rows = x.count / inputs, outputs = weights.count / inputs, panel = Int(PANEL)
    let spacing = inputs + margin, target = outputs + margin
    var apart = [Float](repeating: .nan, count: rows * spacing)
    var results = [Float](repeating: .nan, count: rows * target)
    for row in 0..<rows {
      apart.replaceSubrange(row * spacing..<row * spacing + inputs, with: x[row * inputs..<(row + 1) * inputs])
      guard let y else { continue }
      results.replaceSubrange(row * target..<row * target + outputs, with: y[row * outputs..<(row + 1) * outputs])
    }
    let notANumber: UInt16 = 0x7FC0
    var pairs = [UInt16](repeating: notANumber, count: product_packed_count_bfloat16(outputs, inputs))
    product_pack_bfloat16(weights, 0, outputs, inputs, &pairs)
    let tight = (inputs + 1) / 2 * 2 * panel
    let panels = stride(from: 0, to: pairs.count, by: tight).flatMap { start in
      pairs[start..<start + tight] + [UInt16](repeating: notANumber, count: margin * 2 * panel)
    }
    product_bfloat16(
      path, apart, spacing, panels, tight + margin * 2 * panel, &results, target, rows, outputs, inputs,
      y == nil ? 0 : 1)
    let own = results.indices.filter { $0 % target < outputs }
    let others = results.indices.filter { $0 % target >= outputs }
    return (own.map { results[$0] }, others.map { results[$0] })
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
