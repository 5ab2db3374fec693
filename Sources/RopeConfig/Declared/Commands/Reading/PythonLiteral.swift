import RopeJSON

/// A value as Python writes it: `{'alpha_value': 4}`, `1024 * 32`, `True`, names that hold such a value.
struct PythonLiteral {
  let input: [UInt8]
  private(set) var index: Int
  private let names: [String: JSONNode.Value]
  private var depth = 0

  init(_ input: [UInt8], from index: Int = 0, names: [String: JSONNode.Value] = [:]) {
    self.input = input
    self.index = index
    self.names = names
  }

  /// The whole text as one value; nil where it is something else.
  static func read(_ input: [UInt8]) -> JSONNode? {
    var reader = PythonLiteral(input)
    guard let node = reader.value() else { return nil }
    reader.skipSpace()
    return reader.index == input.count ? node : nil
  }

  var current: UInt8? { index < input.count ? input[index] : nil }

  mutating func skipSpace() {
    while let byte = current {
      if byte == UInt8(ascii: "#") {
        while let byte = current, byte != 0x0A { index += 1 }
      } else if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
        index += 1
      } else if byte == UInt8(ascii: "\\"), index + 1 < input.count, input[index + 1] == 0x0A {
        index += 2
      } else {
        return
      }
    }
  }

  /// Nil, at no place in particular, for what is no literal.
  mutating func value() -> JSONNode? {
    guard var left = operand() else { return nil }
    while true {
      let mark = index
      skipSpace()
      guard let sign = current, "*/+-".utf8.contains(sign) else {
        index = mark
        return left
      }
      index += 1
      var isPower = false
      var isWhole = false
      if sign == UInt8(ascii: "*"), current == sign { (isPower, index) = (true, index + 1) }
      if sign == UInt8(ascii: "/"), current == sign { (isWhole, index) = (true, index + 1) }
      guard let right = operand(), let one = left.finiteNumber, let two = right.finiteNumber else { return nil }
      var result: Double
      switch sign {
      case UInt8(ascii: "*") where isPower:
        result = 1
        guard two >= 0, two <= 62, two == two.rounded() else { return nil }
        for _ in 0..<Int(two) { result *= one }
      case UInt8(ascii: "*"): result = one * two
      case UInt8(ascii: "/"): result = isWhole ? (one / two).rounded(.down) : one / two
      case UInt8(ascii: "+"): result = one + two
      default: result = one - two
      }
      guard result.isFinite else { return nil }
      left = JSONNode(value: Self.number(result), bytes: left.bytes.lowerBound..<right.bytes.upperBound)
    }
  }

  static func number(_ value: Double) -> JSONNode.Value { .number(value, literal: JSONNumber.text(value)) }

  private mutating func operand() -> JSONNode? {
    depth += 1
    defer { depth -= 1 }
    guard depth < 64 else { return nil }
    skipSpace()
    let start = index
    guard let byte = current else { return nil }
    let value: JSONNode.Value?
    switch byte {
    case UInt8(ascii: "{"): value = members()
    case UInt8(ascii: "["): value = elements(until: UInt8(ascii: "]"))
    case UInt8(ascii: "("): value = elements(until: UInt8(ascii: ")"))
    case UInt8(ascii: "'"), UInt8(ascii: "\""): value = string().map { .string($0) }
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): value = number()
    default: value = name()
    }
    return value.map { JSONNode(value: $0, bytes: start..<index) }
  }

  private mutating func name() -> JSONNode.Value? {
    let start = index
    while let byte = current,
      byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") && index > start
        || byte < 0x80 && (UnicodeScalar(byte).properties.isAlphabetic || (0x30...0x39).contains(byte))
    {
      index += 1
    }
    let name = String(decoding: input[start..<index], as: UTF8.self)
    switch name {
    case "int" where current == UInt8(ascii: "("), "float" where current == UInt8(ascii: "("):
      guard let number = converted()?.finiteNumber else { return nil }
      return Self.number(name == "int" ? number.rounded(.towardZero) : number)
    case "str" where current == UInt8(ascii: "("):
      guard let value = converted() else { return nil }
      return (value.string ?? value.literal).map { .string($0) }
    case "True", "true": return .bool(true)
    case "False", "false": return .bool(false)
    case "None", "null": return .null
    case "dict" where current == UInt8(ascii: "("): return keywords()
    default: return names[name] ?? Self.option(name).flatMap { names[$0] }
    }
  }

  /// The name under which the default of a parsed option is kept: `.model` for `args.model`.
  private static func option(_ name: String) -> String? {
    guard let dot = name.lastIndex(of: "."), ["arg", "opt", "FLAGS"].contains(where: name[..<dot].contains) else {
      return nil
    }
    return String(name[dot...])
  }

  /// The one value in the brackets of `int(…)`.
  private mutating func converted() -> JSONNode? {
    let start = index
    return elements(until: UInt8(ascii: ")")).map { JSONNode(value: $0, bytes: start..<index) }
  }

  /// `dict(rope_type="yarn", factor=4.0)`.
  private mutating func keywords() -> JSONNode.Value? {
    index += 1
    var members: [JSONNode.Member] = []
    while true {
      skipSpace()
      if current == UInt8(ascii: ")") {
        index += 1
        return .object(members)
      }
      let start = index
      while let byte = current,
        byte == UInt8(ascii: "_") || UnicodeScalar(byte).properties.isAlphabetic || (0x30...0x39).contains(byte)
      { index += 1 }
      let key = String(decoding: input[start..<index], as: UTF8.self)
      let bytes = start..<index
      skipSpace()
      guard !key.isEmpty, current == UInt8(ascii: "=") else { return nil }
      index += 1
      guard let node = value() else { return nil }
      members.append(JSONNode.Member(key: key, keyBytes: bytes, node: node))
      skipSpace()
      if current == UInt8(ascii: ",") { index += 1 }
    }
  }

  private mutating func members() -> JSONNode.Value? {
    index += 1
    var members: [JSONNode.Member] = []
    while true {
      skipSpace()
      if current == UInt8(ascii: "}") {
        index += 1
        return .object(members)
      }
      guard let key = operand(), case .string(let text) = key.value else { return nil }
      skipSpace()
      guard current == UInt8(ascii: ":") else { return nil }
      index += 1
      guard let node = value() else { return nil }
      members.append(JSONNode.Member(key: text, keyBytes: key.bytes, node: node))
      skipSpace()
      if current == UInt8(ascii: ",") { index += 1 } else if current != UInt8(ascii: "}") { return nil }
    }
  }

  private mutating func elements(until end: UInt8) -> JSONNode.Value? {
    index += 1
    var elements: [JSONNode] = []
    var hasComma = false
    while true {
      skipSpace()
      if current == end {
        index += 1
        // Brackets around one value only group it.
        if end == UInt8(ascii: ")"), !hasComma, let only = elements.first { return only.value }
        return .array(elements)
      }
      guard let node = value() else { return nil }
      elements.append(node)
      skipSpace()
      if current == UInt8(ascii: ",") { (index, hasComma) = (index + 1, true) } else if current != end { return nil }
    }
  }

  private mutating func number() -> JSONNode.Value? {
    let start = index
    if current == UInt8(ascii: "-") { index += 1 }
    while let byte = current {
      let isSign =
        (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")) && index > start
        && "eE".utf8.contains(input[index - 1])
      guard isSign || "0123456789._eE".utf8.contains(byte) else { break }
      index += 1
    }
    let literal = String(decoding: input[start..<index].filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    guard let number = Double(literal), number.isFinite else { return nil }
    return .number(number, literal: JSONNumber.text(number, literal: literal))
  }

  mutating func string() -> String? {
    guard let quote = current else { return nil }
    let isLong = input[index...].starts(with: [quote, quote, quote])
    index += isLong ? 3 : 1
    var text: [UInt8] = []
    while let byte = current {
      if byte == UInt8(ascii: "\\"), index + 1 < input.count {
        let next = input[index + 1]
        index += 2
        switch next {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): text.append(next)
        case 0x0A: break
        default: text += [byte, next]
        }
      } else if isLong ? input[index...].starts(with: [quote, quote, quote]) : byte == quote {
        index += isLong ? 3 : 1
        return String(decoding: text, as: UTF8.self)
      } else if !isLong, byte == 0x0A {
        return nil
      } else {
        text.append(byte)
        index += 1
      }
    }
    return nil
  }
}
