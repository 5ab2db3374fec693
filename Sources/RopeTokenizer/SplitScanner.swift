/// Matches the patterns of pre-tokenizers at a place of a text. Every `match…` moves over what it matches, or stays.
struct SplitScanner {
  let text: ScalarText
  var place: Int
  let end: Int
  /// Where the next match can begin at the earliest, where a step knows.
  var skipped = 0

  // MARK: Looking

  func value(_ place: Int) -> UInt32 { place < end ? text.values[place] : 0 }

  func kind(_ place: Int) -> CharacterClass { text.classes[place] }

  /// Neither white space nor number nor one of `letters`: punctuation, symbols, what is not assigned.
  private func isOther(_ place: Int, _ letters: CharacterClass) -> Bool {
    place < end && !kind(place).isAny(of: letters.union([.space, .number]))
  }

  /// Where the run of characters of some classes ends.
  func runEnd(_ start: Int, of classes: CharacterClass, longest: Int = .max) -> Int {
    var place = start
    while place < end, kind(place).isAny(of: classes), place - start < longest { place += 1 }
    return place
  }

  private func otherRunEnd(_ start: Int, _ letters: CharacterClass) -> Int {
    var place = start
    while isOther(place, letters) { place += 1 }
    return place
  }

  /// Length of the contraction that begins with the apostrophe at a place: `'s`, `'ll` …; 0 for none.
  func contractionLength(_ place: Int, ignoringCase: Bool) -> Int {
    guard value(place) == 0x27 else { return 0 }
    let first = letter(place + 1, ignoringCase: ignoringCase)
    let second = letter(place + 2, ignoringCase: ignoringCase)
    switch (first, second) {
    case ("s", _), ("t", _), ("m", _), ("d", _): return 2
    case ("r", "e"), ("v", "e"), ("l", "l"): return 3
    default: return 0
    }
  }

  private func letter(_ place: Int, ignoringCase: Bool) -> Unicode.Scalar? {
    let value = value(place)
    let isCapital = (0x41...0x5A).contains(value)
    return Unicode.Scalar(isCapital && ignoringCase ? value + 0x20 : value)
  }

  // MARK: Parts of patterns

  /// Moves to an end beyond the place, if it is beyond.
  @discardableResult
  mutating func move(to newPlace: Int) -> Bool {
    guard newPlace > place else { return false }
    place = newPlace
    return true
  }

  mutating func matchRun(of classes: CharacterClass, longest: Int = .max) -> Bool {
    move(to: runEnd(place, of: classes, longest: longest))
  }

  /// ` ?[^\s\p{L}\p{N}]+`, and then any of the characters that `trails` accepts.
  private mutating func matchOther(
    besides letters: CharacterClass = .letter, trails: (UInt32) -> Bool = { _ in false }
  ) -> Bool {
    let start = value(place) == 0x20 ? place + 1 : place
    var last = otherRunEnd(start, letters)
    guard last > start else { return false }
    while last < end, trails(value(last)) { last += 1 }
    return move(to: last)
  }

  /// `\s+(?!\S)|\s+`: a run of white space without its last character where something else follows.
  private mutating func matchSpace() -> Bool {
    let last = runEnd(place, of: .space)
    return move(to: last < end && last - place > 1 ? last - 1 : last)
  }

  /// `\s*[\r\n]+`
  private mutating func matchLineEnds() -> Bool {
    var last = runEnd(place, of: .space)
    while last > place, !kind(last - 1).contains(.lineEnd) { last -= 1 }
    return move(to: last)
  }

  private static func isLineEnd(_ value: UInt32) -> Bool { value == 0x0A || value == 0x0D }

  // MARK: Patterns

  mutating func matchGPT2() -> Bool {
    if move(to: place + contractionLength(place, ignoringCase: false)) { return true }
    let start = value(place) == 0x20 ? place + 1 : place
    for classes in [CharacterClass.letter, .number] {
      let last = runEnd(start, of: classes)
      if last > start { return move(to: last) }
    }
    return matchOther() || matchSpace()
  }

  mutating func matchGPT4(digits: Int, letters: CharacterClass) -> Bool {
    if move(to: place + contractionLength(place, ignoringCase: true)) { return true }
    if matchWord(of: letters, start: wordStart) { return true }
    return matchRun(of: .number, longest: digits) || matchOther(besides: letters, trails: Self.isLineEnd)
      || matchLineEnds() || matchSpace()
  }

  /// A run of letters behind the one character that may stand before it, or without one.
  private mutating func matchWord(of letters: CharacterClass, start: Int) -> Bool {
    let last = runEnd(start, of: letters)
    return last > start ? move(to: last) : move(to: runEnd(place, of: letters))
  }

  /// `[!-/:-@\[-`{-~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*`, then white space.
  mutating func matchDeepSeek3() -> Bool {
    if Self.isSign(value(place)) {
      var last = place + 1
      while last < end, Self.isLatin(value(last)) { last += 1 }
      if last > place + 1 { return move(to: last) }
    }
    let isLead = !kind(place).isAny(of: [.lineEnd, .letter, .punctuation, .symbol])
    if matchWord(of: [.letter, .mark], start: isLead ? place + 1 : place) { return true }
    let start = value(place) == 0x20 ? place + 1 : place
    var last = runEnd(start, of: [.punctuation, .symbol])
    if last > start {
      while last < end, Self.isLineEnd(value(last)) { last += 1 }
      return move(to: last)
    }
    return matchLineEnds() || matchSpace()
  }

  private static func isLatin(_ value: UInt32) -> Bool {
    (0x41...0x5A).contains(value) || (0x61...0x7A).contains(value)
  }

  /// Printable ASCII but letters, digits and the space.
  private static func isSign(_ value: UInt32) -> Bool {
    (0x21...0x7E).contains(value) && !isLatin(value) && !(0x30...0x39).contains(value)
  }

  mutating func match(_ pattern: RunPattern) -> Bool {
    func runEnd(_ start: Int) -> Int? {
      var last = start
      while last < end, last - start < pattern.longest, pattern.set.contains(value(last), kind(last)) { last += 1 }
      return last - start >= pattern.least ? last : nil
    }
    if place < end, pattern.leads(value(place), kind(place)), let last = runEnd(place + 1) { return move(to: last) }
    return runEnd(place).map { move(to: $0) } ?? false
  }

  mutating func matchTrailingSpace() -> Bool {
    var start = end
    while start > place, kind(start - 1).contains(.space) { start -= 1 }
    // Nothing else can match before the last run: the scanner stands at it, or skips to it.
    guard start == place else {
      skipped = start
      return false
    }
    return move(to: end)
  }

  mutating func matchGPT4o(digits: Int, contractions: Bool) -> Bool {
    for isCapital in [false, true] {
      for start in wordStart > place ? [wordStart, place] : [place] {
        guard let last = isCapital ? capitalWordEnd(start) : wordEnd(start) else { continue }
        return move(to: last + (contractions ? contractionLength(last, ignoringCase: true) : 0))
      }
    }
    return matchRun(of: .number, longest: digits) || matchOther(trails: { Self.isLineEnd($0) || $0 == 0x2F })
      || matchLineEnds() || matchSpace()
  }

  /// Behind the one character before a word that `[^\r\n\p{L}\p{N}]?` takes.
  private var wordStart: Int { kind(place).isAny(of: [.lineEnd, .letter, .number]) ? place : place + 1 }

  private static let capitals: CharacterClass = [.upper, .caseless, .mark]
  private static let smalls: CharacterClass = [.lower, .caseless, .mark]

  /// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+`
  private func wordEnd(_ start: Int) -> Int? {
    let capitalEnd = runEnd(start, of: Self.capitals)
    let last = runEnd(capitalEnd, of: Self.smalls)
    if last > capitalEnd { return last }
    // The first part gives back as much as the second needs: up to the last character that both accept.
    return (start..<capitalEnd).last { kind($0).isAny(of: Self.smalls) }.map { $0 + 1 }
  }

  /// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*`
  private func capitalWordEnd(_ start: Int) -> Int? {
    let capitalEnd = runEnd(start, of: Self.capitals)
    return capitalEnd > start ? runEnd(capitalEnd, of: Self.smalls) : nil
  }

  mutating func matchDigitTriple() -> Bool {
    for offset in 0..<3 where !(0x30...0x39).contains(value(place + offset)) { return false }
    return move(to: place + 3)
  }

  mutating func matchPunctuation(withGraveAccent: Bool) -> Bool {
    var last = place
    while last < end {
      let value = value(last)
      guard
        kind(last).contains(.punctuation) || value < 0x80 && Self.signs.contains(UInt8(value))
          || withGraveAccent && value == 0x60
      else { break }
      last += 1
    }
    return move(to: last)
  }

  private static let signs = Array("$+<=>^~|".utf8)
}
