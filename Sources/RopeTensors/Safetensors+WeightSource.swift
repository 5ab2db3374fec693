extension Safetensors: WeightSource {
  public var tensorNames: [String] { names }

  public func shape(of name: String) throws(TensorError) -> [Int] {
    let entry = try entry(name)
    return MicroscaledTensor.shape(of: name, entry) ?? entry.shape
  }

  public func readFloat32(
    _ name: String, rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>
  ) throws(TensorError) {
    try readFloat32(name, rows: rows, into: buffer, scalesFrom: self)
  }

  /// - Parameter source: where the scales of eight-bit floats are: this file, or all the files of the model.
  func readFloat32(
    _ name: String, rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>,
    scalesFrom source: some ScaleSource
  ) throws(TensorError) {
    let entry = try entry(name)
    if MicroscaledTensor.shape(of: name, entry) != nil {
      let tensor = try MicroscaledTensor(name, entry, in: self, scalesFrom: source)
      try check(name, rows: rows, of: extent(of: name), fit: buffer.count)
      if let target = buffer.baseAddress { try tensor.read(rows: rows, into: target) }
      return
    }
    guard let expand = entry.type.expansion else {
      throw .type(
        name: name, found: entry.type.rawValue + (ForeignStorage.note(on: name, among: entries.keys) ?? ""),
        expected: ElementType.readableNames)
    }
    let extent = try extent(of: name)
    try check(name, rows: rows, of: extent, fit: buffer.count)
    let count = rows.count * extent.columns
    guard let target = buffer.baseAddress, count > 0 else { return }
    let rowSize = extent.columns * entry.type.bitWidth / 8
    let start = entry.bytes.lowerBound + rows.lowerBound * rowSize
    let bytes = try bytes(start..<start + rows.count * rowSize)
    bytes.withUnsafeBytes { if let source = $0.baseAddress { expand(source, count, target) } }
    guard entry.type.isScaled, let scales = try WeightScales(of: name, extent: extent, in: source) else { return }
    try scales.apply(to: buffer, rows: rows, columns: extent.columns, from: source)
  }
}
