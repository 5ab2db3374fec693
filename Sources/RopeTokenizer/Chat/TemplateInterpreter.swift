/// Runs the statements of a template. What a template may take is limited, so that no file can hold a program up.
final class TemplateInterpreter {
  /// Expressions and statements in all.
  private static let mostSteps = 2_000_000
  /// Bytes written, and made in texts, in all.
  private static let mostBytes = 64 << 20
  /// Calls and loops in one another.
  private static let mostDepth = 48
  /// Operations that wait for others.
  private static let mostOperations = 240
  /// Lists in lists.
  private static let mostNesting = 100

  private var steps = 0
  private var bytes = 0
  private var depth = 0
  private var operations = 0
  private(set) var output = ""
  private(set) var scope: TemplateScope
  private let globals: TemplateScope
  private var loops = 0

  init(_ names: [String: TemplateValue]) {
    globals = TemplateScope(names, outer: nil)
    scope = TemplateScope([:], outer: globals)
  }

  // MARK: Limits

  /// - Parameter count: how many steps what is to be done is worth.
  func step(_ line: Int, count: Int = 1) throws(ChatTemplateError) {
    steps += 1 + max(0, count - 1)
    guard steps <= Self.mostSteps else {
      throw ChatTemplateError(.budget, "the template takes more than \(Self.mostSteps) steps", line: line)
    }
  }

  /// Counts an operation that begins; `leave` ends it.
  func enter(_ line: Int) throws(ChatTemplateError) {
    try step(line)
    guard operations < Self.mostOperations else {
      throw ChatTemplateError(
        .budget, "more than \(Self.mostOperations) operations wait for one another", line: line)
    }
    operations += 1
  }

  func leave() { operations -= 1 }

  /// Whether lists, dicts and namespaces stand in one another no deeper than can be gone through.
  private func checkNesting(_ value: TemplateValue, _ line: Int) throws(ChatTemplateError) {
    var visited = 0
    func fits(_ value: TemplateValue, _ level: Int) -> Bool {
      visited += 1
      guard level > 0 else { return false }
      return switch value {
      case .list(let entries): entries.allSatisfy { fits($0, level - 1) }
      case .mapping(let mapping): mapping.keys.allSatisfy { mapping[$0].map { fits($0, level - 1) } ?? true }
      case .namespace(let namespace):
        namespace.values.keys.allSatisfy { namespace.values[$0].map { fits($0, level - 1) } ?? true }
      default: true
      }
    }
    let isFitting = fits(value, Self.mostNesting)
    try step(line, count: visited / 16)
    guard isFitting else {
      throw ChatTemplateError(.budget, "values stand in one another more than \(Self.mostNesting) deep", line: line)
    }
  }

  /// Counts the reading of a text.
  func read(_ text: String, _ line: Int) throws(ChatTemplateError) { try step(line, count: text.utf8.count / 64) }

  /// Counts a text that was made.
  func made(_ text: String, _ line: Int) throws(ChatTemplateError) -> String {
    bytes += text.utf8.count
    guard bytes <= Self.mostBytes else {
      throw ChatTemplateError(.budget, "the template makes more than \(Self.mostBytes) bytes of text", line: line)
    }
    return text
  }

  private func nested<Result>(
    _ line: Int, _ body: () throws(ChatTemplateError) -> Result
  ) throws(ChatTemplateError) -> Result {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.mostDepth else {
      throw ChatTemplateError(
        .budget, "more than \(Self.mostDepth) loops and calls stand in one another", line: line)
    }
    return try body()
  }

  // MARK: Statements

  /// How a body ended.
  enum Flow { case on, broken, continued }

  @discardableResult
  func run(_ statements: [TemplateStatement]) throws(ChatTemplateError) -> Flow {
    for statement in statements {
      let flow = try run(statement)
      if flow != .on { return flow }
    }
    return .on
  }

  private func run(_ statement: TemplateStatement) throws(ChatTemplateError) -> Flow {
    switch statement {
    case .text(let text, let line):
      try step(line)
      output += try made(text, line)
    case .output(let expression): output += try made(try value(of: expression).string, expression.line)
    case .condition(let branches, let otherwise):
      for branch in branches where try value(of: branch.test).isTrue { return try run(branch.body) }
      return try run(otherwise)
    case .loop(let loop): try run(loop)
    case .assignment(let targets, let expression):
      try assign(try value(of: expression), to: targets, expression.line)
    case .capture(let target, let filters, let body):
      let text = try written(body)
      try assign(try filtered(.text(text), filters), to: [target], filters.first?.line ?? 0)
    case .filtered(let filters, let body):
      let text = try written(body)
      output += try filtered(.text(text), filters).string
    case .macro(let macro): scope.names[macro.name] = .function(function(of: macro))
    case .scope(let names, let body):
      var values: [String: TemplateValue] = [:]
      for entry in names { values[entry.name] = try value(of: entry.value) }
      return try inner(values) { () throws(ChatTemplateError) in try self.run(body) }
    case .breakLoop: return .broken
    case .continueLoop: return .continued
    }
    return .on
  }

  /// Runs a body with names of its own.
  private func inner<Result>(
    _ names: [String: TemplateValue] = [:], _ body: () throws(ChatTemplateError) -> Result
  ) throws(ChatTemplateError) -> Result {
    let outer = scope
    scope = TemplateScope(names, outer: outer)
    defer { scope = outer }
    return try body()
  }

  /// What a body with names of its own writes, in place of the output.
  private func written(
    _ body: [TemplateStatement], _ names: [String: TemplateValue] = [:]
  ) throws(ChatTemplateError) -> String {
    let before = output
    output = ""
    defer { output = before }
    _ = try inner(names) { () throws(ChatTemplateError) in try self.run(body) }
    return output
  }

  private func filtered(
    _ value: TemplateValue, _ filters: [(name: String, arguments: TemplateArguments, line: Int)]
  ) throws(ChatTemplateError) -> TemplateValue {
    var value = value
    for filter in filters {
      value = try self.filter(filter.name, value, try call(filter.arguments, filter.line))
    }
    return value
  }

  private func run(_ loop: TemplateLoop) throws(ChatTemplateError) {
    let line = loop.values.line
    var values = try entries(of: try value(of: loop.values), line)
    if let condition = loop.condition {
      var kept: [TemplateValue] = []
      for entry in values {
        let isKept = try inner { () throws(ChatTemplateError) in
          try self.assign(entry, to: loop.targets, line)
          return try self.value(of: condition).isTrue
        }
        if isKept { kept.append(entry) }
      }
      values = kept
    }
    guard !values.isEmpty else {
      _ = try inner { () throws(ChatTemplateError) in try self.run(loop.otherwise) }
      return
    }
    let state = TemplateLoopState(values: values, depth: loops)
    loops += 1
    defer { loops -= 1 }
    try nested(line) { () throws(ChatTemplateError) in
      for (index, entry) in values.enumerated() {
        try self.step(line)
        state.index = index
        let flow = try self.inner(["loop": .loop(state)]) { () throws(ChatTemplateError) in
          try self.assign(entry, to: loop.targets, line)
          return try self.run(loop.body)
        }
        if flow == .broken { break }
      }
    }
  }

  private func assign(_ value: TemplateValue, to targets: [TemplateTarget], _ line: Int) throws(ChatTemplateError) {
    try checkNesting(value, line)
    guard targets.count != 1 else { return try assign(value, to: targets[0]) }
    let entries = try entries(of: value, line)
    guard entries.count == targets.count else {
      throw ChatTemplateError(.value, "\(entries.count) values cannot go to \(targets.count) names", line: line)
    }
    for (target, entry) in zip(targets, entries) { try assign(entry, to: target) }
  }

  private func assign(_ value: TemplateValue, to target: TemplateTarget) throws(ChatTemplateError) {
    switch target {
    case .name(let name): scope.names[name] = value
    case .attribute(let name, let attribute, let line):
      guard case .namespace(let namespace)? = scope[name] else {
        throw ChatTemplateError(.value, "“\(name)” is no namespace; only a namespace's attributes are set", line: line)
      }
      namespace.values[attribute] = value
    }
  }

  /// A macro as a function; it sees the names that stood about it.
  private func function(of macro: TemplateMacro) -> TemplateFunction {
    let home = scope
    return TemplateFunction(name: macro.name) { [unowned self] (call) throws(ChatTemplateError) in
      var names: [String: TemplateValue] = [:]
      guard call.plain.count <= macro.parameters.count else {
        throw call.fail("the macro “\(macro.name)” takes \(macro.parameters.count) values, not \(call.plain.count)")
      }
      let caller = self.scope
      self.scope = home
      defer { self.scope = caller }
      for (place, parameter) in macro.parameters.enumerated() {
        if let given = call.value(place, parameter.name) {
          names[parameter.name] = given
        } else if let value = parameter.value {
          names[parameter.name] = try self.value(of: value)
        } else {
          names[parameter.name] = .undefined(parameter.name)
        }
      }
      if let other = call.named.first(where: { entry in !macro.parameters.contains { $0.name == entry.name } }) {
        throw call.fail("the macro “\(macro.name)” has no parameter “\(other.name)”")
      }
      let text = try self.nested(call.line) { () throws(ChatTemplateError) in
        try self.written(macro.body, names)
      }
      return .text(text)
    }
  }
}

/// Names and what they stand for, within others.
final class TemplateScope {
  var names: [String: TemplateValue]
  private let outer: TemplateScope?

  init(_ names: [String: TemplateValue], outer: TemplateScope?) {
    self.names = names
    self.outer = outer
  }

  subscript(name: String) -> TemplateValue? {
    var scope: TemplateScope? = self
    while let here = scope {
      if let value = here.names[name] { return value }
      scope = here.outer
    }
    return nil
  }
}
