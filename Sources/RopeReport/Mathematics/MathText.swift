import RopeText

/// Mathematics written in a line: `θ′_i = b^(−2i/d)`, read once and set by HTML, PDF and plain text alike.
///
/// `_` lowers and `^` raises the next word, number or group in braces or brackets; raised and lowered characters (`σ²`, `x₀`)
/// and primes do so by themselves, and so do digits after a single letter (`L0`). Single letters are variables, longer words
/// (`max`, `ln`, `kv_heads`) stay upright. A quotient with a bracket on either side, outside exponents, is a fraction;
/// `√(…)` a root; `-` a minus sign. A backslash keeps the next character as it is.
public struct MathText: Sendable, Hashable {
  public indirect enum Node: Sendable, Hashable {
    case variable(String)
    case number(String)
    /// A function's name, or a word of the language.
    case word(String)
    /// Operators, relations, punctuation, bars.
    case sign(String)
    case space
    case scripts(base: [Node], lower: [Node], upper: [Node])
    case group(open: String, [Node], close: String)
    case root([Node])
    case fraction([Node], [Node])
  }

  public let nodes: [Node]

  public init(_ source: String) {
    var reader = MathReader(source)
    nodes = reader.nodes()
  }

  /// A part that stays on one line, or words of the language, which are set as other text is.
  public struct Segment: Sendable, Hashable {
    public var nodes: [Node] = []
    /// Whether a space stands before it; a line may end before it in either case.
    public var isSpaced = false

    /// Its words, where it is nothing but words of the language with the punctuation after them.
    public var words: String? {
      let isText =
        nodes.contains(where: MathText.isPlainWord)
        && nodes.allSatisfy { node in
          if case .sign(let sign) = node { return ",;:.…".contains(sign) }
          return MathText.isPlainWord(node) || node == .space
        }
      return isText ? MathText.plain(nodes) : nil
    }
  }

  /// Parts between which lines may end: before relations and sums, after a comma and around words, never after a
  /// function's name nor between bars.
  public var segments: [Segment] {
    var segments = [Segment()]
    var isBetweenBars = false
    for (place, node) in nodes.enumerated() {
      if node == .sign("|") { isBetweenBars.toggle() }
      let before = place > 0 ? nodes[place - 1] : .space
      if node == .space, place > 0, place + 1 < nodes.count, !isBetweenBars, Self.breaks(before, nodes[place + 1]) {
        segments.append(Segment(isSpaced: true))
        continue
      }
      if !isBetweenBars, Self.mayBreak(before, node) { segments.append(Segment()) }
      segments[segments.count - 1].nodes.append(node)
    }
    return segments.filter { !$0.nodes.isEmpty && $0.nodes != [.space] }
  }

  private static func breaks(_ before: Node, _ after: Node) -> Bool {
    if case .sign(let sign) = before { return [",", ";", ":"].contains(sign) }
    if case .sign(let sign) = after { return isInfix(sign) }
    return isPlainWord(before) || isPlainWord(after)
  }

  /// Whether a line may end between two nodes without a space: beside a word in characters that need none.
  private static func mayBreak(_ before: Node, _ after: Node) -> Bool {
    guard let last = plain(before).last, let first = plain(after).first else { return false }
    return last != " " && first != " " && last.mayBreak(before: first)
  }

  static func isInfix(_ sign: String) -> Bool { "=≈≤≥<>∝∈+−×←→·".contains(sign) }

  /// Whether it is a word of the language rather than a function's name.
  static func isPlainWord(_ node: Node) -> Bool {
    if case .word(let word) = node { !functions.contains(word) } else { false }
  }

  private static let functions: Set = [
    "ln", "log", "exp", "cos", "sin", "max", "min", "argmin", "argmax", "clamp", "round", "int", "mod", "fl", "Re",
  ]

  /// On one level: digits raised or lowered as characters, `b^(2i/d)` and `θ_i` where there are none.
  public var plainText: String { Self.plain(nodes) }

  private static func plain(_ nodes: [Node]) -> String { nodes.map(plain).joined() }

  private static func plain(_ node: Node) -> String {
    switch node {
    case .variable(let text), .number(let text), .word(let text), .sign(let text): text
    case .space: " "
    case .scripts(let base, let lower, let upper):
      plain(base) + String(repeating: "′", count: primes(upper)) + level(lower, "_", lowered)
        + level(Array(upper.dropFirst(primes(upper))), "^", raised)
    case .group(let open, let inner, let close): open + plain(inner) + close
    case .root(let inner): "√(\(plain(inner)))"
    case .fraction(let over, let under): "\(bracketed(over))/\(bracketed(under))"
    }
  }

  /// How many primes an exponent begins with.
  static func primes(_ upper: [Node]) -> Int { upper.prefix { $0 == .sign("′") }.count }

  private static func bracketed(_ nodes: [Node]) -> String {
    nodes.count == 1 ? plain(nodes) : "(\(plain(nodes)))"
  }

  private static func level(_ nodes: [Node], _ sign: String, _ special: [Character: Character]) -> String {
    let text = plain(nodes)
    if text.allSatisfy({ special[$0] != nil }) { return String(text.compactMap { special[$0] }) }
    return text.allSatisfy { $0.isLetter || $0.isNumber } ? sign + text : "\(sign)(\(text))"
  }

  static let raised = [Character: Character](uniqueKeysWithValues: zip("0123456789−+n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ"))
  static let lowered = [Character: Character](uniqueKeysWithValues: zip("0123456789−+", "₀₁₂₃₄₅₆₇₈₉₋₊"))
}
