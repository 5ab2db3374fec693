/// A replacement of a span of bytes; an empty span inserts.
public struct TextEdit: Sendable, Equatable, Codable {
  /// First byte, from 0.
  public var start: Int
  /// One past the last byte.
  public var end: Int
  public var text: String
  /// Which text of the declaration that was checked: 0 its file. A report holds edits of the finding's own file only.
  var document = 0

  private enum CodingKeys: String, CodingKey { case start, end, text }

  public init(start: Int, end: Int, text: String) {
    self.start = start
    self.end = end
    self.text = text
  }

  init(start: Int, end: Int, text: String, document: Int) {
    self.init(start: start, end: end, text: text)
    self.document = document
  }
}
