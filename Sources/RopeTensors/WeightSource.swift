/// A file, or several, of a model's weights, read as float32 a few rows at a time so that they may stay as they are
/// stored.
///
/// A shape is row-major: `[rows, columns]` for a matrix, the last axis contiguous. A tensor of more axes has one row
/// for each index of all its axes but the last; a vector is one row, and so is a single number.
public protocol WeightSource: Sendable {
  /// Names of the tensors, sorted.
  var tensorNames: [String] { get }

  /// - Throws: `TensorError.missing`.
  func shape(of name: String) throws(TensorError) -> [Int]

  /// Writes the numbers of `rows`, one row after another, to the beginning of `buffer`.
  ///
  /// - Parameters:
  ///   - rows: a range within the tensor's rows.
  ///   - buffer: room for at least `rows.count` rows.
  /// - Throws: `TensorError.missing`; `.type` for numbers that are no floating-point ones; `.rows` for a range beyond
  ///   the tensor or a buffer that is too small; what reading throws.
  func readFloat32(_ name: String, rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws(TensorError)
}

extension WeightSource {
  /// The number of rows and the length of each.
  public func extent(of name: String) throws(TensorError) -> (rows: Int, columns: Int) {
    let shape = try shape(of: name)
    guard let columns = shape.last else { return (1, 1) }
    // A shape was held against its file's size when the file was opened: the product does not overflow.
    return (shape.dropLast().reduce(1, *), columns)
  }

  /// The rows of one matrix of a stack of them, such as an expert's of `[experts, rows, columns]`.
  ///
  /// - Throws: `TensorError.missing`; `.type` where the tensor is no stack or has no such matrix.
  public func rows(of name: String, matrix: Int) throws(TensorError) -> Range<Int> {
    let shape = try shape(of: name)
    let count = shape.dropLast(2).reduce(1, *)
    guard shape.count >= 2, (0..<count).contains(matrix) else {
      throw .type(name: name, found: "of shape \(shape)", expected: "a stack of at least \(matrix &+ 1) matrices")
    }
    let height = shape[shape.count - 2]
    return matrix * height..<(matrix + 1) * height
  }

  public func contains(_ name: String) -> Bool { (try? shape(of: name)) != nil }

  /// A whole tensor.
  public func float32(_ name: String) throws(TensorError) -> Tensor<Float> {
    let (rows, columns) = try extent(of: name)
    var failure: TensorError?
    let values = [Float](unsafeUninitializedCapacity: rows * columns) { buffer, count in
      do throws(TensorError) {
        try readFloat32(name, rows: 0..<rows, into: buffer)
        count = rows * columns
      } catch { failure = error }
    }
    if let failure { throw failure }
    return try Tensor(shape: shape(of: name), values: values)
  }

  /// Refuses a range beyond the tensor, or a buffer too small for it.
  func check(
    _ name: String, rows: Range<Int>, of extent: (rows: Int, columns: Int), fit capacity: Int
  ) throws(TensorError) {
    guard rows.lowerBound >= 0, rows.upperBound <= extent.rows, rows.count * extent.columns <= capacity else {
      throw .rows(name: name, asked: rows, rows: extent.rows, columns: extent.columns, capacity: capacity)
    }
  }
}
