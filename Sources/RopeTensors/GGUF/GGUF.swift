import RopeText

/// A GGUF file (ggml, docs/gguf.md), version 2 or 3: metadata and a directory of tensors, read and checked when it is
/// opened; the tensors' bytes stay in the file and are expanded to float32 row by row.
///
/// Nothing is allocated on the word of the header alone: every count and length is held against the file's size first.
public struct GGUF: Sendable {
  public let version: Int
  /// Multiple of bytes at which every tensor begins.
  public let alignment: Int
  public let metadata: [String: GGUFValue]
  public let tensors: [String: GGUFTensor]
  private let file: MappedFile

  public static let defaultAlignment = 32
  /// Axes at most (`GGML_MAX_DIMS`).
  public static let largestRank = 4

  /// - Throws: `TensorError.reading` where the file cannot be read, `.gguf` where it contradicts itself.
  public init(path: String) throws(TensorError) { try self.init(MappedFile(path: path)) }

  /// A file that is in memory.
  public init(_ bytes: [UInt8]) throws(TensorError) { try self.init(MappedFile(bytes)) }

  public init(_ file: MappedFile) throws(TensorError) {
    var cursor = GGUFCursor(file)
    let magic = try cursor.skip(4, of: "the mark “GGUF”")
    guard file.array(magic) == Array("GGUF".utf8) else { throw .gguf("it does not begin with “GGUF”") }
    let version = try cursor.word32("the version")
    guard version == 2 || version == 3 else {
      let hint = version.byteSwapped < 16 ? " (a big-endian file)" : ""
      throw .gguf("its version is \(version)\(hint), expected 2 or 3, little-endian")
    }
    // A tensor's entry takes 24 bytes or more, a value's 13.
    let tensorCount = try cursor.count("the number of tensors", ofAtLeast: 24)
    let valueCount = try cursor.count("the number of metadata values", ofAtLeast: 13)
    self.version = Int(version)
    self.file = file
    metadata = try Self.metadata(&cursor, valueCount)
    alignment = try Self.alignment(metadata["general.alignment"])
    tensors = try GGUFDirectory(&cursor, count: tensorCount).placed(
      after: cursor.place, fileSize: file.count, alignment: alignment)
  }

  /// How many files the model was split into of which this is one; nil for a whole model.
  public var partCount: Int? {
    guard let count = metadata["split.count"]?.integer, count > 1 else { return nil }
    return count
  }

  private static func metadata(_ cursor: inout GGUFCursor, _ count: Int) throws(TensorError) -> [String: GGUFValue] {
    var metadata: [String: GGUFValue] = [:]
    for _ in 0..<count {
      let key = try cursor.text("a metadata key")
      guard metadata[key] == nil else { throw .gguf("the key “\(key.excerpt(80))” stands twice in its metadata") }
      metadata[key] = try cursor.value(of: "the value of “\(key.excerpt(80))”")
    }
    return metadata
  }

  private static func alignment(_ value: GGUFValue?) throws(TensorError) -> Int {
    guard let value else { return defaultAlignment }
    guard let alignment = value.integer, (1...1 << 20).contains(alignment), alignment & (alignment - 1) == 0 else {
      throw .gguf("“general.alignment” is \(value.phrase), expected a power of two up to 1048576")
    }
    return alignment
  }

  // MARK: Tensors

  /// - Throws: `TensorError.missing`.
  public func tensor(_ name: String) throws(TensorError) -> GGUFTensor {
    guard let tensor = tensors[name] else { throw .missing(name: name, known: tensorNames) }
    return tensor
  }

  /// Expands a range of rows to float32 at the beginning of `buffer`.
  ///
  /// - Throws: `TensorError.type` for a format that is not read, `.rows` for a range beyond the tensor or a buffer that
  ///   is too small.
  public func expand(
    rows: Range<Int>, of tensor: GGUFTensor, into buffer: UnsafeMutableBufferPointer<Float>
  ) throws(TensorError) {
    guard let expand = tensor.format.expand else {
      throw .type(
        name: tensor.name, found: tensor.format.name, expected: BlockFormat.readableNames.joined(separator: ", "))
    }
    try check(tensor.name, rows: rows, of: (tensor.rows, tensor.columns), fit: buffer.count)
    let start = tensor.bytes.lowerBound + rows.lowerBound * tensor.bytesPerRow
    let blocks = rows.count * (tensor.columns / tensor.format.length)
    guard let target = buffer.baseAddress, blocks > 0 else { return }
    try file.withBytes(start..<start + rows.count * tensor.bytesPerRow) { (bytes) throws(TensorError) in
      // True for every tensor of this file; one of another file may claim anything.
      guard let source = bytes.baseAddress, bytes.count == blocks * tensor.format.byteCount else {
        throw .reading("tensor “\(tensor.name)” does not lie in this file")
      }
      expand(source, blocks, target)
    }
  }
}

extension GGUF: WeightSource {
  public var tensorNames: [String] { tensors.keys.sorted() }

  public func shape(of name: String) throws(TensorError) -> [Int] { try tensor(name).shape }

  public func readFloat32(
    _ name: String, rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>
  ) throws(TensorError) {
    try expand(rows: rows, of: tensor(name), into: buffer)
  }
}
