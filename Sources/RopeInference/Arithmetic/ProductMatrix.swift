import CVectorLoops

/// A matrix of weights `[outputs, inputs]` in the order in which products read it.
public struct ProductMatrix<Scalar: ForwardScalar>: Sendable {
  enum Numbers: Sendable {
    /// Row-major.
    case rows(Buffer<Scalar>)
    case packed(PackedMatrices)
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
    if let floats = rows as? Buffer<Float> {
      let packed = PackedMatrices(outputs: outputs, terms: inputs, precision: precision)
      packed.put(floats.pointer, terms: inputs, asOutputs: 0..<outputs)
      numbers = .packed(packed)
    } else {
      numbers = .rows(rows)
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
