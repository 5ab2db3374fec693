import Foundation

extension TemplateInterpreter {
  func unary(_ symbol: String, _ value: TemplateValue, _ line: Int) throws(ChatTemplateError) -> TemplateValue {
    if symbol == "not" { return .bool(!value.isTrue) }
    if let integer = value.asInteger, integer != .min { return .integer(symbol == "-" ? -integer : integer) }
    if let number = value.asNumber { return .number(symbol == "-" ? -number : number) }
    throw ChatTemplateError(.value, "“\(symbol)” wants a number, not \(value.kind)", line: line)
  }

  func arithmetic(
    _ symbol: String, _ left: TemplateValue, _ right: TemplateValue, _ line: Int
  ) throws(ChatTemplateError) -> TemplateValue {
    if symbol == "~" { return .text(try made(left.string + right.string, line)) }
    for case .undefined(let name) in [left, right] {
      throw ChatTemplateError(.value, "“\(name)” is undefined", line: line)
    }
    switch (symbol, left, right) {
    case ("+", .text(let a), .text(let b)): return .text(try made(a + b, line))
    case ("+", .list(let a), .list(let b)):
      try step(line, count: (a.count + b.count) / 8)
      return .list(a + b)
    case ("*", .text(let text), _) where right.asInteger != nil:
      return .text(try repeated(text, right.asInteger ?? 0, line))
    case ("*", _, .text(let text)) where left.asInteger != nil:
      return .text(try repeated(text, left.asInteger ?? 0, line))
    default: break
    }
    if let a = left.asInteger, let b = right.asInteger, symbol != "/",
      let result = try integer(symbol, a, b, line)
    {
      return .integer(result)
    }
    guard let a = left.asNumber, let b = right.asNumber else {
      throw ChatTemplateError(
        .value, "“\(symbol)” cannot be done with \(left.kind) and \(right.kind)", line: line)
    }
    guard b != 0 || !["/", "//", "%"].contains(symbol) else {
      throw ChatTemplateError(.value, "division by zero", line: line)
    }
    switch symbol {
    case "+": return .number(a + b)
    case "-": return .number(a - b)
    case "*": return .number(a * b)
    case "/": return .number(a / b)
    case "//": return .number((a / b).rounded(.down))
    case "%": return .number(a - (a / b).rounded(.down) * b)
    default: return .number(pow(a, b))
    }
  }

  private func integer(_ symbol: String, _ a: Int, _ b: Int, _ line: Int) throws(ChatTemplateError) -> Int? {
    var result: (partialValue: Int, overflow: Bool)
    switch symbol {
    case "+": result = a.addingReportingOverflow(b)
    case "-": result = a.subtractingReportingOverflow(b)
    case "*": result = a.multipliedReportingOverflow(by: b)
    case "//", "%":
      guard b != 0 else { throw ChatTemplateError(.value, "division by zero", line: line) }
      let quotient = a.dividedReportingOverflow(by: b), rest = a.remainderReportingOverflow(dividingBy: b)
      let isBelow = rest.partialValue != 0 && (rest.partialValue < 0) != (b < 0)
      result =
        symbol == "//"
        ? (quotient.partialValue - (isBelow ? 1 : 0), quotient.overflow)
        : (rest.partialValue + (isBelow ? b : 0), rest.overflow)
    default:
      guard b >= 0 else { return nil }
      result = (1, false)
      for _ in 0..<min(b, 64) where !result.overflow { result = result.partialValue.multipliedReportingOverflow(by: a) }
      if b > 64, ![-1, 0, 1].contains(a) { result.overflow = true }
      if b > 64, a == -1 { result.partialValue = b % 2 == 0 ? 1 : -1 }
    }
    guard !result.overflow else {
      throw ChatTemplateError(.value, "the result of “\(symbol)” is too large a number", line: line)
    }
    return result.partialValue
  }

  private func repeated(_ text: String, _ count: Int, _ line: Int) throws(ChatTemplateError) -> String {
    guard count > 0 else { return "" }
    guard text.utf8.count.multipliedReportingOverflow(by: count).partialValue <= 1 << 24, count <= 1 << 24 else {
      throw ChatTemplateError(.budget, "a text is repeated \(count) times", line: line)
    }
    return try made(String(repeating: text, count: count), line)
  }

  func compare(
    _ symbol: String, _ left: TemplateValue, _ right: TemplateValue, _ line: Int
  ) throws(ChatTemplateError) -> Bool {
    switch symbol {
    case "==": return left.equals(right)
    case "!=": return !left.equals(right)
    case "in", "not in":
      return try contains(right, left, line) == (symbol == "in")
    default: break
    }
    let isLess: Bool, isEqual = left.equals(right)
    switch (left, right) {
    case (.text(let a), .text(let b)): isLess = a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
    default:
      guard let a = left.asNumber, let b = right.asNumber else {
        if case .undefined(let name) = left { throw ChatTemplateError(.value, "“\(name)” is undefined", line: line) }
        throw ChatTemplateError(
          .value, "\(left.kind) and \(right.kind) cannot be put in order by “\(symbol)”", line: line)
      }
      isLess = a < b
    }
    switch symbol {
    case "<": return isLess
    case "<=": return isLess || isEqual
    case ">": return !isLess && !isEqual
    default: return !isLess
    }
  }

  private func contains(
    _ holder: TemplateValue, _ value: TemplateValue, _ line: Int
  ) throws(ChatTemplateError) -> Bool {
    switch holder {
    case .undefined: return false
    case .text(let text):
      try read(text, line)
      guard case .text(let part) = value else {
        throw ChatTemplateError(.value, "“in” a text wants a text, not \(value.kind)", line: line)
      }
      return TemplateText.place(of: part, in: text) != nil
    case .list(let entries):
      try step(line, count: entries.count / 8)
      return entries.contains { $0.equals(value) }
    case .mapping(let mapping):
      return TemplateMapping.Key(value).map { mapping[$0] != nil } ?? false
    default: throw ChatTemplateError(.value, "nothing can be “in” \(holder.kind)", line: line)
    }
  }
}
