import RopeText

/// Reads mathematics that is written in a line.
struct MathReader {
  private var rest: Substring

  /// Deeper brackets are read as signs.
  private static let deepest = 24

  init(_ source: String) { rest = Substring(source) }

  mutating func nodes() -> [MathText.Node] { read(until: nil, inScript: false, depth: 0) }

  /// Ordinary characters by raised and by lowered ones.
  private static let raised = [Character: Character](uniqueKeysWithValues: MathText.raised.map { ($1, $0) }),
    lowered = [Character: Character](uniqueKeysWithValues: MathText.lowered.map { ($1, $0) })
  private static let brackets: [Character: Character] = ["(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉"]

  private mutating func read(until end: Character?, inScript: Bool, depth: Int) -> [MathText.Node] {
    var nodes: [MathText.Node] = []
    while let next = rest.first, next != end {
      if next == "_" || next == "^" {
        rest.removeFirst()
        attach(script(depth), raised: next == "^", to: &nodes)
      } else if next == "′" {
        rest.removeFirst()
        attach([.sign("′")], raised: true, to: &nodes)
      } else if let raised = characters(Self.raised) {
        attach([raised == "n" ? .variable(raised) : .number(raised)], raised: true, to: &nodes)
      } else if let lowered = characters(Self.lowered) {
        attach([.number(lowered)], raised: false, to: &nodes)
      } else {
        nodes += token(inScript: inScript, depth: depth, before: nodes.last)
      }
    }
    return inScript ? nodes : Self.withFractions(nodes)
  }

  /// Raised or lowered characters at the front, as ordinary ones.
  private mutating func characters(_ plain: [Character: Character]) -> String? {
    let found = rest.prefix { plain[$0] != nil }
    guard !found.isEmpty else { return nil }
    rest.removeFirst(found.count)
    return String(found.compactMap { plain[$0] })
  }

  private func attached(
    _ script: [MathText.Node], raised: Bool, to last: MathText.Node?
  ) -> MathText.Node {
    guard case .scripts(let base, let lower, let upper)? = last, raised || lower.isEmpty else {
      return .scripts(
        base: [last].compactMap { $0 }, lower: raised ? [] : script, upper: raised ? script : [])
    }
    return .scripts(base: base, lower: raised ? lower : script, upper: raised ? upper + script : upper)
  }

  private func attach(_ script: [MathText.Node], raised: Bool, to nodes: inout [MathText.Node]) {
    let last = nodes.last == .space ? nil : nodes.popLast()
    nodes.append(attached(script, raised: raised, to: last))
  }

  /// What an index or exponent covers.
  private mutating func script(_ depth: Int) -> [MathText.Node] {
    if let first = rest.first, first == "{" || first == "(", depth < Self.deepest {
      let close: Character = first == "{" ? "}" : ")"
      rest.removeFirst()
      let inner = read(until: close, inScript: true, depth: depth + 1)
      if !rest.isEmpty { rest.removeFirst() }
      return inner
    }
    if let first = rest.first, first == "−" || first == "-" || first == "+" {
      return token(inScript: true, depth: depth, before: nil) + token(inScript: true, depth: depth, before: nil)
    }
    return token(inScript: true, depth: depth, before: nil)
  }

  private mutating func token(inScript: Bool, depth: Int, before: MathText.Node?) -> [MathText.Node] {
    guard let first = rest.first else { return [] }
    if first.isWhitespace {
      rest = rest.drop(while: \.isWhitespace)
      return [.space]
    }
    if first == "\\", rest.count > 1 {
      rest.removeFirst()
      return [.sign(String(rest.removeFirst()))]
    }
    if first == "√" {
      rest.removeFirst()
      let inner = token(inScript: inScript, depth: depth, before: nil)
      if case .group("(", let content, _)? = inner.first { return [.root(content)] }
      return [.root(inner)]
    }
    if let close = Self.brackets[first], depth < Self.deepest, isClosed(close) {
      rest.removeFirst()
      let inner = read(until: close, inScript: inScript, depth: depth + 1)
      rest.removeFirst()
      return [.group(open: String(first), inner, close: String(close))]
    }
    if first.isASCII, first.isLetter { return letters(before: before) }
    if first.isWide {
      // Punctuation stays with what stands before it.
      let marks = take { $0.isWide && $0.isPunctuation }
      return [.word(String(marks.isEmpty ? take { $0.isWide && !$0.isPunctuation } : marks))]
    }
    if first.isNumber { return [.number(number())] }
    rest.removeFirst()
    // A hyphen: Part-NTK, fine-tuned.
    if first == "-", rest.first?.isLetter == true, before.map(Self.isLetters) == true { return [.word("-")] }
    if first == "Σ" || first == "Π" { return [.sign(String(first))] }
    return [first.isLetter ? .variable(String(first)) : .sign(first == "-" ? "−" : String(first))]
  }

  /// Whether the bracket at the front is closed by its own kind before another one ends.
  private func isClosed(_ close: Character) -> Bool {
    var open: [Character] = []
    for character in rest {
      if let own = Self.brackets[character] { open.append(own) }
      if character == open.last { open.removeLast() }
      if open.isEmpty { return true }
      if Self.brackets.values.contains(character), character != open.last, !open.contains(character) { return false }
    }
    return false
  }

  private mutating func number() -> String {
    var digits = ""
    while let next = rest.first {
      let isPoint = (next == "." || next == ",") && rest.dropFirst().first?.isNumber == true && !digits.isEmpty
      guard next.isNumber && Self.raised[next] == nil || isPoint else { break }
      digits.append(rest.removeFirst())
    }
    return digits.isEmpty ? String(rest.removeFirst()) : digits
  }

  /// A variable, a word, a word with its digits (`float32`), a name with underscores (`kv_heads`), or a variable with an
  /// index (`L0`).
  private mutating func letters(before: MathText.Node?) -> [MathText.Node] {
    var word = String(take { $0.isASCII && $0.isLetter })
    if word.count == 1 {
      if word == "a" || word == "A", isArticle(before) { return [.word(word)] }
      let index = take { $0.isASCII && $0.isNumber }
      return index.isEmpty
        ? [.variable(word)] : [.scripts(base: [.variable(word)], lower: [.number(String(index))], upper: [])]
    }
    if word == "log" {
      let index = take { $0.isASCII && $0.isNumber }
      return index.isEmpty
        ? [.word(word)] : [.scripts(base: [.word(word)], lower: [.number(String(index))], upper: [])]
    }
    if let mark = rest.first, mark == "'" || mark == "’", rest.dropFirst().first?.isLetter == true {
      // The method's: no variable s.
      word.append(rest.removeFirst())
      return [.word(word + take { $0.isASCII && $0.isLetter })]
    }
    word += take { $0.isASCII && $0.isNumber }
    while rest.first == "_", rest.dropFirst().prefix(while: { $0.isASCII && $0.isLetter }).count > 1 {
      word.append(rest.removeFirst())
      word += take { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
    return [.word(word)]
  }

  private mutating func take(_ isTaken: (Character) -> Bool) -> Substring {
    let found = rest.prefix(while: isTaken)
    rest.removeFirst(found.count)
    return found
  }

  /// Whether the letter that was just taken is a word of the language: blanks around it and a word after it.
  private func isArticle(_ before: MathText.Node?) -> Bool {
    guard before == nil || before == .space, rest.first == " " else { return false }
    return rest.dropFirst().prefix { $0.isASCII && $0.isLetter }.count > 1
  }

  /// Quotients with a bracket on either side as fractions.
  private static func withFractions(_ nodes: [MathText.Node]) -> [MathText.Node] {
    var result: [MathText.Node] = []
    var place = 0
    while place < nodes.count {
      if nodes[place] == .sign("/"), let over = result.last, place + 1 < nodes.count {
        let under = nodes[place + 1]
        let isApplied = isBracket(over) && result.dropLast().last.map(isOperand) == true
        let isFollowed = place + 2 < nodes.count && isOperand(nodes[place + 2])
        if isOperand(over), isOperand(under), isBracket(over) || isBracket(under), !isApplied, !isFollowed {
          result[result.count - 1] = .fraction(unbracketed(over), unbracketed(under))
          place += 2
          continue
        }
      }
      result.append(nodes[place])
      place += 1
    }
    return result
  }

  private static func isLetters(_ node: MathText.Node) -> Bool {
    switch node {
    case .variable, .word: true
    default: false
    }
  }

  private static func isOperand(_ node: MathText.Node) -> Bool {
    switch node {
    case .variable, .number, .scripts, .group, .root: true
    case .word(let word): word.first.map { !($0.isWide && $0.isPunctuation) } ?? false
    case .sign, .space, .fraction: false
    }
  }

  private static func isBracket(_ node: MathText.Node) -> Bool {
    if case .group("(", _, _) = node { true } else { false }
  }

  private static func unbracketed(_ node: MathText.Node) -> [MathText.Node] {
    if case .group("(", let inner, _) = node { inner } else { [node] }
  }
}
