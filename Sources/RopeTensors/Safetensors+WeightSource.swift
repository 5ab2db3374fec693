extension Safetensors: WeightSource {
  public var tensorNames: [String] { names }

  public func shape(of name: String) throws(TensorError) -> [Int] { try entry(name).shape }

  public func readFloat32(
    _ name: String, rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>
  ) throws(TensorError) {
    let entry = try entry(name)
    guard let expand = entry.type.expansion else {
      throw .type(name: name, found: entry.type.rawValue, expected: "F64, F32, F16 or BF16")
    }
    let extent = try extent(of: name)
    try check(name, rows: rows, of: extent, fit: buffer.count)
    let count = rows.count * extent.columns
    guard let target = buffer.baseAddress, count > 0 else { return }
    let rowSize = extent.columns * entry.type.bitWidth / 8
    let start = entry.bytes.lowerBound + rows.lowerBound * rowSize
    let bytes = try bytes(start..<start + rows.count * rowSize)
    bytes.withUnsafeBytes { if let source = $0.baseAddress { expand(source, count, target) } }
  }
}

extension ElementType {
  /// What turns its numbers into float32; nil where they are no floating-point ones.
  fileprivate var expansion: BlockFormat.Expansion? {
    switch self {
    case .float64: PlainFloats.float64
    case .float32: PlainFloats.float32
    case .float16: PlainFloats.float16
    case .bfloat16: PlainFloats.bfloat16
    default: nil
    }
  }
}
