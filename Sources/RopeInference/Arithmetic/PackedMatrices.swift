import CVectorLoops

/// Matrices of one shape `[outputs, terms]` in the order in which products read them: weights, whose terms are inputs, or
/// what grows with a text: keys row by row, whose terms are features, and values term by term, whose terms are tokens.
///
/// In bfloat16 numbers are rounded as they are put and take half the memory.
struct PackedMatrices: Sendable {
  private enum Numbers {
    case panels(Buffer<Float>)
    case pairs(Buffer<UInt16>)
  }

  private let terms: Int
  /// Numbers of one matrix.
  private let plane: Int
  private let numbers: Numbers

  init(count: Int = 1, outputs: Int, terms: Int, precision: ProductPrecision) {
    switch precision {
    case .full:
      self.terms = terms
      plane = product_packed_count(outputs, terms)
      numbers = .panels(Buffer(count * plane))
    case .bfloat16:
      self.terms = (terms + 1) / 2 * 2
      plane = product_packed_count_bfloat16(outputs, terms)
      numbers = .pairs(Buffer(count * plane))
    }
  }

  /// Sets all terms of some outputs of a matrix, from row-major ones.
  func put(_ rows: UnsafePointer<Float>, terms: Int, asOutputs outputs: Range<Int>, of matrix: Int = 0) {
    switch numbers {
    case .panels(let panels):
      product_pack(rows, outputs.lowerBound, outputs.count, terms, panels.pointer + matrix * plane)
    case .pairs(let pairs):
      product_pack_bfloat16(rows, outputs.lowerBound, outputs.count, terms, pairs.pointer + matrix * plane)
    }
  }

  /// Sets one term of all outputs of a matrix.
  ///
  /// - Parameter isLast: whether no term was put behind it: pairs are read whole.
  func put(_ column: UnsafePointer<Float>, outputs: Int, asTerm term: Int, isLast: Bool, of matrix: Int) {
    switch numbers {
    case .panels(let panels):
      product_pack_term(column, term, outputs, terms, panels.pointer + matrix * plane)
    case .pairs(let pairs):
      product_pack_term_bfloat16(column, term, outputs, terms, isLast ? 1 : 0, pairs.pointer + matrix * plane)
    }
  }

  /// `y = (adds ? y : 0) + x·Wᵀ` of some rows of x, some outputs and some terms of a matrix.
  ///
  /// - Parameters:
  ///   - stride, target: numbers from one row of x, of y, to the next.
  ///   - range: terms, from an even one on; x begins with the first of them.
  ///   - outputs: from a multiple of a panel on; y begins with the first of them.
  func multiply(
    _ x: UnsafePointer<Float>, stride: Int, rows: Int, terms range: Range<Int>, by matrix: Int = 0, outputs: Range<Int>,
    into y: UnsafeMutablePointer<Float>, stride target: Int, adds: Bool = false
  ) {
    let panel = Int(PANEL), first = matrix * plane + outputs.lowerBound * terms + range.lowerBound * panel
    switch numbers {
    case .panels(let panels):
      product_float32(
        ProductPath.float32.code, x, stride, panels.pointer + first, terms * panel, y, target, rows, outputs.count,
        range.count, adds ? 1 : 0)
    case .pairs(let pairs):
      product_bfloat16(
        ProductPath.bfloat16.code, x, stride, pairs.pointer + first, terms * panel, y, target, rows, outputs.count,
        range.count, adds ? 1 : 0)
    }
  }
}
