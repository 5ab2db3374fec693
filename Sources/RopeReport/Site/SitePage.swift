/// One page of a documentation site: a document and where it stands.
public struct SitePage: Sendable {
  /// A picture of a gallery: a file of the site, the page that it leads to, and its words.
  public struct Picture: Sendable {
    public let file: String
    public let page: String
    public let title: String
    public let description: String

    /// - Parameters: paths from the root of the site.
    public init(file: String, page: String, title: String, description: String) {
      self.file = file
      self.page = page
      self.title = title
      self.description = description
    }
  }

  /// From the root of the site, at most one folder deep: `methods/yarn.html`.
  public let path: String
  /// Links outside the page are relative to the page itself.
  public var document: Document
  /// Words in an empty box that narrows the lists of the page; nil for no box.
  public var filter: String?
  public var pictures: [Picture]

  public init(path: String, document: Document, filter: String? = nil, pictures: [Picture] = []) {
    self.path = path
    self.document = document
    self.filter = filter
    self.pictures = pictures
  }

  /// The way from a page to the root of the site: `../`, or nothing for a page that stands there.
  public static func root(of path: String) -> String { path.contains("/") ? "../" : "" }

  var root: String { Self.root(of: path) }
}
