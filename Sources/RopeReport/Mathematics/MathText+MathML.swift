import RopeText

extension MathText {
  /// One `<math>` for each part that stays on a line, so that long formulas wrap; words of the language between them are
  /// ordinary text.
  ///
  /// - Parameter isDisplayed: whether it stands on lines of its own, with fractions at full size.
  public func html(isDisplayed: Bool = false) -> String {
    let style = isDisplayed ? " displaystyle=\"true\"" : ""
    return segments.map { segment in
      let part =
        segment.words.map(Escaping.html) ?? "<math\(style)>\(Self.mathML(segment.nodes, isContinued: true))</math>"
      return segment.isSpaced ? " " + part : part
    }.joined()
  }

  /// - Parameter isContinued: whether an operator at the front has its left side on the part before.
  private static func mathML(_ nodes: [Node], isContinued: Bool = false) -> String {
    var text = ""
    for (place, node) in nodes.enumerated() {
      switch node {
      case .space:
        // Operators and commas bring their own space.
        let sides = [place > 0 ? nodes[place - 1] : nil, place + 1 < nodes.count ? nodes[place + 1] : nil]
        let isSpaced = sides.contains { side in
          if case .sign(let sign)? = side { isInfix(sign) || sign == "," || sign == ";" } else { side == nil }
        }
        if !isSpaced { text += "<mspace width=\".22em\"/>" }
      case .sign(let sign) where place == 0 && isContinued && isInfix(sign) && nodes.count > 1 && nodes[1] == .space:
        text += "<mo form=\"infix\">\(Escaping.html(sign))</mo>"
      default: text += mathML(node)
      }
    }
    return text
  }

  private static func mathML(_ node: Node) -> String {
    switch node {
    case .variable(let name): return "<mi>\(Escaping.html(name))</mi>"
    case .number(let digits): return "<mn>\(Escaping.html(digits))</mn>"
    case .word(let word):
      return isPlainWord(node) ? "<mtext>\(Escaping.html(word))</mtext>" : "<mi>\(Escaping.html(word))</mi>"
    case .sign(let sign):
      let shown = ["Σ": "∑", "Π": "∏"][sign] ?? sign
      return sign == "|" || sign == "/"
        ? "<mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">\(shown)</mo>" : "<mo>\(Escaping.html(shown))</mo>"
    case .space: return ""
    case .scripts(let base, let lower, let upper):
      let tag = lower.isEmpty ? "msup" : upper.isEmpty ? "msub" : "msubsup"
      return "<\(tag)>"
        + ([base, lower, upper].enumerated().filter { $0.offset == 0 || !$0.element.isEmpty })
        .map { row($0.element) }.joined() + "</\(tag)>"
    case .group(let open, let inner, let close):
      let fixed = isTall(inner) ? "" : " stretchy=\"false\""
      return "<mrow><mo\(fixed)>\(open)</mo>\(mathML(inner))<mo\(fixed)>\(close)</mo></mrow>"
    case .root(let inner): return "<msqrt>\(mathML(inner))</msqrt>"
    case .fraction(let over, let under): return "<mfrac>\(row(over))\(row(under))</mfrac>"
    }
  }

  /// One element, as scripts and fractions take.
  private static func row(_ nodes: [Node]) -> String {
    nodes.count == 1 && nodes != [.space] ? mathML(nodes[0]) : "<mrow>\(mathML(nodes))</mrow>"
  }

  /// Whether it is higher than a line.
  static func isTall(_ nodes: [Node]) -> Bool {
    nodes.contains { node in
      switch node {
      case .fraction: true
      case .root(let inner), .group(_, let inner, _): isTall(inner)
      case .scripts(let base, _, _): isTall(base)
      case .variable, .number, .word, .sign, .space: false
      }
    }
  }
}
