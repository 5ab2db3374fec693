import RopeChart

/// Pages with bookmarks and metadata.
public struct PDFDocument: Sendable {
  public struct Page: Sendable {
    public var list: DisplayList
    /// The number that a viewer shows, `iv`; nil for the plain number.
    public var label: String?

    public init(_ list: DisplayList, label: String? = nil) {
      self.list = list
      self.label = label
    }
  }

  /// A bookmark and those below it.
  public struct Bookmark: Sendable {
    public var title: String
    /// The name of a `.destination` operation on some page.
    public var destination: String
    public var children: [Bookmark]
    public var isOpen: Bool

    public init(_ title: String, destination: String, children: [Bookmark] = [], isOpen: Bool = true) {
      self.title = title
      self.destination = destination
      self.children = children
      self.isOpen = isOpen
    }
  }

  public var pages: [Page]
  public var bookmarks: [Bookmark]
  public var metadata: PDFMetadata
  /// BCP 47, `en`; nil leaves it, and the title in the viewer's frame, unsaid.
  public var language: String?
  /// Whether it is tagged by the groups that `DrawOperation.beginStructure` makes; only where the language is said.
  public var isTagged: Bool

  public init(
    pages: [Page], bookmarks: [Bookmark] = [], metadata: PDFMetadata, language: String? = nil, isTagged: Bool = true
  ) {
    self.pages = pages
    self.bookmarks = bookmarks
    self.metadata = metadata
    self.language = language
    self.isTagged = isTagged
  }
}
