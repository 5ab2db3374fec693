extension Language {
  /// Names side by side, with no word before the last: `a, b, c`.
  public func names(_ words: [String]) -> String {
    words.dropFirst().reduce(words.first ?? "") { rest, word in self("\(rest), \(word)") }
  }

  /// Titles side by side: `a; b`.
  public func clauses(_ titles: [String]) -> String {
    titles.dropFirst().reduce(titles.first ?? "") { rest, title in self("\(rest); \(title)") }
  }

  /// Sentences one after another without the empty ones among them, which have nothing to say.
  public func paragraph(_ sentences: [String]) -> String { self.sentences(sentences.filter { !$0.isEmpty }) }
}
