import RopeJSON
import RopeText

/// The tokens, those of the model and the added ones.
extension TokenizerSettings {
  mutating func readVocabulary() throws(TokenizerError) {
    let largest = max(file.vocabulary.lazy.map(\.id).max() ?? -1, file.added.lazy.map(\.id).max() ?? -1)
    let size = file.vocabulary.count + file.added.count
    // Numbers may have gaps, but a hole larger than what fills it is a lie.
    guard largest < 2 * size + 1024 else {
      throw .invalid("its token numbers reach \(largest), but it has \(size) tokens")
    }
    let count = largest + 1
    var texts = [[UInt8]?](repeating: nil, count: count)
    builder.kinds = [TokenKind](repeating: .normal, count: count)
    for (text, id) in file.vocabulary {
      guard texts[id] == nil else { throw .invalid("two tokens have the number \(id)") }
      texts[id] = text
    }
    for token in file.added {
      texts[token.id] = Array(token.content.utf8)
      builder.kinds[token.id] = token.flags["special"] ?? false ? .control : .userDefined
      try insert(token)
    }
    for (id, text) in texts.enumerated() {
      builder.written.append(text ?? [])
      if text == nil { builder.kinds[id] = .unused }
    }
  }

  /// A token that asks for it is looked for in the normalised text, itself normalised.
  private mutating func insert(_ token: TokenizerFile.AddedToken) throws(TokenizerError) {
    let found = SpecialTokens.Token(
      id: Int32(truncatingIfNeeded: token.id), isControl: token.flags["special"] ?? false,
      takesSpaceBefore: token.flags["lstrip"] ?? false, takesSpaceAfter: token.flags["rstrip"] ?? false,
      isWholeWord: token.flags["single_word"] ?? false)
    if token.flags["normalized"] ?? false, !builder.normaliser.steps.isEmpty {
      try builder.normalisedSpecial.insert(builder.normaliser.apply(Array(token.content.utf8)), found)
    } else {
      try builder.special.insert(token.content.utf8, found)
    }
  }
}
