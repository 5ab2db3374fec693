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
    if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, bounded) }
    let column = bytes[start..<bounded].count { $0 & 0xC0 != 0x80 }
    return (low + 1, column + 1)
  }

  public func error(
    _ kind: ConfigurationError.Kind, _ message: String, at offset: Int, pointer: String? = nil
  ) -> ConfigurationError {
    let place = place(of: offset)
    return ConfigurationError(
      kind, message, path: path, line: place.line, column: place.column, pointer: pointer)
  }
}
