/// Walks through a GGUF file's header, never beyond its end.
struct GGUFCursor {
  private let file: MappedFile
  private(set) var place = 0
  /// Lists of lists are allowed, endless ones are not.
  private static let deepestList = 4
  /// Bytes of one text at most.
  static let longestText = 1 << 26
  /// Texts and lists in the lists of a file at most, which are walked through one by one, and bytes of all texts.
  static let mostEntries = 1 << 24
  static let mostBytes = 1 << 30
  private var entries = 0
  private var bytes = 0

  init(_ file: MappedFile) { self.file = file }

  var remaining: Int { file.count - place }

  /// Moves over some bytes.
  mutating func skip(_ count: Int, of what: @autoclosure () -> String) throws(TensorError) -> Range<Int> {
    guard count >= 0, count <= remaining else {
      throw .gguf("\(what()) needs \(count) bytes at byte \(place), but the file has only \(remaining) more")
    }
    let range = place..<place + count
    place += count
    return range
  }

  mutating func word32(_ what: @autoclosure () -> String) throws(TensorError) -> UInt32 {
    let range = try skip(4, of: what())
    return file.withBytes(range) { $0.loadUnaligned(as: UInt32.self).littleEndian }
  }

  mutating func word64(_ what: @autoclosure () -> String) throws(TensorError) -> UInt64 {
    let range = try skip(8, of: what())
    return file.withBytes(range) { $0.loadUnaligned(as: UInt64.self).littleEndian }
  }

  /// A count of things of at least `least` bytes each, which therefore cannot be larger than the rest of the file.
  mutating func count(_ what: @autoclosure () -> String, ofAtLeast least: Int) throws(TensorError) -> Int {
    let word = try word64(what())
    guard word <= UInt64(remaining / least) else {
      throw .gguf("\(what()) is \(word), more than the \(remaining) bytes that follow can hold")
    }
    return Int(word)
  }

  mutating func textBytes(_ what: @autoclosure () -> String) throws(TensorError) -> Range<Int> {
    let length = try count("the length of \(what())", ofAtLeast: 1)
    bytes += length
    guard length <= Self.longestText, bytes <= Self.mostBytes else {
      throw .gguf(
        "\(what()) has \(length) bytes, expected at most \(Self.longestText), and \(Self.mostBytes) in all texts together"
      )
    }
    return try skip(length, of: what())
  }

  mutating func text(_ what: @autoclosure () -> String) throws(TensorError) -> String {
    let range = try textBytes(what())
    guard let text = file.withBytes(range, { String(validating: $0, as: UTF8.self) }) else {
      throw .gguf("\(what()) at byte \(range.lowerBound) is not UTF-8")
    }
    return text
  }

  mutating func type(of what: @autoclosure () -> String) throws(TensorError) -> GGUFValueType {
    let number = try word32("the type of \(what())")
    guard let type = GGUFValueType(rawValue: number) else {
      throw .gguf("\(what()) has the unknown type \(number), expected 0 … 12")
    }
    return type
  }

  mutating func value(of what: @autoclosure () -> String) throws(TensorError) -> GGUFValue {
    let type = try type(of: what())
    switch type {
    case .string: return .text(try text(what()))
    case .array:
      let element = try self.type(of: what())
      let count = try count("the number of entries of \(what())", ofAtLeast: element.byteCount ?? 8)
      let start = place
      try skipElements(element, count, of: what(), depth: 1)
      return .list(GGUFArray(elementType: element, count: count, bytes: start..<place, file: file))
    default:
      let range = try skip(type.byteCount ?? 0, of: what())
      return file.withBytes(range) { Self.scalar(type, $0, 0) }
    }
  }

  private mutating func skipElements(
    _ type: GGUFValueType, _ count: Int, of what: @autoclosure () -> String, depth: Int
  ) throws(TensorError) {
    if let width = type.byteCount {
      // The count was held against the file's size: no overflow.
      _ = try skip(count * width, of: what())
      return
    }
    guard depth <= Self.deepestList else { throw .gguf("\(what()) nests lists more than \(Self.deepestList) deep") }
    guard count <= Self.mostEntries - entries else {
      throw .gguf("\(what()) has \(count) entries, expected at most \(Self.mostEntries) in all lists of texts together")
    }
    entries += count
    for _ in 0..<count {
      if type == .string {
        _ = try textBytes(what())
      } else {
        let element = try self.type(of: what())
        let count = try self.count("the number of entries of \(what())", ofAtLeast: element.byteCount ?? 8)
        try skipElements(element, count, of: what(), depth: depth + 1)
      }
    }
  }

  /// A number or flag from bytes that are known to hold it.
  static func scalar(_ type: GGUFValueType, _ bytes: UnsafeRawBufferPointer, _ offset: Int) -> GGUFValue {
    func word<Word: FixedWidthInteger>(_ type: Word.Type) -> Word {
      Word(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Word.self))
    }
    switch type {
    case .uint8: return .integer(Int(word(UInt8.self)))
    case .int8: return .integer(Int(word(Int8.self)))
    case .uint16: return .integer(Int(word(UInt16.self)))
    case .int16: return .integer(Int(word(Int16.self)))
    case .uint32: return .integer(Int(word(UInt32.self)))
    case .int32: return .integer(Int(word(Int32.self)))
    case .int64: return .integer(Int(word(Int64.self)))
    case .uint64:
      let value = word(UInt64.self)
      return Int(exactly: value).map(GGUFValue.integer) ?? .unsigned(value)
    case .float32: return .number(Double(Float(bitPattern: word(UInt32.self))))
    case .float64: return .number(Double(bitPattern: word(UInt64.self)))
    case .bool: return .flag(word(UInt8.self) != 0)
    case .string, .array: return .integer(0)
    }
  }
}
