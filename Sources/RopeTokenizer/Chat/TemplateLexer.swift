/// Cuts a template into pieces, with blanks about blocks taken away as transformers sets Jinja: `trim_blocks` (a line break
/// after a block or comment), `lstrip_blocks` (blanks between the beginning of a line and a block or comment), and the
/// signs `-` and `+` inside the braces.
struct TemplateLexer {
  private let source: [Unicode.Scalar]
  private var place = 0
  private var line = 1
  /// Whether what comes next begins a line.
  private var startsLine = true
  private var pieces: [TemplatePiece] = []

  static func pieces(of text: String) throws(ChatTemplateError) -> [TemplatePiece] {
    var lexer = TemplateLexer(text)
    return try lexer.all()
  }

  private init(_ text: String) {
    var scalars: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      if scalar == "\n", scalars.last == "\r" { scalars.removeLast() }
      scalars.append(scalar)
    }
    source = scalars.map { $0 == "\r" ? "\n" : $0 }
  }

  private func isAt(_ text: StaticString, _ offset: Int = 0) -> Bool {
    text.withUTF8Buffer { bytes in
      place + offset + bytes.count <= source.count
        && bytes.indices.allSatisfy { source[place + offset + $0].value == UInt32(bytes[$0]) }
    }
  }

  private mutating func advance(_ count: Int) {
    for scalar in source[place..<place + count] where scalar == "\n" { line += 1 }
    place += count
  }

  private mutating func all() throws(ChatTemplateError) -> [TemplatePiece] {
    var text: [Unicode.Scalar] = [], textLine = 1
    func isOpening(_ at: Int) -> Bool {
      at + 1 < source.count && source[at] == "{" && ["{", "%", "#"].contains(source[at + 1])
    }
    while place < source.count {
      guard isOpening(place) else {
        if text.isEmpty { textLine = line }
        text.append(source[place])
        advance(1)
        continue
      }
      strip(&text)
      if !text.isEmpty { pieces.append(.text(String(String.UnicodeScalarView(text)), line: textLine)) }
      text = []
      try braces()
    }
    // A line break at the very end of the template is none of the text.
    if text.last == "\n" { text.removeLast() }
    if !text.isEmpty { pieces.append(.text(String(String.UnicodeScalarView(text)), line: textLine)) }
    return pieces
  }

  /// Takes blanks before an opening away.
  private func strip(_ text: inout [Unicode.Scalar]) {
    let sign = place + 2 < source.count ? source[place + 2] : " "
    if sign == "-" {
      while let last = text.last, TemplateText.isSpace(last) { text.removeLast() }
    } else if sign != "+", source[place + 1] != "{" {
      let lineStart = text.lastIndex(of: "\n").map { $0 + 1 } ?? (startsLine ? 0 : nil)
      if let lineStart, text[lineStart...].allSatisfy(TemplateText.isSpace) { text.removeSubrange(lineStart...) }
    }
  }

  private mutating func braces() throws(ChatTemplateError) {
    let opening = source[place + 1], start = line
    advance(2)
    if place < source.count, source[place] == "-" || source[place] == "+" && opening != "{" { advance(1) }
    switch opening {
    case "#":
      while !isAt("#}") {
        guard place < source.count else { throw error("the comment has no end", at: start) }
        advance(1)
      }
      let sign = source[place - 1]
      advance(2)
      close(sign == "-" ? "-" : sign == "+" ? "+" : " ", isBlock: true)
    case "%":
      let (tokens, sign) = try tokens(until: "%}", from: start)
      if tokens.map(\.kind) == [.name("raw")] {
        try raw(sign, from: start)
      } else {
        pieces.append(.block(tokens, line: start))
        close(sign, isBlock: true)
      }
    default:
      let (tokens, sign) = try tokens(until: "}}", from: start)
      pieces.append(.output(tokens, line: start))
      close(sign, isBlock: false)
    }
  }

  /// Takes what follows a closing away.
  private mutating func close(_ sign: Unicode.Scalar, isBlock: Bool) {
    startsLine = false
    if sign == "-" {
      while place < source.count, TemplateText.isSpace(source[place]) {
        startsLine = source[place] == "\n"
        advance(1)
      }
    } else if isBlock, sign != "+", place < source.count, source[place] == "\n" {
      advance(1)
      startsLine = true
    }
  }

  /// Text up to `{% endraw %}` as it stands.
  private mutating func raw(_ sign: Unicode.Scalar, from start: Int) throws(ChatTemplateError) {
    close(sign, isBlock: true)
    var text: [Unicode.Scalar] = []
    let textLine = line
    while place < source.count {
      if isAt("{%") {
        let saved = self
        strip(&text)
        advance(2)
        if place < source.count, source[place] == "-" || source[place] == "+" { advance(1) }
        if let (tokens, sign) = try? tokens(until: "%}", from: line), tokens.map(\.kind) == [.name("endraw")] {
          if !text.isEmpty { pieces.append(.text(String(String.UnicodeScalarView(text)), line: textLine)) }
          close(sign, isBlock: true)
          return
        }
        self = saved
      }
      text.append(source[place])
      advance(1)
    }
    throw error("“raw” has no “endraw”", at: start)
  }

  private func error(_ message: String, at line: Int) -> ChatTemplateError {
    ChatTemplateError(.syntax, message, line: line)
  }

  // MARK: Expressions

  /// The words up to a closing that stands in no bracket, and the closing's sign.
  private mutating func tokens(
    until end: StaticString, from start: Int
  ) throws(ChatTemplateError) -> ([TemplateToken], Unicode.Scalar) {
    var tokens: [TemplateToken] = [], open: [Unicode.Scalar] = []
    let isBlock = end.description == "%}"
    while true {
      while place < source.count, TemplateText.isSpace(source[place]) { advance(1) }
      guard place < source.count else { throw error("“\(isBlock ? "{%" : "{{")” is never closed", at: start) }
      if open.isEmpty {
        if isAt(end) {
          advance(2)
          return (tokens, " ")
        }
        let sign = source[place]
        if sign == "-" || sign == "+" && isBlock, isAt(end, 1) {
          advance(3)
          return (tokens, sign)
        }
      }
      let token = try token()
      switch token.kind {
      case .symbol("("): open.append(")")
      case .symbol("["): open.append("]")
      case .symbol("{"): open.append("}")
      case .symbol(let symbol) where [")", "]", "}"].contains(symbol):
        guard let expected = open.popLast(), symbol.unicodeScalars.first == expected else {
          throw error("“\(symbol)” closes nothing", at: token.line)
        }
      default: break
      }
      tokens.append(token)
    }
  }

  private mutating func token() throws(ChatTemplateError) -> TemplateToken {
    let first = source[place], start = place, line = line
    if first == "'" || first == "\"" { return TemplateToken(kind: .text(try literal(first)), line: line) }
    if first.properties.isXIDStart || first == "_" {
      while place < source.count, source[place].properties.isXIDContinue { advance(1) }
      return TemplateToken(kind: .name(String(String.UnicodeScalarView(source[start..<place]))), line: line)
    }
    if TemplateText.isDigit(first) { return TemplateToken(kind: try number(), line: line) }
    for symbol in ["//", "**", "==", "!=", ">=", "<="] where matches(symbol) {
      advance(2)
      return TemplateToken(kind: .symbol(symbol), line: line)
    }
    guard "+-/*%~[](){}><=.:|,;".unicodeScalars.contains(first) else {
      throw error("“\(first)” has no meaning here", at: line)
    }
    advance(1)
    return TemplateToken(kind: .symbol(String(first)), line: line)
  }

  private func matches(_ symbol: String) -> Bool {
    source[place...].starts(with: symbol.unicodeScalars)
  }

  private mutating func number() throws(ChatTemplateError) -> TemplateToken.Kind {
    let start = place, line = line
    func digits(_ at: Int) -> Int {
      var end = at
      while end < source.count, TemplateText.isDigit(source[end]) || source[end] == "_" { end += 1 }
      return end
    }
    var end = digits(place), isNumber = false
    if end + 1 < source.count, source[end] == ".", TemplateText.isDigit(source[end + 1]) {
      end = digits(end + 1)
      isNumber = true
    }
    if end < source.count, source[end] == "e" || source[end] == "E" {
      let sign = end + 1 < source.count && (source[end + 1] == "+" || source[end + 1] == "-") ? 1 : 0
      if end + 1 + sign < source.count, TemplateText.isDigit(source[end + 1 + sign]) {
        end = digits(end + 1 + sign)
        isNumber = true
      }
    }
    let text = String(String.UnicodeScalarView(source[start..<end].filter { $0 != "_" }))
    advance(end - start)
    if isNumber, let value = Double(text) { return .number(value) }
    guard !isNumber, let value = Int(text) else { throw error("“\(text.prefix(40))” is no number", at: line) }
    return .integer(value)
  }

  /// A quoted text; unknown escapes stay as they stand.
  private mutating func literal(_ quote: Unicode.Scalar) throws(ChatTemplateError) -> String {
    let start = line
    var text: [Unicode.Scalar] = []
    advance(1)
    while place < source.count, source[place] != quote {
      guard source[place] == "\\", place + 1 < source.count else {
        text.append(source[place])
        advance(1)
        continue
      }
      let escaped = source[place + 1]
      advance(2)
      switch escaped {
      case "n": text.append("\n")
      case "t": text.append("\t")
      case "r": text.append("\r")
      case "\\", "'", "\"": text.append(escaped)
      case "\n": break
      case "x", "u", "U":
        let count = escaped == "x" ? 2 : escaped == "u" ? 4 : 8
        let digits = String(String.UnicodeScalarView(source[place..<min(source.count, place + count)]))
        guard digits.count == count, let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
          throw error("“\\\(escaped)” is followed by no character's number", at: line)
        }
        text.append(scalar)
        advance(count)
      default: text += ["\\", escaped]
      }
    }
    guard place < source.count else { throw error("a text has no end", at: start) }
    advance(1)
    return String(String.UnicodeScalarView(text))
  }
}
