/// A safetensors file: the header read and checked, the numbers read when they are asked for.
///
/// Eight bytes of header length (little-endian), the header in JSON, then the tensors' bytes without gap or overlap
/// (huggingface/safetensors, format specification). Nothing is allocated on the word of the header alone: every size is
/// held against the file's before anything of that size is read.
public struct Safetensors: Sendable {
  /// Reads the bytes of a range that lies inside the file; a shorter answer counts as a truncated file.
  public typealias Reader = @Sendable (Range<Int>) throws(TensorError) -> [UInt8]

  public struct Entry: Sendable, Hashable {
    public let type: ElementType
    public let shape: [Int]
    /// Where the tensor's bytes lie in the file.
    let bytes: Range<Int>
  }

  public let entries: [String: Entry]
  /// The header's `__metadata__`.
  public let metadata: [String: String]
  private let read: Reader

  /// The format's own limit.
  public static let largestHeader = 100_000_000

  /// - Parameters:
  ///   - byteCount: size of the file.
  ///   - read: reads a range of it.
  /// - Throws: `TensorError.header` where the header does not read or does not fit the file, and what `read` throws.
  public init(byteCount: Int, read: @escaping Reader) throws(TensorError) {
    self.read = read
    guard byteCount >= 8 else {
      throw .header("it is \(byteCount) bytes long, the length of its header alone takes 8")
    }
    let prefix = try Self.bytes(0..<8, read)
    let length = prefix.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(Self.largestHeader) else {
      let beginning = try Self.bytes(0..<min(byteCount, LargeFilePointer.largest), read)
      if let pointer = LargeFilePointer(beginning) { throw pointer.error }
      throw .header("it says that its header is \(length) bytes long; at most \(Self.largestHeader) are allowed")
    }
    let start = 8 + Int(length)
    guard start <= byteCount else {
      throw .header("it says that its header is \(length) bytes long, but only \(byteCount - 8) follow")
    }
    var header = SafetensorsHeader()
    try header.parse(try Self.bytes(8..<start, read))
    metadata = header.metadata
    entries = try header.placed(from: start, to: byteCount)
  }

  /// A file that is in memory.
  public init(_ bytes: [UInt8]) throws(TensorError) {
    try self.init(byteCount: bytes.count) { range throws(TensorError) in Array(bytes[range]) }
  }

  /// A file that is mapped into memory.
  ///
  /// - Throws: `TensorError.reading` where it cannot be opened.
  public init(path: String) throws(TensorError) {
    let file = try MappedFile(path: path)
    try self.init(byteCount: file.count) { range throws(TensorError) in file.array(range) }
  }

  /// Names of the tensors, sorted.
  public var names: [String] { entries.keys.sorted() }

  /// A floating-point tensor of any width as float64, exactly.
  ///
  /// - Throws: `TensorError.missing` or `.type`, and what reading throws.
  public func doubles(_ name: String) throws(TensorError) -> Tensor<Double> {
    let entry = try entry(name)
    let raw = try Self.bytes(entry.bytes, read)
    let values: [Double]
    switch entry.type {
    case .float64: values = raw.numbers(of: UInt64.self) { Double(bitPattern: $0) }
    case .float32: values = raw.numbers(of: UInt32.self) { Double(Float(bitPattern: $0)) }
    case .bfloat16: values = raw.numbers(of: UInt16.self) { Double(Float(bitPattern: UInt32($0) << 16)) }
    case .float16: values = raw.numbers(of: UInt16.self) { Double(Float(halfPrecision: $0)) }
    default: throw .type(name: name, found: entry.type.rawValue, expected: "F64, F32, F16 or BF16")
    }
    return try Tensor(shape: entry.shape, values: values)
  }

  /// A float32 tensor.
  ///
  /// - Throws: `TensorError.missing` or `.type`, and what reading throws.
  public func floats(_ name: String) throws(TensorError) -> Tensor<Float> {
    let entry = try entry(name)
    guard entry.type == .float32 else { throw .type(name: name, found: entry.type.rawValue, expected: "F32") }
    let raw = try Self.bytes(entry.bytes, read)
    return try Tensor(shape: entry.shape, values: raw.numbers(of: UInt32.self) { Float(bitPattern: $0) })
  }

  /// - Throws: `TensorError.missing`.
  public func entry(_ name: String) throws(TensorError) -> Entry {
    guard let entry = entries[name] else { throw .missing(name: name, known: names) }
    return entry
  }

  /// Bytes of the file; a range that lies in it.
  func bytes(_ range: Range<Int>) throws(TensorError) -> [UInt8] { try Self.bytes(range, read) }

  private static func bytes(_ range: Range<Int>, _ read: Reader) throws(TensorError) -> [UInt8] {
    let bytes = try read(range)
    guard bytes.count == range.count else {
      throw .reading("the file ends at byte \(range.lowerBound + bytes.count), expected \(range.upperBound) or more")
    }
    return bytes
  }
}

extension [UInt8] {
  /// Little-endian numbers, one after another.
  fileprivate func numbers<Word: FixedWidthInteger, Number>(
    of type: Word.Type, _ number: (Word) -> Number
  ) -> [Number] {
    let width = Word.bitWidth / 8
    return stride(from: 0, to: count - count % width, by: width).map { start in
      var word: Word = 0
      for offset in 0..<width { word |= Word(truncatingIfNeeded: self[start + offset]) << (8 * offset) }
      return number(word)
    }
  }
}
