extension Prose {
  /// Text in which words between backquotes are code, and the rest may hold mathematics.
  public init(marked text: String) {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    self.init(
      runs: parts.enumerated().flatMap { index, part -> [Inline] in
        if part.isEmpty { return [] }
        return index.isMultiple(of: 2) ? Prose(mathIn: String(part)).runs : [.code(String(part))]
      })
  }

  /// Text in which letters with an index or exponent (`e^(jΔθ_i)`, `Σ_{i<k}`, `2^18`) are mathematics; names such as
  /// `beta_fast` stay text.
  public init(mathIn text: String) {
    guard text.contains(where: { $0 == "^" || $0 == "_" }) else {
      self.init(text)
      return
    }
    var runs: [Inline] = []
    var plain: [Character] = []
    let characters = Array(text)
    var place = 0
    while place < characters.count {
      let length = Self.lengthOfScripts(characters[place...])
      let base = length > 0 ? Self.lengthOfBase(plain, isRaised: characters[place] == "^") : 0
      guard base > 0 else {
        plain.append(characters[place])
        place += 1
        continue
      }
      let formula = String(plain.suffix(base)) + String(characters[place..<place + length])
      plain.removeLast(base)
      if !plain.isEmpty { runs.append(.text(String(plain))) }
      plain = []
      runs.append(.formula(formula))
      place += length
    }
    if !plain.isEmpty { runs.append(.text(String(plain))) }
    self.init(runs: runs)
  }

  /// Characters at the front that are indices and exponents; 0 where there is none.
  private static func lengthOfScripts(_ rest: ArraySlice<Character>) -> Int {
    var place = rest.startIndex
    while place < rest.endIndex, rest[place] == "^" || rest[place] == "_", place + 1 < rest.endIndex {
      let first = place + 1
      var end = first
      if let close = ["(": ")", "{": "}"][rest[first]] as Character? {
        var depth = 0
        while end < rest.endIndex {
          if rest[end] == rest[first] { depth += 1 }
          if rest[end] == close { depth -= 1 }
          end += 1
          if depth == 0 { break }
        }
      } else {
        if rest[end] == "−" || rest[end] == "-" { end += 1 }
        while end < rest.endIndex, rest[end].isLetter || rest[end].isNumber { end += 1 }
      }
      guard end > first else { break }
      place = end
    }
    return place - rest.startIndex
  }

  /// Characters at the end that the index belongs to: one letter with its primes, or a number; 0 for a word.
  private static func lengthOfBase(_ plain: [Character], isRaised: Bool) -> Int {
    let primes = plain.reversed().prefix { $0 == "′" }.count
    guard let letter = plain.dropLast(primes).last else { return 0 }
    let before = plain.dropLast(primes + 1).last
    if letter.isNumber { return isRaised ? plain.reversed().prefix { $0.isNumber }.count : 0 }
    guard letter.isLetter, !(letter.isASCII && before.map { $0.isASCII && ($0.isLetter || $0 == "_") } == true) else {
      return 0
    }
    return primes + 1
  }
}
