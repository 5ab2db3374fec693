/// Mathematics written in a line: `θ′_i = b^{−2i/d}`. `_` lowers and `^` raises the next word or number, or a group
/// in braces; single letters are variables and set italic, longer words (`max`, `ln`) and digits stay upright, `-` becomes a
/// minus sign. A backslash keeps the next character as it is.
public struct MathText: Sendable, Hashable {
  public enum Level: String, Sendable { case line, lowered, raised }

  public struct Run: Sendable, Hashable {
    public var text: String
    public var isVariable: Bool
    public var level: Level

    public init(text: String, isVariable: Bool, level: Level) {
      self.text = text
      self.isVariable = isVariable
      self.level = level
    }
  }

  public private(set) var runs: [Run] = []

  public init(_ source: String) {
    var rest = Substring(source)
    while let character = rest.first {
      if character == "_" || character == "^" {
        rest.removeFirst()
        let group = Self.takeGroup(&rest)
        append(group, level: character == "_" ? .lowered : .raised)
      } else {
        append(Self.takeToken(&rest), level: .line)
      }
    }
  }

  /// On one level: digits raised or lowered as characters, `b^(2i/d)` and `θ_i` where there are none.
  public var plainText: String {
    var out = ""
    var index = 0
    while index < runs.count {
      let level = runs[index].level
      var text = ""
      while index < runs.count, runs[index].level == level {
        text += runs[index].text
        index += 1
      }
      let special = level == .raised ? Self.raised : Self.lowered
      if level == .line {
        out += text
      } else if text.allSatisfy({ special[$0] != nil }) {
        out += String(text.compactMap { special[$0] })
      } else {
        let sign = level == .raised ? "^" : "_"
        out += text.allSatisfy { $0.isLetter || $0.isNumber } ? sign + text : "\(sign)(\(text))"
      }
    }
    return out
  }

  private static let raised = [Character: Character](uniqueKeysWithValues: zip("0123456789−+n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ"))
  private static let lowered = [Character: Character](uniqueKeysWithValues: zip("0123456789−+", "₀₁₂₃₄₅₆₇₈₉₋₊"))

  /// What an index or exponent covers: a group in braces, else one word, one number or one character.
  private static func takeGroup(_ rest: inout Substring) -> [Token] {
    guard rest.first == "{" else { return [takeToken(&rest)].filter { !$0.text.isEmpty } }
    rest.removeFirst()
    var tokens: [Token] = []
    while let next = rest.first, next != "}" { tokens.append(takeToken(&rest)) }
    if !rest.isEmpty { rest.removeFirst() }
    return tokens
  }

  private struct Token {
    var text: String
    var isVariable = false
  }

  private static func takeToken(_ rest: inout Substring) -> Token {
    guard let first = rest.first else { return Token(text: "") }
    if first == "\\", rest.count > 1 {
      rest.removeFirst()
      return Token(text: String(rest.removeFirst()))
    }
    let length =
      first.isLetter ? rest.prefix(while: \.isLetter).count : first.isNumber ? rest.prefix(while: \.isNumber).count : 1
    let text = String(rest.prefix(length))
    rest.removeFirst(length)
    if text == "-" { return Token(text: "−") }
    return Token(text: text, isVariable: length == 1 && first.isLetter)
  }

  private mutating func append(_ tokens: [Token], level: Level) { tokens.forEach { append($0, level: level) } }

  private mutating func append(_ token: Token, level: Level) {
    if let last = runs.last, last.level == level, last.isVariable == token.isVariable {
      runs[runs.count - 1].text += token.text
    } else if !token.text.isEmpty {
      runs.append(Run(text: token.text, isVariable: token.isVariable, level: level))
    }
  }
}
