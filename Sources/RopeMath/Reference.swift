/// A paper or source that a formula or number is taken from.
public struct Reference: Sendable, Hashable, Codable {
  /// Short name as a text cites it: `YaRN`.
  public let title: String
  /// `arXiv 2309.00071`, or a page or source file.
  public let source: String
  /// Where in the source: `eq. 23`, `§3.2`.
  public let place: String?
  public let url: String?

  public init(_ title: String, source: String, place: String? = nil, url: String? = nil) {
    self.title = title
    self.source = source
    self.place = place
    self.url = url
  }

  /// A paper on arXiv, with its address.
  public static func arXiv(_ id: String, _ title: String, _ place: String? = nil) -> Reference {
    Reference(title, source: "arXiv \(id)", place: place, url: "https://arxiv.org/abs/\(id)")
  }
}
