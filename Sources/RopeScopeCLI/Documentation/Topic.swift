import RopeText

/// Something that has a page: what `explain` looks up and the site is made of.
struct Topic: Sendable {
  let kind: PageKind
  let id: String
  let aliases: [String]
  /// One line, for lists.
  let title: String
  private let make: @Sendable (Language) -> TextPage

  init(
    _ kind: PageKind, _ id: String, aliases: [String] = [], title: String,
    page make: @escaping @Sendable (Language) -> TextPage
  ) {
    self.kind = kind
    self.id = id
    self.aliases = aliases
    self.title = title
    self.make = make
  }

  func page(in language: Language = .english) -> TextPage { make(language) }

  func isCalled(_ name: String) -> Bool { id.lowercased() == name || aliases.contains { $0.lowercased() == name } }
}
