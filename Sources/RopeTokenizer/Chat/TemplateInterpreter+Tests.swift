extension TemplateInterpreter {
  /// Whether a value is what a name says.
  func test(_ name: String, _ value: TemplateValue, _ call: TemplateCall) throws(ChatTemplateError) -> Bool {
    func other() throws(ChatTemplateError) -> TemplateValue {
      guard let other = call.plain.first else { throw call.fail("the test “\(name)” wants a value to compare with") }
      return other
    }
    switch name {
    case "defined": return !value.isUndefined
    case "undefined": return value.isUndefined
    case "none": if case .null = value { return true } else { return false }
    case "string": if case .text = value { return true } else { return false }
    case "mapping": if case .mapping = value { return true } else { return false }
    case "boolean": if case .bool = value { return true } else { return false }
    case "integer": if case .integer = value { return true } else { return false }
    case "float": if case .number = value { return true } else { return false }
    case "number": return value.asNumber != nil
    case "true": if case .bool(true) = value { return true } else { return false }
    case "false": if case .bool(false) = value { return true } else { return false }
    case "iterable", "sequence":
      switch value {
      case .text, .list, .mapping, .undefined: return true
      case .loop: return name == "iterable"
      default: return false
      }
    case "callable": if case .function = value { return true } else { return false }
    case "odd", "even", "divisibleby":
      guard let integer = value.asInteger else { throw call.fail("the test “\(name)” wants a number") }
      let divisor = name == "divisibleby" ? try other().asInteger ?? 0 : 2
      guard divisor != 0 else { throw call.fail("division by zero") }
      return (integer % divisor == 0) != (name == "odd")
    case "lower": return value.string == value.string.lowercased() && value.string != value.string.uppercased()
    case "upper": return value.string == value.string.uppercased() && value.string != value.string.lowercased()
    case "in": return try compare("in", value, try other(), call.line)
    case "eq", "equalto", "==": return value.equals(try other())
    case "ne", "!=": return !value.equals(try other())
    case "lt", "lessthan", "<": return try compare("<", value, try other(), call.line)
    case "le", "<=": return try compare("<=", value, try other(), call.line)
    case "gt", "greaterthan", ">": return try compare(">", value, try other(), call.line)
    case "ge", ">=": return try compare(">=", value, try other(), call.line)
    case "sameas":
      switch (value, try other()) {
      case (.bool(let a), .bool(let b)): return a == b
      case (.null, .null): return true
      case (.integer(let a), .integer(let b)): return a == b
      case (.text(let a), .text(let b)): return a == b
      case (.namespace(let a), .namespace(let b)): return a === b
      default: return false
      }
    default: throw ChatTemplateError(.unsupported, "the test “\(name)” is not known here", line: call.line)
    }
  }
}
