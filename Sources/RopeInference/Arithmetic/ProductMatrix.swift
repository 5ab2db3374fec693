import CVectorLoops

/// A matrix of weights `[outputs, inputs]` in the order in which products read it.
public struct ProductMatrix<Scalar: ForwardScalar>: Sendable {
  enum Numbers: Sendable {
    /// Row-major.
    case rows(Buffer<Scalar>)
    /// Packed as `products.h` says.
    case panels(Buffer<Float>)
    case pairs(Buffer<UInt16>)
  }

  let outputs: Int
  let inputs: Int
  let numbers: Numbers

  /// A range of outputs that is multiplied alone begins at a multiple of this.
  static var panel: Int { Int(PANEL) }

  /// - Parameters:
  ///   - rows: row-major, `inputs` numbers each.
  ///   - precision: float64 has `.full` only.
  init(_ rows: Buffer<Scalar>, inputs: Int, precision: ProductPrecision = .full) {
    self.inputs = inputs
    let outputs = inputs > 0 ? rows.count / inputs : 0
    self.outputs = outputs
    numbers = (rows as? Buffer<Float>).map { Self.packed($0, outputs, inputs, precision) } ?? .rows(rows)
  }

  private static func packed(
    _ rows: Buffer<Float>, _ outputs: Int, _ inputs: Int, _ precision: ProductPrecision
  ) -> Numbers {
    switch precision {
    case .full:
      let panels = Buffer<Float>(product_packed_count(outputs, inputs))
      product_pack(rows.pointer, 0, outputs, inputs, panels.pointer)
      return .panels(panels)
    case .bfloat16:
      let pairs = Buffer<UInt16>(product_packed_count_bfloat16(outputs, inputs))
      product_pack_bfloat16(rows.pointer, 0, outputs, inputs, pairs.pointer)
      return .pairs(pairs)
    }
  }

  /// `y = x·Wᵀ` for some rows of x, of all outputs or of a range of them.
  ///
  /// - Parameters:
  ///   - stride, target: numbers from one row of x, of y, to the next.
  ///   - range: outputs, from a multiple of `panel` on; y begins with the first of them.
  func multiply(
    _ x: UnsafePointer<Scalar>, stride: Int, rows: Int, into y: UnsafeMutablePointer<Scalar>, stride target: Int,
    outputs range: Range<Int>? = nil
  ) {
    Scalar.multiply(x, stride: stride, rows: rows, by: self, outputs: range ?? 0..<outputs, into: y, stride: target)
  }
}
