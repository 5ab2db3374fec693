import RopeConfig
import RopeJSON

/// A stretch of a file: lines and columns from 1, the end exclusive.
public struct SourceRegion: Sendable, Equatable {
  public var line: Int
  public var column: Int
  public var endLine: Int
  public var endColumn: Int
  public var excerpt: SourceExcerpt?

  public init(line: Int, column: Int, endLine: Int, endColumn: Int, excerpt: SourceExcerpt? = nil) {
    self.line = line
    self.column = column
    self.endLine = endLine
    self.endColumn = endColumn
    self.excerpt = excerpt
  }

  /// The bytes of a source. Objects and lists are marked by their first line only: a caret under a page helps nobody.
  public init(_ bytes: Range<Int>, in source: SourceText) {
    let lineEnd = source.bytes[min(bytes.lowerBound, source.bytes.count)...].firstIndex { $0 == 0x0A || $0 == 0x0D }
    let upper = max(bytes.lowerBound, min(bytes.upperBound, lineEnd ?? source.bytes.count))
    let start = source.place(of: bytes.lowerBound)
    let end = source.place(of: upper)
    self.init(
      line: start.line, column: start.column, endLine: end.line, endColumn: end.column,
      excerpt: SourceExcerpt(bytes.lowerBound..<upper, in: source))
  }
}
