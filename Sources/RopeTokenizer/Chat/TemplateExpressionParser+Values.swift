extension TemplateExpressionParser {
  mutating func test(of value: TemplateExpression, _ line: Int) throws(ChatTemplateError) -> TemplateExpression {
    let isNegated = takeName("not"), name = try name("a test")
    var given = TemplateArguments()
    if take("(") {
      given = try arguments()
    } else {
      switch current {
      case .name(let next) where !["else", "or", "and", "is", "if", "in", "not"].contains(next):
        given.plain = [try suffixes(of: try primary())]
      case .text, .integer, .number, .symbol("["), .symbol("{"): given.plain = [try suffixes(of: try primary())]
      default: break
      }
    }
    return TemplateExpression(kind: .test(value, name, given, isNegated: isNegated), line: line)
  }

  mutating func suffixes(of first: TemplateExpression) throws(ChatTemplateError) -> TemplateExpression {
    var value = first
    while true {
      try count()
      let line = line
      if take(".") {
        if case .integer(let index)? = current {
          place += 1
          let key = TemplateExpression(kind: .constant(.integer(index)), line: line)
          value = TemplateExpression(kind: .item(value, key), line: line)
        } else {
          value = TemplateExpression(kind: .attribute(value, try name("an attribute")), line: line)
        }
      } else if take("[") {
        value = TemplateExpression(kind: try subscripted(value), line: line)
      } else if take("(") {
        value = TemplateExpression(kind: .call(value, try arguments()), line: line)
      } else {
        return value
      }
    }
  }

  mutating func subscripted(_ value: TemplateExpression) throws(ChatTemplateError) -> TemplateExpression.Kind {
    var bounds: [TemplateExpression?] = [nil], isSlice = false
    while !take("]") {
      if take(":") {
        isSlice = true
        bounds.append(nil)
      } else {
        guard bounds[bounds.count - 1] == nil, bounds.count <= 3 else { throw error("“]”") }
        bounds[bounds.count - 1] = try expression()
      }
    }
    if isSlice {
      guard bounds.count <= 3 else { throw error("a slice of two or three parts") }
      return .slice(value, from: bounds[0], to: bounds[1], step: bounds.count > 2 ? bounds[2] : nil)
    }
    guard let key = bounds[0] else { throw error("a key") }
    return .item(value, key)
  }

  /// Reads what stands between commas up to a closing bracket.
  private mutating func entries(
    until bracket: String, _ read: (inout Self) throws(ChatTemplateError) -> Void
  ) throws(ChatTemplateError) {
    while !take(bracket) {
      try read(&self)
      if !take(",") { return try expect(bracket) }
    }
  }

  /// What stands up to the closing bracket of a call.
  mutating func arguments() throws(ChatTemplateError) -> TemplateArguments {
    var given = TemplateArguments()
    try entries(until: ")") { (reader) throws(ChatTemplateError) in
      let next = reader.place + 1
      if case .name(let name)? = reader.current, reader.tokens.indices.contains(next),
        reader.tokens[next].kind == .symbol("=")
      {
        reader.place += 2
        given.named.append((name, try reader.expression()))
      } else {
        guard given.named.isEmpty else { throw reader.error("a named argument") }
        given.plain.append(try reader.expression())
      }
    }
    return given
  }

  mutating func primary() throws(ChatTemplateError) -> TemplateExpression {
    let line = line
    guard let token = current else { throw error("a value") }
    func constant(_ value: TemplateValue) -> TemplateExpression {
      TemplateExpression(kind: .constant(value), line: line)
    }
    switch token {
    case .name(let name):
      place += 1
      switch name {
      case "true", "True": return constant(.bool(true))
      case "false", "False": return constant(.bool(false))
      case "none", "None": return constant(.null)
      default: return TemplateExpression(kind: .name(name), line: line)
      }
    case .text(var text):
      place += 1
      while case .text(let more)? = current {
        text += more
        place += 1
      }
      return constant(.text(text))
    case .integer(let value):
      place += 1
      return constant(.integer(value))
    case .number(let value):
      place += 1
      return constant(.number(value))
    case .symbol("("):
      place += 1
      if take(")") { return TemplateExpression(kind: .list([]), line: line) }
      let value = try tuple()
      try expect(")")
      return value
    case .symbol("["):
      place += 1
      var entries: [TemplateExpression] = []
      try self.entries(until: "]") { (reader) throws(ChatTemplateError) in entries.append(try reader.expression()) }
      return TemplateExpression(kind: .list(entries), line: line)
    case .symbol("{"):
      place += 1
      var entries: [(key: TemplateExpression, value: TemplateExpression)] = []
      try self.entries(until: "}") { (reader) throws(ChatTemplateError) in
        let key = try reader.expression()
        try reader.expect(":")
        entries.append((key, try reader.expression()))
      }
      return TemplateExpression(kind: .mapping(entries), line: line)
    default: throw error("a value")
    }
  }
}
