/// What a reference list says of a paper: who wrote it, how it is called, when it appeared.
public struct Publication: Sendable, Hashable {
  /// At most three names, then `et al.`; empty where they are not known here.
  public let authors: String
  public let title: String
  /// Of its first version.
  public let year: Int

  init(_ authors: String, _ title: String, _ year: Int) {
    self.authors = authors
    self.title = title
    self.year = year
  }
}
