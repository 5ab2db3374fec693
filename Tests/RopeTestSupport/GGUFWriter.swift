/// Writes small GGUF files, true or false ones, for tests.
public struct GGUFWriter {
  public enum Value {
    case uint32(UInt32)
    case int32(Int32)
    case uint64(UInt64)
    case float32(Float)
    case float64(Double)
    case flag(Bool)
    case text(String)
    case texts([String])
    case float32s([Float])
    case int32s([Int32])
    case flags([Bool])
    /// Type number and bytes, as they are.
    case raw(UInt32, [UInt8])
  }

  public struct Tensor {
    public var name: String
    /// Row-major.
    public var shape: [Int]
    public var type: UInt32
    public var bytes: [UInt8]
    /// In place of the true offset.
    public var offset: UInt64?

    public init(_ name: String, shape: [Int], type: UInt32, bytes: [UInt8], offset: UInt64? = nil) {
      self.name = name
      self.shape = shape
      self.type = type
      self.bytes = bytes
      self.offset = offset
    }

    public init(_ name: String, shape: [Int], float32 values: [Float]) {
      self.init(name, shape: shape, type: 0, bytes: values.flatMap { littleEndian($0.bitPattern) })
    }
  }

  public var version: UInt32 = 3
  public var alignment = 32
  public var metadata: [(String, Value)] = []
  public var tensors: [Tensor] = []
  public var claimedTensorCount: UInt64?
  public var claimedValueCount: UInt64?

  public init() {}

  public var bytes: [UInt8] {
    var out = Array("GGUF".utf8) + littleEndian(version)
    out += littleEndian(claimedTensorCount ?? UInt64(tensors.count))
    out += littleEndian(claimedValueCount ?? UInt64(metadata.count))
    for (key, value) in metadata { out += text(key) + bytes(of: value) }
    var offset: UInt64 = 0
    var data: [UInt8] = []
    for tensor in tensors {
      out += text(tensor.name) + littleEndian(UInt32(tensor.shape.count))
      for extent in tensor.shape.reversed() { out += littleEndian(UInt64(bitPattern: Int64(extent))) }
      out += littleEndian(tensor.type) + littleEndian(tensor.offset ?? offset)
      data += tensor.bytes
      data += [UInt8](repeating: 0, count: (alignment - data.count % alignment) % alignment)
      offset = UInt64(data.count)
    }
    out += [UInt8](repeating: 0, count: (alignment - out.count % alignment) % alignment)
    return out + data
  }

  private func bytes(of value: Value) -> [UInt8] {
    switch value {
    case .uint32(let value): littleEndian(UInt32(4)) + littleEndian(value)
    case .int32(let value): littleEndian(UInt32(5)) + littleEndian(value)
    case .uint64(let value): littleEndian(UInt32(10)) + littleEndian(value)
    case .float32(let value): littleEndian(UInt32(6)) + littleEndian(value.bitPattern)
    case .float64(let value): littleEndian(UInt32(12)) + littleEndian(value.bitPattern)
    case .flag(let value): littleEndian(UInt32(7)) + [value ? 1 : 0]
    case .text(let value): littleEndian(UInt32(8)) + text(value)
    case .texts(let values): list(8, values.map(text))
    case .float32s(let values): list(6, values.map { littleEndian($0.bitPattern) })
    case .int32s(let values): list(5, values.map { littleEndian($0) })
    case .flags(let values): list(7, values.map { [$0 ? 1 : 0] })
    case .raw(let type, let bytes): littleEndian(type) + bytes
    }
  }

  private func list(_ type: UInt32, _ elements: [[UInt8]]) -> [UInt8] {
    littleEndian(UInt32(9)) + littleEndian(type) + littleEndian(UInt64(elements.count)) + elements.flatMap { $0 }
  }

  private func text(_ text: String) -> [UInt8] { littleEndian(UInt64(text.utf8.count)) + Array(text.utf8) }
}

/// The bytes of a number, lowest first.
public func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
  stride(from: 0, to: number.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: number >> $0) }
}
