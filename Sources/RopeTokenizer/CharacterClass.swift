/// What a character is, as the patterns of pre-tokenizers ask: Unicode general categories, gathered.
struct CharacterClass: OptionSet, Sendable, Hashable {
  let rawValue: UInt16

  /// Lu and Lt.
  static let upper = CharacterClass(rawValue: 1)
  /// Ll.
  static let lower = CharacterClass(rawValue: 2)
  /// Lm and Lo.
  static let caseless = CharacterClass(rawValue: 4)
  /// M.
  static let mark = CharacterClass(rawValue: 8)
  /// N: digits, but also Roman numerals and fractions.
  static let number = CharacterClass(rawValue: 16)
  /// White_Space, line ends included.
  static let space = CharacterClass(rawValue: 32)
  /// Carriage return and line feed.
  static let lineEnd = CharacterClass(rawValue: 64)
  /// P.
  static let punctuation = CharacterClass(rawValue: 128)
  /// S.
  static let symbol = CharacterClass(rawValue: 256)

  /// L.
  static let letter: CharacterClass = [.upper, .lower, .caseless]

  func isAny(of classes: CharacterClass) -> Bool { rawValue & classes.rawValue != 0 }

  /// The class of a code point; none for what is not assigned.
  static func of(_ value: UInt32) -> CharacterClass {
    value < UInt32(basicPlane.count) ? basicPlane[Int(value)] : computed(value)
  }

  private static let basicPlane: [CharacterClass] = (0..<UInt32(0x10000)).map(computed)

  private static func computed(_ value: UInt32) -> CharacterClass {
    guard let scalar = Unicode.Scalar(value) else { return [] }
    if scalar == "\n" || scalar == "\r" { return [.space, .lineEnd] }
    let properties = scalar.properties
    if properties.isWhitespace { return .space }
    switch properties.generalCategory {
    case .uppercaseLetter, .titlecaseLetter: return .upper
    case .lowercaseLetter: return .lower
    case .modifierLetter, .otherLetter: return .caseless
    case .nonspacingMark, .spacingMark, .enclosingMark: return .mark
    case .decimalNumber, .letterNumber, .otherNumber: return .number
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      return .punctuation
    case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: return .symbol
    default: return []
    }
  }
}
