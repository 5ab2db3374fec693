/// Reads the words between two braces as expressions, operators as tightly bound as Jinja has them.
struct TemplateExpressionParser {
  let tokens: [TemplateToken]
  let start: Int
  var place = 0
  var depth = 0
  /// Brackets in brackets at most.
  static let mostDepth = 60
  /// Operations of one expression at most.
  static let mostOperations = 5_000
  var operations = 0

  init(_ tokens: [TemplateToken], line: Int) {
    self.tokens = tokens
    start = line
  }

  var isAtEnd: Bool { place >= tokens.count }
  var line: Int { tokens.indices.contains(place) ? tokens[place].line : tokens.last?.line ?? start }

  func error(_ expected: String) -> ChatTemplateError {
    let found = tokens.indices.contains(place) ? tokens[place].phrase : "the end"
    return ChatTemplateError(.syntax, "\(expected) is expected, not \(found)", line: line)
  }

  /// Counts an operation that is read.
  mutating func count() throws(ChatTemplateError) {
    operations += 1
    guard operations <= Self.mostOperations else {
      throw ChatTemplateError(
        .budget, "an expression has more than \(Self.mostOperations) operations", line: line)
    }
  }

  // MARK: Words

  var current: TemplateToken.Kind? { tokens.indices.contains(place) ? tokens[place].kind : nil }

  func isName(_ name: String, at offset: Int = 0) -> Bool {
    tokens.indices.contains(place + offset) && tokens[place + offset].kind == .name(name)
  }

  mutating func take(_ symbol: String) -> Bool {
    guard current == .symbol(symbol) else { return false }
    place += 1
    return true
  }

  mutating func takeName(_ name: String) -> Bool {
    guard isName(name) else { return false }
    place += 1
    return true
  }

  mutating func takeName() -> String? {
    guard case .name(let name)? = current else { return nil }
    place += 1
    return name
  }

  mutating func expect(_ symbol: String) throws(ChatTemplateError) {
    guard take(symbol) else { throw error("“\(symbol)”") }
  }

  mutating func expectName(_ name: String) throws(ChatTemplateError) {
    guard takeName(name) else { throw error("“\(name)”") }
  }

  mutating func name(_ what: String) throws(ChatTemplateError) -> String {
    guard let name = takeName() else { throw error(what) }
    return name
  }

  func end() throws(ChatTemplateError) {
    guard isAtEnd else { throw error("the end") }
  }

  // MARK: Statements' parts

  /// `a`, `a.b` or `a, b`, in brackets or not.
  mutating func targets() throws(ChatTemplateError) -> [TemplateTarget] {
    let isBracketed = take("(")
    var targets: [TemplateTarget] = []
    repeat {
      let line = line, name = try name("a name")
      targets.append(take(".") ? .attribute(of: name, try self.name("an attribute"), line: line) : .name(name))
    } while take(",")
    if isBracketed { try expect(")") }
    return targets
  }

  /// `| a | b(1)`, the first without its bar where a statement names it.
  mutating func filters(
    startsWithName: Bool
  ) throws(ChatTemplateError) -> [(name: String, arguments: TemplateArguments, line: Int)] {
    var filters: [(name: String, arguments: TemplateArguments, line: Int)] = []
    var hasNext = startsWithName || take("|")
    while hasNext {
      let line = line, name = try name("a filter")
      filters.append((name, take("(") ? try arguments() : TemplateArguments(), line))
      hasNext = take("|")
    }
    return filters
  }

  // MARK: Expressions

  /// One expression, or several between commas as a list.
  mutating func tuple(takesCondition: Bool = true) throws(ChatTemplateError) -> TemplateExpression {
    let line = line
    func one(_ reader: inout Self) throws(ChatTemplateError) -> TemplateExpression {
      takesCondition ? try reader.expression() : try reader.disjunction()
    }
    let first = try one(&self)
    guard take(",") else { return first }
    var entries = [first]
    while !isAtEnd, current != .symbol(")") {
      entries.append(try one(&self))
      if !take(",") { break }
    }
    return TemplateExpression(kind: .list(entries), line: line)
  }

  mutating func expression() throws(ChatTemplateError) -> TemplateExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.mostDepth else {
      throw ChatTemplateError(.budget, "more than \(Self.mostDepth) expressions stand in one another", line: line)
    }
    var value = try disjunction()
    while isName("if") {
      try count()
      let line = line
      place += 1
      let test = try disjunction()
      let otherwise = takeName("else") ? try expression() : nil
      value = TemplateExpression(kind: .conditional(test, then: value, otherwise: otherwise), line: line)
    }
    return value
  }

  mutating func disjunction() throws(ChatTemplateError) -> TemplateExpression {
    try chain(["or"]) { (reader) throws(ChatTemplateError) in
      try reader.chain(["and"]) { (reader) throws(ChatTemplateError) in try reader.negation() }
    }
  }

  private mutating func negation() throws(ChatTemplateError) -> TemplateExpression {
    guard isName("not") else { return try comparison() }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.mostDepth else { throw error("an end of “not”") }
    let line = line
    place += 1
    return TemplateExpression(kind: .unary("not", try negation()), line: line)
  }

  private mutating func comparison() throws(ChatTemplateError) -> TemplateExpression {
    let line = line, first = try sum()
    var rest: [(symbol: String, value: TemplateExpression)] = []
    while true {
      if let symbol = ["==", "!=", "<=", ">=", "<", ">"].first(where: { current == .symbol($0) }) {
        place += 1
        rest.append((symbol, try sum()))
      } else if takeName("in") {
        rest.append(("in", try sum()))
      } else if isName("not"), isName("in", at: 1) {
        place += 2
        rest.append(("not in", try sum()))
      } else {
        return rest.isEmpty ? first : TemplateExpression(kind: .comparison(first, rest), line: line)
      }
    }
  }

  /// Operands with operators of one rank between them, from the left.
  private mutating func chain(
    _ operators: [String], _ next: (inout Self) throws(ChatTemplateError) -> TemplateExpression
  ) throws(ChatTemplateError) -> TemplateExpression {
    var left = try next(&self)
    while let sign = operators.first(where: { current == .symbol($0) || current == .name($0) }) {
      try count()
      let line = line
      place += 1
      left = TemplateExpression(kind: .binary(sign, left, try next(&self)), line: line)
    }
    return left
  }

  private mutating func sum() throws(ChatTemplateError) -> TemplateExpression {
    try chain(["+", "-"]) { (reader) throws(ChatTemplateError) in
      try reader.chain(["~"]) { (reader) throws(ChatTemplateError) in
        try reader.chain(["*", "//", "/", "%"]) { (reader) throws(ChatTemplateError) in
          try reader.chain(["**"]) { (reader) throws(ChatTemplateError) in try reader.unary() }
        }
      }
    }
  }

  private mutating func unary(takesFilters: Bool = true) throws(ChatTemplateError) -> TemplateExpression {
    let line = line
    var value: TemplateExpression
    if let sign = ["-", "+"].first(where: { current == .symbol($0) }) {
      depth += 1
      defer { depth -= 1 }
      guard depth <= Self.mostDepth else { throw error("a number") }
      place += 1
      value = TemplateExpression(kind: .unary(sign, try unary(takesFilters: false)), line: line)
    } else {
      value = try suffixes(of: try primary())
    }
    guard takesFilters else { return value }
    while true {
      try count()
      let line = line
      if take("|") {
        let name = try name("a filter")
        value = TemplateExpression(
          kind: .filter(value, name, take("(") ? try arguments() : TemplateArguments()), line: line)
      } else if takeName("is") {
        value = try test(of: value, line)
      } else if current == .symbol("(") {
        value = try suffixes(of: value)
      } else {
        return value
      }
    }
  }
}
