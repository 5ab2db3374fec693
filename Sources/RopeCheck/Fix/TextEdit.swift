/// A replacement of a span of bytes; an empty span inserts.
public struct TextEdit: Sendable, Equatable, Codable {
  /// First byte, from 0.
  public var start: Int
  /// One past the last byte.
  public var end: Int
  public var text: String

  public init(start: Int, end: Int, text: String) {
    self.start = start
    self.end = end
    self.text = text
  }
}
