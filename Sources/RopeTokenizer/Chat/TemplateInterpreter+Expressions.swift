extension TemplateInterpreter {
  func value(of expression: TemplateExpression) throws(ChatTemplateError) -> TemplateValue {
    try enter(expression.line)
    defer { leave() }
    return try computed(expression)
  }

  private func computed(_ expression: TemplateExpression) throws(ChatTemplateError) -> TemplateValue {
    let line = expression.line
    switch expression.kind {
    case .constant(let value): return value
    case .name(let name): return scope[name] ?? .undefined(name)
    case .list(let entries):
      var values: [TemplateValue] = []
      for entry in entries { values.append(try value(of: entry)) }
      return .list(values)
    case .mapping(let entries):
      var mapping = TemplateMapping()
      for entry in entries {
        mapping[try key(try value(of: entry.key), line)] = try value(of: entry.value)
      }
      return .mapping(mapping)
    case .unary(let symbol, let operand): return try unary(symbol, try value(of: operand), line)
    case .binary(let symbol, let left, let right):
      let first = try value(of: left)
      switch symbol {
      case "and": return first.isTrue ? try value(of: right) : first
      case "or": return first.isTrue ? first : try value(of: right)
      default: return try arithmetic(symbol, first, try value(of: right), line)
      }
    case .comparison(let first, let rest):
      var left = try value(of: first)
      for (symbol, next) in rest {
        let right = try value(of: next)
        guard try compare(symbol, left, right, line) else { return .bool(false) }
        left = right
      }
      return .bool(true)
    case .conditional(let test, let then, let otherwise):
      if try value(of: test).isTrue { return try value(of: then) }
      return try otherwise.map { (other) throws(ChatTemplateError) in try value(of: other) } ?? .undefined("else")
    case .attribute(let holder, let name): return try attribute(name, of: try value(of: holder), line)
    case .item(let holder, let key): return try item(try value(of: key), of: try value(of: holder), line)
    case .slice(let holder, let from, let to, let by):
      return try slice(try value(of: holder), try bound(from), try bound(to), try bound(by), line)
    case .call(let function, let given): return try call(function, given, line)
    case .filter(let operand, let name, let given):
      return try filter(name, try value(of: operand), try call(given, line))
    case .test(let operand, let name, let given, let isNegated):
      let found = try test(name, try value(of: operand), try call(given, line))
      return .bool(found != isNegated)
    }
  }

  func call(_ given: TemplateArguments, _ line: Int) throws(ChatTemplateError) -> TemplateCall {
    var call = TemplateCall(plain: [], named: [], line: line)
    for argument in given.plain { call.plain.append(try value(of: argument)) }
    for argument in given.named { call.named.append((argument.name, try value(of: argument.value))) }
    return call
  }

  private func call(
    _ function: TemplateExpression, _ given: TemplateArguments, _ line: Int
  ) throws(ChatTemplateError) -> TemplateValue {
    let call = try call(given, line)
    // A method is looked up where it is called, so that no value has to hold one.
    if case .attribute(let holder, let name) = function.kind {
      let value = try value(of: holder)
      if let found = try method(name, of: value, call) { return found }
      return try apply(try attribute(name, of: value, line), call, name)
    }
    let value = try value(of: function)
    if case .name(let name) = function.kind { return try apply(value, call, name) }
    return try apply(value, call, "a value")
  }

  private func apply(
    _ value: TemplateValue, _ call: TemplateCall, _ name: String
  ) throws(ChatTemplateError) -> TemplateValue {
    guard case .function(let function) = value else {
      throw call.fail(value.isUndefined ? "“\(name)” is undefined" : "“\(name)” is \(value.kind) and cannot be called")
    }
    return try function.call(call)
  }

  // MARK: Parts of values

  func entries(of value: TemplateValue, _ line: Int) throws(ChatTemplateError) -> [TemplateValue] {
    switch value {
    case .undefined: return []
    case .list(let entries): return entries
    case .text(let text): return text.unicodeScalars.map { .text(String($0)) }
    case .mapping(let mapping): return mapping.keys.map(\.value)
    default: throw ChatTemplateError(.value, "\(value.kind) has no entries to go over", line: line)
    }
  }

  private func key(_ value: TemplateValue, _ line: Int) throws(ChatTemplateError) -> TemplateMapping.Key {
    guard let key = TemplateMapping.Key(value) else {
      throw ChatTemplateError(
        .unsupported, "a key is \(value.kind); texts and whole numbers are keys here", line: line)
    }
    return key
  }

  func attribute(_ name: String, of value: TemplateValue, _ line: Int) throws(ChatTemplateError) -> TemplateValue {
    switch value {
    case .undefined(let missing): throw ChatTemplateError(.value, "“\(missing)” is undefined", line: line)
    case .mapping(let mapping):
      // Python finds a method before an entry of its name.
      if Self.mappingMethods.contains(name) { return .function(bound(name, value)) }
      return mapping[name] ?? .undefined(name)
    case .namespace(let namespace): return namespace.values[name] ?? .undefined(name)
    case .loop(let state):
      if name == "cycle" || name == "changed" { return .function(bound(name, value)) }
      return state.attribute(name) ?? .undefined(name)
    default: return .undefined(name)
    }
  }

  private func bound(_ name: String, _ value: TemplateValue) -> TemplateFunction {
    TemplateFunction(name: name) { [unowned self] (call) throws(ChatTemplateError) in
      try self.method(name, of: value, call) ?? .undefined(name)
    }
  }

  private func item(
    _ key: TemplateValue, of value: TemplateValue, _ line: Int
  ) throws(ChatTemplateError) -> TemplateValue {
    switch value {
    case .undefined(let missing): throw ChatTemplateError(.value, "“\(missing)” is undefined", line: line)
    case .list(let entries):
      guard let index = key.asInteger else { return .undefined(key.string) }
      let place = index < 0 ? entries.count + index : index
      return entries.indices.contains(place) ? entries[place] : .undefined("item \(index)")
    case .text(let text):
      guard let index = key.asInteger else { return .undefined(key.string) }
      let scalars = Array(text.unicodeScalars), place = index < 0 ? scalars.count + index : index
      return scalars.indices.contains(place) ? .text(String(scalars[place])) : .undefined("item \(index)")
    case .mapping(let mapping):
      return TemplateMapping.Key(key).flatMap { mapping[$0] } ?? .undefined(key.string)
    default:
      guard case .text(let name) = key else { return .undefined(key.string) }
      return try attribute(name, of: value, line)
    }
  }

  private func bound(_ expression: TemplateExpression?) throws(ChatTemplateError) -> Int? {
    guard let expression else { return nil }
    let value = try value(of: expression)
    if case .null = value { return nil }
    guard let index = value.asInteger else {
      throw ChatTemplateError(
        .value, "a slice's bound is \(value.kind), a whole number is expected", line: expression.line)
    }
    return index
  }

  private func slice(
    _ value: TemplateValue, _ from: Int?, _ to: Int?, _ by: Int?, _ line: Int
  ) throws(ChatTemplateError) -> TemplateValue {
    // A step longer than any list takes one entry, however long it is.
    let step = min(max(by ?? 1, -(1 << 40)), 1 << 40)
    guard step != 0 else { throw ChatTemplateError(.value, "a slice's step is 0", line: line) }
    func places(_ count: Int) -> [Int] {
      func limited(_ index: Int, _ low: Int, _ high: Int) -> Int {
        min(max(index < 0 ? index + count : index, low), high)
      }
      return step > 0
        ? Array(
          Swift.stride(from: limited(from ?? 0, 0, count), to: limited(to ?? count, 0, count), by: step))
        : Array(
          Swift.stride(
            from: from.map { limited($0, -1, count - 1) } ?? count - 1,
            to: to.map { limited($0, -1, count - 1) } ?? -1, by: step))
    }
    if case .text(let text) = value { try read(text, line) }
    switch value {
    case .list(let entries): return .list(places(entries.count).map { entries[$0] })
    case .text(let text):
      let scalars = Array(text.unicodeScalars)
      return .text(TemplateText.string(places(scalars.count).map { scalars[$0] }))
    case .undefined(let name): throw ChatTemplateError(.value, "“\(name)” is undefined", line: line)
    default: throw ChatTemplateError(.value, "\(value.kind) cannot be sliced", line: line)
    }
  }
}
