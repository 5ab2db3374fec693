extension Message {
  /// Names side by side, with no word before the last: `a, b, c`. Of more than a sentence holds the rest are one name.
  package static func names(_ words: [String]) -> Message {
    let first: [Message] = words.prefix(most).map { "\($0)" }
    return names(told: first + rest(words.dropFirst(most)))
  }

  /// The same of words that are told in the language.
  package static func names(told words: [Message]) -> Message {
    words.dropFirst().reduce(words.first ?? "") { "\($0), \($1)" }
  }

  /// Clauses of one sentence side by side: `a, b`.
  package static func clauses(_ clauses: [Message]) -> Message {
    clauses.dropFirst().reduce(clauses.first ?? "") { left, right in
      let tail: Message = ", \(right)"
      return "\(left)\(tail)"
    }
  }

  /// ` (words)` at the end of a clause; nothing where there are none.
  package static func bracketed(_ words: Message?) -> Message { words.map { " (\($0))" } ?? "" }

  /// `: words` at the end of a clause; nothing where there are none.
  package static func afterColon(_ words: Message?) -> Message { words.map { ": \($0)" } ?? "" }

  /// Names that are told one by one: every one of them is a sentence inside the other.
  private static let most = 32

  private static func rest(_ words: ArraySlice<String>) -> [Message] {
    words.isEmpty ? [] : ["\(words.joined(separator: ", "))"]
  }
}
