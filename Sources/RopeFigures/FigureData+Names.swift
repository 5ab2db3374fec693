import RopeMath
import RopeText

extension FigureData.Method {
  /// What readers see in place of `config`.
  private static let ownScaling = "file’s scaling"

  /// With the titles of its parts as the language has them. What was given by hand stays, and so does a name that is no
  /// method's.
  public func named(in language: Language) -> Self {
    if label == MethodSpecification.configuration.description {
      guard name == label || name == Language.english(fixed: Self.ownScaling) else { return self }
      var method = self
      method.name = language(fixed: Self.ownScaling)
      return method
    }
    let titles = ids.compactMap { id in MethodCatalogue.cards.first { $0.id == id }?.shortTitle }
    let title = titles.joined(separator: " + ")
    guard !language.isEnglish, titles.count == ids.count, !title.isEmpty, name.hasPrefix(title) else { return self }
    var method = self
    method.name = titles.map { language(foreign: $0) }.joined(separator: " + ") + name.dropFirst(title.count)
    return method
  }
}

extension FigureData {
  /// Which methods a figure has no room for; empty where it shows all.
  func notDrawn(_ names: [String]) -> String { names.isEmpty ? "" : language("Not drawn: \(list: names).") }

  /// Several names as one label: all of them where that is short, else the first and how many more.
  static func label(_ names: [String], isShort: (String) -> Bool = { _ in false }, in language: Language) -> String {
    let whole = language.names(names)
    guard let first = names.first, names.count > 2, !isShort(whole) else { return whole }
    return language("\(first) and \(names.count - 1) others")
  }
}
