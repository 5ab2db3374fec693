import RopeChart

/// Pages ready to be drawn, with what a PDF says beside them.
public struct PaginatedDocument: Sendable, Hashable, Codable {
  /// A bookmark; `destination` is named by a `destination` operation of some page.
  public struct OutlineEntry: Sendable, Hashable, Codable {
    public var title: String
    public var destination: String
    public var children: [OutlineEntry]

    public init(title: String, destination: String, children: [OutlineEntry] = []) {
      self.title = title
      self.destination = destination
      self.children = children
    }
  }

  public var metadata: Document.Metadata
  public var pages: [DisplayList]
  public var outline: [OutlineEntry]

  public init(metadata: Document.Metadata, pages: [DisplayList], outline: [OutlineEntry]) {
    self.metadata = metadata
    self.pages = pages
    self.outline = outline
  }
}
