/// What a PDF says of itself.
public struct DocumentMetadata: Sendable, Hashable {
  public var title: String
  public var author: String
  public var subject: String
  public var keywords: String
  /// ISO 8601; the same for every run unless the caller knows better.
  public var date: String

  public init(
    title: String, author: String = "RopeScope", subject: String = "", keywords: String = "",
    date: String = "2000-01-01T00:00:00Z"
  ) {
    self.title = title
    self.author = author
    self.subject = subject
    self.keywords = keywords
    self.date = date
  }
}
