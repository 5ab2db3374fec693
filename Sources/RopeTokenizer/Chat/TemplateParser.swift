/// Reads the pieces of a template as statements.
struct TemplateParser {
  private let pieces: [TemplatePiece]
  private var place = 0
  private var depth = 0
  /// Blocks in blocks at most.
  private static let mostDepth = 100

  static func statements(of text: String) throws(ChatTemplateError) -> [TemplateStatement] {
    var parser = TemplateParser(pieces: try TemplateLexer.pieces(of: text))
    let (statements, end) = try parser.body(until: [], from: 1)
    if let end { throw ChatTemplateError(.syntax, "\(end.name) closes nothing", line: end.reader.line) }
    return statements
  }

  private init(pieces: [TemplatePiece]) { self.pieces = pieces }

  /// The block that ended a body: its name, and what follows it.
  private typealias End = (name: String, reader: TemplateExpressionParser)

  /// Statements up to a block of one of these names, or to the end of the template.
  private mutating func body(
    until ends: Set<String>, from line: Int
  ) throws(ChatTemplateError) -> ([TemplateStatement], End?) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.mostDepth else {
      throw ChatTemplateError(.budget, "more than \(Self.mostDepth) blocks stand in one another", line: line)
    }
    var statements: [TemplateStatement] = []
    while place < pieces.count {
      let piece = pieces[place]
      place += 1
      switch piece {
      case .text(let text, let line): statements.append(.text(text, line: line))
      case .output(let tokens, let line):
        var reader = TemplateExpressionParser(tokens, line: line)
        let expression = try reader.tuple()
        try reader.end()
        statements.append(.output(expression))
      case .block(let tokens, let line):
        var reader = TemplateExpressionParser(tokens, line: line)
        let name = try reader.name("a statement")
        if ends.contains(name) { return (statements, (name, reader)) }
        statements.append(try statement(name, &reader, line))
      }
    }
    guard ends.isEmpty else {
      throw ChatTemplateError(
        .syntax, "\(ends.sorted().map { "“\($0)”" }.joined(separator: " or ")) is missing", line: line)
    }
    return (statements, nil)
  }

  /// A body up to one block, which says nothing more.
  private mutating func body(_ end: String, from line: Int) throws(ChatTemplateError) -> [TemplateStatement] {
    var (statements, found) = try body(until: [end], from: line)
    // A macro's end may repeat its name.
    if end == "endmacro" { _ = found?.reader.takeName() }
    try found?.reader.end()
    return statements
  }

  private mutating func statement(
    _ name: String, _ reader: inout TemplateExpressionParser, _ line: Int
  ) throws(ChatTemplateError) -> TemplateStatement {
    switch name {
    case "if": return try condition(&reader, line)
    case "for": return try loop(&reader, line)
    case "set": return try assignment(&reader, line)
    case "macro": return try macro(&reader, line)
    case "filter":
      let filters = try reader.filters(startsWithName: true)
      try reader.end()
      return .filtered(filters, body: try body("endfilter", from: line))
    case "with":
      var names: [(name: String, value: TemplateExpression)] = []
      while !reader.isAtEnd {
        let name = try reader.name("a name")
        try reader.expect("=")
        names.append((name, try reader.expression()))
        if !reader.take(",") { break }
      }
      try reader.end()
      return .scope(names, body: try body("endwith", from: line))
    case "generation":
      try reader.end()
      return .scope([], body: try body("endgeneration", from: line))
    case "break", "continue":
      try reader.end()
      return name == "break" ? .breakLoop : .continueLoop
    case "include", "import", "from", "extends", "block", "call", "do", "autoescape", "trans", "debug":
      throw ChatTemplateError(.unsupported, "the statement “\(name)” is not done here", line: line)
    default: throw ChatTemplateError(.syntax, "“\(name.prefix(40))” is no statement, or closes nothing", line: line)
    }
  }

  private mutating func condition(
    _ reader: inout TemplateExpressionParser, _ line: Int
  ) throws(ChatTemplateError) -> TemplateStatement {
    var branches: [(test: TemplateExpression, body: [TemplateStatement])] = []
    var test = try reader.tuple()
    try reader.end()
    while true {
      var (statements, end) = try body(until: ["elif", "else", "endif"], from: line)
      branches.append((test, statements))
      switch end?.name {
      case "elif":
        test = try end?.reader.tuple() ?? test
        try end?.reader.end()
      case "else":
        try end?.reader.end()
        return .condition(branches, otherwise: try body("endif", from: line))
      default:
        try end?.reader.end()
        return .condition(branches, otherwise: [])
      }
    }
  }

  private mutating func loop(
    _ reader: inout TemplateExpressionParser, _ line: Int
  ) throws(ChatTemplateError) -> TemplateStatement {
    let targets = try reader.targets()
    try reader.expectName("in")
    let values = try reader.tuple(takesCondition: false)
    let condition = reader.takeName("if") ? try reader.expression() : nil
    guard !reader.takeName("recursive") else {
      throw ChatTemplateError(.unsupported, "recursive loops are not done here", line: line)
    }
    try reader.end()
    let (statements, end) = try body(until: ["else", "endfor"], from: line)
    try end?.reader.end()
    let otherwise = end?.name == "else" ? try body("endfor", from: line) : []
    return .loop(
      TemplateLoop(targets: targets, values: values, condition: condition, body: statements, otherwise: otherwise))
  }

  private mutating func assignment(
    _ reader: inout TemplateExpressionParser, _ line: Int
  ) throws(ChatTemplateError) -> TemplateStatement {
    let targets = try reader.targets()
    if reader.take("=") {
      let value = try reader.tuple()
      try reader.end()
      return .assignment(targets, value)
    }
    let filters = try reader.filters(startsWithName: false)
    try reader.end()
    guard let target = targets.first, targets.count == 1 else {
      throw ChatTemplateError(.syntax, "a block is set under one name", line: line)
    }
    return .capture(target, filters, body: try body("endset", from: line))
  }

  private mutating func macro(
    _ reader: inout TemplateExpressionParser, _ line: Int
  ) throws(ChatTemplateError) -> TemplateStatement {
    let name = try reader.name("the macro's name")
    try reader.expect("(")
    var parameters: [(name: String, value: TemplateExpression?)] = []
    while !reader.take(")") {
      let parameter = try reader.name("a parameter")
      parameters.append((parameter, reader.take("=") ? try reader.expression() : nil))
      if !reader.take(",") {
        try reader.expect(")")
        break
      }
    }
    try reader.end()
    return .macro(TemplateMacro(name: name, parameters: parameters, body: try body("endmacro", from: line)))
  }
}
