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
  private let files: [MappedFile]
  /// Whether all parts of a model that was split are here.
  private let isJoined: Bool

  public static let defaultAlignment = 32
  /// Axes at most (`GGML_MAX_DIMS`).
  public static let largestRank = 4

  /// - Throws: `TensorError.reading` where the file cannot be read, `.gguf` where it contradicts itself.
  ///   A part of a model stands for the whole model: the other parts are read beside it.
  public init(path: String) throws(TensorError) {
    let file = try GGUF(MappedFile(path: path))
    self = if let count = file.partCount { try Self.joined(file, of: count, path: path) } else { file }
  }

  /// A file that is in memory.
  public init(_ bytes: [UInt8]) throws(TensorError) { try self.init(MappedFile(bytes)) }

  public init(_ file: MappedFile) throws(TensorError) {
    var cursor = GGUFCursor(file)
    let magic = try cursor.skip(4, of: "the mark “GGUF”")
    guard file.array(magic) == Array("GGUF".utf8) else {
      throw LargeFilePointer(file.array(0..<LargeFilePointer.largest))?.error ?? .gguf("it does not begin with “GGUF”")
    }
    let version = try cursor.word32("the version")
    guard version == 2 || version == 3 else {
      let hint = version.byteSwapped < 16 ? " (a big-endian file)" : ""
      throw .gguf("its version is \(version)\(hint), expected 2 or 3, little-endian")
    }
    // A tensor's entry takes 24 bytes or more, a value's 13.
    let tensorCount = try cursor.count("the number of tensors", ofAtLeast: 24)
    let valueCount = try cursor.count("the number of metadata values", ofAtLeast: 13)
    self.version = Int(version)
    files = [file]
    isJoined = false
    metadata = try Self.metadata(&cursor, valueCount)
    alignment = try Self.alignment(metadata["general.alignment"])
    tensors = try GGUFDirectory(&cursor, count: tensorCount).placed(
      after: cursor.place, fileSize: file.count, alignment: alignment)
  }

  /// The parts of a split model, in order: the metadata of the first, the tensors of all.
  init(joining parts: [GGUF]) throws(TensorError) {
    guard let first = parts.first else { throw .gguf("it has no parts") }
    version = first.version
    alignment = first.alignment
    metadata = first.metadata
    files = parts.flatMap(\.files)
    isJoined = true
    var tensors: [String: GGUFTensor] = [:]
    for (place, part) in parts.enumerated() {
      for (name, tensor) in part.tensors {
        var tensor = tensor
        tensor.part = place
        guard tensors.updateValue(tensor, forKey: name) == nil else {
          throw .gguf("the tensor “\(name.excerpt(80))” stands in two of its parts")
        }
      }
    }
    self.tensors = tensors
    if let count = metadata["split.tensors.count"]?.integer, count != tensors.count {
      throw .gguf("its parts hold \(tensors.count) tensors, but “split.tensors.count” is \(count)")
    }
  }

  /// How many files the model was split into of which this is one; nil for a whole model.
  public var partCount: Int? {
    guard !isJoined, let count = metadata["split.count"]?.integer, count > 1 else { return nil }
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
    guard files.indices.contains(tensor.part) else {
      throw .reading("tensor “\(tensor.name)” does not lie in this file")
    }
    try files[tensor.part].withBytes(start..<start + rows.count * tensor.bytesPerRow) { (bytes) throws(TensorError) in
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
