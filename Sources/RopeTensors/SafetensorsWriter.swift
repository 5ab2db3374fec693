import RopeJSON

/// Writes a safetensors file: the header's keys in a fixed order, tensors sorted by width and then by name, the header
/// padded with spaces so that the numbers begin at a multiple of 8 bytes.
public struct SafetensorsWriter: Sendable {
  public var metadata: [String: String]

  /// Of files that RopeScope computed, by which it knows them again.
  public static let ownMetadata = ["schema": "ropescope.tensors/1"]

  private var tensors: [(name: String, type: ElementType, shape: [Int], bytes: [UInt8])] = []

  public init(metadata: [String: String] = [:]) { self.metadata = metadata }

  public mutating func add(_ tensor: Tensor<Double>, named name: String) {
    append(name, .float64, tensor.shape, Self.littleEndian(tensor.values.lazy.map(\.bitPattern)))
  }

  public mutating func add(_ tensor: Tensor<Float>, named name: String) {
    append(name, .float32, tensor.shape, Self.littleEndian(tensor.values.lazy.map(\.bitPattern)))
  }

  /// The file's bytes. The same tensors give the same bytes in whatever order they were added.
  public var bytes: [UInt8] {
    let ordered = tensors.sorted { ($1.type.bitWidth, $0.name) < ($0.type.bitWidth, $1.name) }
    var writer = JSONWriter()
    writer.object { writer in
      if !metadata.isEmpty {
        writer.key("__metadata__")
        writer.object { writer in
          for (key, note) in metadata.sorted(by: { $0.key < $1.key }) {
            writer.key(key)
            writer.value(note)
          }
        }
      }
      var offset = 0
      for tensor in ordered {
        let end = offset + tensor.bytes.count
        writer.key(tensor.name)
        writer.object { writer in
          writer.key("dtype")
          writer.value(tensor.type.rawValue)
          writer.key("shape")
          writer.list { writer in for size in tensor.shape { writer.literal("\(size)") } }
          writer.key("data_offsets")
          writer.list { writer in for place in [offset, end] { writer.literal("\(place)") } }
        }
        offset = end
      }
    }
    var header = writer.bytes
    header += Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    return Self.littleEndian(CollectionOfOne(UInt64(header.count))) + header + ordered.flatMap(\.bytes)
  }

  /// Adds a tensor; one of the same name gives way.
  private mutating func append(_ name: String, _ type: ElementType, _ shape: [Int], _ bytes: [UInt8]) {
    tensors.removeAll { $0.name == name }
    tensors.append((name, type, shape, bytes))
  }

  private static func littleEndian(_ words: some Collection<some FixedWidthInteger>) -> [UInt8] {
    var bytes: [UInt8] = []
    for word in words {
      if bytes.isEmpty { bytes.reserveCapacity(words.count * word.bitWidth / 8) }
      for shift in stride(from: 0, to: word.bitWidth, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
    }
    return bytes
  }
}
