import RopeTensors

/// Tensors of a small model, held in memory.
public struct MemoryWeights: WeightSource {
  public let tensors: [String: Tensor<Float>]
  public let tensorNames: [String]

  public init(_ file: Safetensors) throws {
    self.init(try Dictionary(uniqueKeysWithValues: file.names.map { ($0, try file.floats($0)) }))
  }

  public init(_ tensors: [String: Tensor<Float>]) {
    self.tensors = tensors
    tensorNames = tensors.keys.sorted()
  }

  public func shape(of name: String) throws(TensorError) -> [Int] {
    guard let tensor = tensors[name] else { throw .missing(name: name, known: tensorNames) }
    return tensor.shape
  }

  public func readFloat32(
    _ name: String, rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>
  ) throws(TensorError) {
    guard let tensor = tensors[name] else { throw .missing(name: name, known: tensorNames) }
    let columns = tensor.shape.last ?? 1
    for (i, value) in tensor.values[rows.lowerBound * columns..<rows.upperBound * columns].enumerated() {
      buffer[i] = value
    }
  }
}
