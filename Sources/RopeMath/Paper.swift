/// A publication that methods and analyses cite, as a bibliography lists it.
public struct Paper: Sendable, Hashable, Codable {
  /// As references name it: `arXiv 2309.00071`, `kexue.fm 9708`.
  public let source: String
  /// Given names before family names; the last is `others` where the list is shortened.
  public let authors: [String]
  public let title: String
  /// Of the first version.
  public let year: Int

  init(_ source: String, _ year: Int, _ authors: [String], _ title: String) {
    self.source = source
    self.authors = authors
    self.title = title
    self.year = year
  }

  /// Its number at arXiv; nil where it is elsewhere.
  public var arXiv: String? { source.hasPrefix("arXiv ") ? String(source.dropFirst(6)) : nil }

  /// The paper that a reference's `source` names.
  public static func named(_ source: String) -> Paper? { all.first { $0.source == source } }
}

extension Reference {
  /// Authors, title and year of what is cited; nil for source files and pages without an author.
  public var paper: Paper? { Paper.named(source) }
}
