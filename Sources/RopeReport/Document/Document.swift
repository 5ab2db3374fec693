/// A report as a value: what it says, in blocks, before any page or screen. HTML, PDF and text are renderings of it.
public struct Document: Sendable, Hashable, Codable {
  public struct Metadata: Sendable, Hashable, Codable {
    public var title: String
    public var subtitle: String
    public var author: String
    /// The program that made it, with its version.
    public var creator: String
    /// BCP 47: `en`.
    public var language: String
    /// One or two sentences, for search results and the file's properties.
    public var description: String
    public var keywords: [String]

    public init(
      title: String, subtitle: String = "", author: String = "", creator: String = "RopeScope", language: String = "en",
      description: String = "", keywords: [String] = []
    ) {
      self.title = title
      self.subtitle = subtitle
      self.author = author
      self.creator = creator
      self.language = language
      self.description = description
      self.keywords = keywords
    }
  }

  public var metadata: Metadata
  /// Shown before the first section, under the title: the verdict.
  public var lead: [Block]
  public var sections: [Section]

  public init(metadata: Metadata, lead: [Block] = [], sections: [Section]) {
    self.metadata = metadata
    self.lead = lead
    self.sections = sections
  }

  /// All blocks in reading order, those inside `details` included.
  public var blocks: [Block] {
    func flattened(_ blocks: [Block]) -> [Block] {
      blocks.flatMap { block -> [Block] in
        if case .details(let details) = block { [block] + flattened(details.blocks) } else { [block] }
      }
    }
    func flattened(_ section: Section) -> [Block] {
      flattened(section.blocks) + section.subsections.flatMap { flattened($0) }
    }
    return flattened(lead) + sections.flatMap { flattened($0) }
  }
}
