/// A set of characters as the brackets of a regular expression give it: `[一-龥ࠀ-一]`, `[^(\s|[.,!?])]`, `\p{L}`.
struct CharacterPattern: Sendable, Hashable {
  private var classes: CharacterClass = []
  private var ranges: [ClosedRange<UInt32>] = []
  private var isNegated = false

  /// Ranges of one set at most, and sets within one another; the largest in use has some hundred.
  private static let mostRanges = 1000
  private static let deepestSet = 4

  func contains(_ value: UInt32, _ kind: CharacterClass) -> Bool {
    (kind.isAny(of: classes) || ranges.contains { $0.contains(value) }) != isNegated
  }

  /// Everything in ASCII that is printed but is no letter, digit or space, and Unicode's punctuation.
  static let signs: CharacterPattern = {
    var signs = CharacterPattern(classes: .punctuation)
    signs.ranges = [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]
    return signs
  }()

  init(classes: CharacterClass) { self.classes = classes }

  /// Takes one set, or one character, from the front of a pattern.
  init?(_ text: inout Substring.UnicodeScalarView) {
    guard let first = text.first else { return nil }
    if first == "[" {
      text.removeFirst()
      if text.first == "^" {
        isNegated = true
        text.removeFirst()
      }
      guard readMembers(&text, depth: 1) else { return nil }
    } else {
      guard !"^$.|?*+(){".unicodeScalars.contains(first), readMember(&text) else { return nil }
    }
  }

  private mutating func readMembers(_ text: inout Substring.UnicodeScalarView, depth: Int) -> Bool {
    while let next = text.first, ranges.count <= Self.mostRanges {
      if next == "]" {
        text.removeFirst()
        return true
      }
      if next == "[" {
        // A set within a set adds its members.
        text.removeFirst()
        guard text.first != "^", depth < Self.deepestSet, readMembers(&text, depth: depth + 1) else { return false }
        continue
      }
      guard text.prefix(2).elementsEqual("&&".unicodeScalars) == false, readMember(&text) else { return false }
    }
    return false
  }

  /// A class, a character or a range of characters.
  private mutating func readMember(_ text: inout Substring.UnicodeScalarView) -> Bool {
    if text.starts(with: #"\p{"#.unicodeScalars), let end = text.firstIndex(of: "}") {
      let name = String(String.UnicodeScalarView(text[..<end].dropFirst(3)))
      guard let kind = Self.named[name] else { return false }
      classes.formUnion(kind)
      text = text[text.index(after: end)...]
      return true
    }
    if text.starts(with: #"\s"#.unicodeScalars) {
      classes.formUnion(.space)
      text = text.dropFirst(2)
      return true
    }
    guard let first = Self.character(&text) else { return false }
    var last = first
    if text.first == "-", let after = text.dropFirst().first, after != "]" {
      text.removeFirst()
      guard let value = Self.character(&text), value >= first else { return false }
      last = value
    }
    ranges.append(first...last)
    return true
  }

  private static func character(_ text: inout Substring.UnicodeScalarView) -> UInt32? {
    guard let first = text.popFirst() else { return nil }
    guard first == "\\" else { return first.value }
    switch text.popFirst() {
    case "r": return 0x0D
    case "n": return 0x0A
    case "t": return 0x09
    case let sign? where sign.isASCII && !sign.properties.isAlphabetic && !("0"..."9").contains(sign): return sign.value
    default: return nil
    }
  }

  private static let named: [String: CharacterClass] = [
    "L": .letter, "Ll": .lower, "M": .mark, "N": .number, "P": .punctuation, "S": .symbol,
  ]
}
