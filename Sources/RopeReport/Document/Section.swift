/// A headed part of a document; its subsections nest one level deep.
public struct Section: Sendable, Hashable, Codable {
  /// A stable slug that links point to: `attention`. Unique in the document, among blocks too.
  public var id: String
  public var title: String
  public var blocks: [Block]
  public var subsections: [Section]

  public init(id: String, title: String, blocks: [Block], subsections: [Section] = []) {
    self.id = id
    self.title = title
    self.blocks = blocks
    self.subsections = subsections
  }
}
