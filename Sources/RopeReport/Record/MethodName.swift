import RopeMath
import RopeText

/// What figures and sentences call a method.
enum MethodName {
  /// A name with the titles of its parts in the language: of `Dynamic NTK ×2` the parameters stay as they are. A name
  /// that an author gave, or that an older catalogue made, is kept.
  static func told(_ name: String, ids: [String], in language: Language) -> String {
    let titles = ids.map { id in (try? MethodCatalogue.type(named: id).card.shortTitle) ?? id }
    let title = titles.joined(separator: " + ")
    guard !language.isEnglish, !titles.isEmpty, name.hasPrefix(title) else { return name }
    return titles.map { language(fixed: $0) }.joined(separator: " + ") + name.dropFirst(title.count)
  }

  /// The titles of its parts, and the parameters that were given by hand: `YaRN ×4`.
  ///
  /// - Parameter label: the specification as given.
  static func name(label: String, titles: [String]) -> String {
    let title = titles.joined(separator: " + ")
    guard let colon = label.firstIndex(of: ":") else { return title }
    // The name of a file tells a reader nothing.
    let given = label[label.index(after: colon)...].split(separator: ",")
      .filter { !$0.contains("/") && !$0.contains(".safetensors") }
    guard !given.isEmpty else { return title }
    return title + " " + given.joined(separator: ",").replacing("factor=", with: "×").excerpt(40)
  }
}
