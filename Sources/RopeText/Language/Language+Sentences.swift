extension Language {
  /// Whole sentences one after another, as the language sets them: with a space between them in English, with none in
  /// Chinese.
  public func sentences(_ told: [String]) -> String {
    guard let first = told.first else { return "" }
    return told.dropFirst().reduce(first) { text, next in self("\(text) \(next)") }
  }

  /// A clause that stands alone: with the language's stop behind it, and a capital where it has capitals.
  public func sentence(_ clause: Message) -> String {
    let text = self(clause)
    return self("\(isEnglish ? text.prefix(1).uppercased() + text.dropFirst() : text).")
  }
}
