/// The bytes of a file and where its lines begin.
public struct SourceText: Sendable {
  public let bytes: [UInt8]
  /// What messages call it.
  public let path: String?
  private let lineStarts: [Int]

  public init(bytes: [UInt8], path: String? = nil) {
    self.bytes = bytes
    self.path = path
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == 0x0A { starts.append(offset + 1) }
    lineStarts = starts
  }

  /// Line and column, both from 1, of a byte; columns count characters, a byte-order mark none.
  public func place(of offset: Int) -> (line: Int, column: Int) {
    let bounded = min(max(offset, 0), bytes.count)
    var low = 0, high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= bounded { low = middle } else { high = middle }
    }
    var start = lineStarts[low]
    if start == 0 { start = min(self.start, bounded) }
    let column = bytes[start..<bounded].count { $0 & 0xC0 != 0x80 }
    return (low + 1, column + 1)
  }

  /// Where the text begins: behind a byte-order mark.
  public var start: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  /// - Throws: `ConfigurationError` where the file is far too large or in UTF-16.
  func checkSize() throws(ConfigurationError) {
    guard bytes.count <= JSONParser.sizeLimit else {
      throw ConfigurationError(
        .malformed, "the file has \(bytes.count) bytes; a configuration has at most \(JSONParser.sizeLimit)", path: path
      )
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw ConfigurationError(.malformed, "the file is UTF-16; save it as UTF-8", path: path)
    }
  }

  /// - Throws: `ConfigurationError` at the first byte that is not UTF-8.
  func checkEncoding() throws(ConfigurationError) {
    try checkSize()
    guard !bytes.isUTF8 else { return }
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var valid = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { valid += UTF8.width(scalar) }
    throw error(.malformed, "the file is not valid UTF-8", at: valid)
  }

  public func error(
    _ kind: ConfigurationError.Kind, _ message: String, at offset: Int, pointer: String? = nil
  ) -> ConfigurationError {
    let place = place(of: offset)
    return ConfigurationError(kind, message, path: path, line: place.line, column: place.column, pointer: pointer)
  }
}

extension [UInt8] {
  fileprivate var isUTF8: Bool { String(validating: self, as: UTF8.self) != nil }
}
