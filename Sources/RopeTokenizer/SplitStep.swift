/// One way to cut a text into the pieces within which merging happens. Each case is a pattern that tokenizers declare
/// as a regular expression, here a scanner that does exactly what the expression does.
enum SplitStep: Sendable, Hashable {
  /// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
  case gpt2
  /// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,digits}| ?[^\s\p{L}\p{N}]+[\r\n]*`, then
  /// `\s*[\r\n]+|\s+(?!\S)|\s+`
  case gpt4(digits: Int)
  /// As `gpt4`, but marks count as letters (Qwen 3.5).
  case gpt4WithMarks(digits: Int)
  /// A sign of ASCII and the letters of ASCII behind it, words with their marks, runs of punctuation and symbols, white
  /// space as in `gpt4`; what lies between left whole (DeepSeek V3).
  case deepSeek3
  /// Characters of a set, what lies between left whole.
  case run(RunPattern)
  /// `\s+$`: the white space at the end, what lies before left whole.
  case trailingSpace
  /// As `gpt4`, but words are cut where a small letter is followed by a capital one, marks count as letters, a
  /// contraction belongs to its word, and a slash may follow punctuation.
  case gpt4o(digits: Int, contractions: Bool)
  /// `\p{N}{1,longest}`, what lies between left whole.
  case numbers(longest: Int)
  /// `[0-9][0-9][0-9]`, what lies between left whole.
  case digitTriples
  /// `[\p{P}\$\+<=>\^~\|]+`, what lies between left whole; Falcon's also takes the grave accent.
  case punctuation(withGraveAccent: Bool)

  /// Cuts the code points of a range, each of which ends up in one piece.
  func split(_ text: ScalarText, _ range: Range<Int>, into pieces: inout [Range<Int>]) {
    var scanner = SplitScanner(text: text, place: range.lowerBound, end: range.upperBound)
    // Start of what a step leaves whole.
    var rest = range.lowerBound
    while scanner.place < range.upperBound {
      let start = scanner.place
      if match(&scanner) {
        if rest < start { pieces.append(rest..<start) }
        pieces.append(start..<scanner.place)
        rest = scanner.place
      } else {
        scanner.place = max(scanner.place + 1, scanner.skipped)
      }
    }
    if rest < range.upperBound { pieces.append(rest..<range.upperBound) }
  }

  /// Moves the scanner over the match that begins at its place, if there is one.
  private func match(_ scanner: inout SplitScanner) -> Bool {
    switch self {
    case .gpt2: scanner.matchGPT2()
    case .gpt4(let digits): scanner.matchGPT4(digits: digits, letters: .letter)
    case .gpt4WithMarks(let digits): scanner.matchGPT4(digits: digits, letters: [.letter, .mark])
    case .deepSeek3: scanner.matchDeepSeek3()
    case .run(let pattern): scanner.match(pattern)
    case .trailingSpace: scanner.matchTrailingSpace()
    case .gpt4o(let digits, let contractions): scanner.matchGPT4o(digits: digits, contractions: contractions)
    case .numbers(let longest): scanner.matchRun(of: .number, longest: longest)
    case .digitTriples: scanner.matchDigitTriple()
    case .punctuation(let withGraveAccent): scanner.matchPunctuation(withGraveAccent: withGraveAccent)
    }
  }
}
