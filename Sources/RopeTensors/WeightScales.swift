import RopeText

/// The scales that a tensor of eight-bit floats is multiplied with, in a tensor of their own beside it:
/// `….weight_scale_inv`, one number for each square of a power of two of entries, mostly 128 (DeepSeek-V3, Qwen3-FP8),
/// or `….weight_scale`, one for all, for each row, or for each such square (compressed-tensors, FBGEMM).
struct WeightScales {
  private let name: String
  /// Entries under one scale along each axis.
  private let height: Int
  private let width: Int
  /// Scales along each axis.
  private let rows: Int
  private let columns: Int

  /// - Returns: nil where the source holds no scales for the tensor.
  /// - Throws: `TensorError.type` where their shape does not fit, or where there are others that are not known here.
  init?(of tensor: String, extent: (rows: Int, columns: Int), in source: some WeightSource) throws(TensorError) {
    let known = [tensor + "_scale_inv", tensor + "_scale"]
    guard let name = known.first(where: source.contains) else {
      guard let other = source.tensorNames.first(where: { $0.hasPrefix(tensor + "_scale") }) else { return nil }
      throw .type(name: other, found: "a scale that is not known here", expected: known.joined(separator: " or "))
    }
    let shape = try source.shape(of: name)
    let counts = shape.count < 2 ? [shape.first ?? 1, 1] : [shape.dropLast().reduce(1, *), shape[shape.count - 1]]
    guard let height = Self.blockSize(of: extent.rows, in: counts[0]),
      let width = Self.blockSize(of: extent.columns, in: counts[1])
    else {
      throw .type(
        name: name, found: "of shape \(shape)",
        expected:
          "one scale for all, for each row, or for each square of “\(tensor.excerpt())” (\(extent.rows) × \(extent.columns))"
      )
    }
    self.name = name
    self.height = height
    self.width = width
    (rows, columns) = (counts[0], counts[1])
  }

  /// How many entries of an axis share a scale: all, one, or the only power of two that gives so many scales; 128 where
  /// the last block is not full.
  private static func blockSize(of extent: Int, in count: Int) -> Int? {
    if count == 1 { return max(1, extent) }
    if count == extent { return 1 }
    return (1..<24).map { 1 << $0 }.first { (extent + $0 - 1) / $0 == count }
  }

  /// Multiplies numbers of some rows in place: one product in float32 each, as the servers do.
  func apply(
    to numbers: UnsafeMutableBufferPointer<Float>, rows asked: Range<Int>, columns count: Int,
    from source: some WeightSource
  ) throws(TensorError) {
    guard !asked.isEmpty, count > 0 else { return }
    let needed = asked.lowerBound / height..<(asked.upperBound - 1) / height + 1
    // A list of scales is one row of them, a matrix has as many rows as they have.
    let extent = try source.extent(of: name)
    let isList = extent.rows == 1 && rows > 1
    var scales = [Float](repeating: 0, count: isList ? extent.columns : needed.count * columns)
    var failure: TensorError?
    scales.withUnsafeMutableBufferPointer { buffer in
      do throws(TensorError) {
        try source.readFloat32(name, rows: isList ? 0..<1 : needed, into: buffer)
      } catch { failure = error }
    }
    if let failure { throw failure }
    for row in asked {
      let first = isList ? row / height : (row / height - needed.lowerBound) * columns
      let line = UnsafeMutableBufferPointer(
        rebasing: numbers[(row - asked.lowerBound) * count..<(row - asked.lowerBound + 1) * count])
      var start = 0
      for block in 0..<columns {
        let scale = scales[first + block]
        let end = min(count, start + width)
        for i in start..<end { line[i] *= scale }
        start = end
      }
    }
  }
}
