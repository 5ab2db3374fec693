import RopeText

/// Something that has a page: what `explain` looks up and the site is made of.
struct Topic: Sendable {
  let kind: PageKind
  let id: String
  let aliases: [String]
  /// One line, for lists.
  let title: String
  private let make: @Sendable (Language) -> TextPage

  /// - Parameters:
  ///   - heading: of its page; without one its title.
  ///   - sections: adds to its page what stands there.
  init(
    _ kind: PageKind, _ id: String, aliases: [String] = [], title: String,
    heading: (@Sendable (Language) -> String)? = nil,
    sections add: @escaping @Sendable (_ language: Language, _ page: inout TextPage) -> Void
  ) {
    self.kind = kind
    self.id = id
    self.aliases = aliases
    self.title = title
    make = { language in
      var page = TextPage(kind, id: id, title: heading?(language) ?? title, in: language)
      add(language, &page)
      return page
    }
  }

  func page(in language: Language = .english) -> TextPage { make(language) }

  func isCalled(_ name: String) -> Bool { id.lowercased() == name || aliases.contains { $0.lowercased() == name } }
}
