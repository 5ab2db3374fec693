import RopeJSON

/// Walks through Python source: names that are given a literal, and calls of given names with their arguments.
struct PythonScanner {
  struct Argument {
    var name: String
    var node: JSONNode
    var bytes: Range<Int>
    /// Whether the value is an expression that only runs.
    var isUnknown: Bool
  }

  struct Found {
    var format: CommandFormat
    var name: String
    var arguments: [Argument]
    var bytes: Range<Int>
  }

  private let input: [UInt8]
  private let calls: [(format: CommandFormat, call: PythonCall)]
  private var index = 0
  private var names: [String: JSONNode.Value] = [:]
  private(set) var found: [Found] = []
  /// Attributes that are set to a literal.
  private(set) var attributes: [Argument] = []

  init(_ code: PlacedText, calls: [(CommandFormat, PythonCall)]) {
    input = code.bytes
    self.calls = calls.map { (format: $0.0, call: $0.1) }
  }

  private var current: UInt8? { index < input.count ? input[index] : nil }

  private static func isName(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte >= 0x80 || UnicodeScalar(byte).properties.isAlphabetic
      || (0x30...0x39).contains(byte)
  }

  mutating func run() {
    while let byte = current {
      switch byte {
      case UInt8(ascii: "#"): while let byte = current, byte != 0x0A { index += 1 }
      case UInt8(ascii: "'"), UInt8(ascii: "\""): skipString()
      case _ where Self.isName(byte): name()
      default: index += 1
      }
    }
  }

  private mutating func skipString() {
    var literal = PythonLiteral(input, from: index)
    if literal.string() != nil { index = max(literal.index, index + 1) } else { index += 1 }
  }

  private mutating func skipBlank() { while let byte = current, byte == 0x20 || byte == 0x09 { index += 1 } }

  private mutating func name() {
    let start = index
    while let byte = current, Self.isName(byte) || byte == UInt8(ascii: ".") { index += 1 }
    let name = String(decoding: input[start..<index], as: UTF8.self)
    skipBlank()
    if current == UInt8(ascii: "(") {
      guard let (format, call) = calls.first(where: { name == $0.call.name || name.hasSuffix("." + $0.call.name) })
      else { return }
      index += 1
      let arguments = arguments(positional: call.positional)
      found.append(Found(format: format, name: name, arguments: arguments, bytes: start..<index))
    } else if current == UInt8(ascii: "="), index + 1 < input.count, input[index + 1] != UInt8(ascii: "=") {
      let after = index + 1
      var literal = PythonLiteral(input, from: after, names: names)
      guard let node = literal.value() else {
        index = after
        names[name] = nil
        return
      }
      if name.contains(".") {
        attributes.append(Argument(name: name, node: node, bytes: start..<literal.index, isUnknown: false))
      } else {
        names[name] = node.value
      }
      index = max(literal.index, after)
    }
  }

  private mutating func arguments(positional: String?) -> [Argument] {
    var arguments: [Argument] = []
    var count = 0
    while index < input.count {
      var spaces = PythonLiteral(input, from: index)
      spaces.skipSpace()
      index = spaces.index
      guard let byte = current else { break }
      if byte == UInt8(ascii: ")") {
        index += 1
        break
      }
      let start = index
      var name: String?
      while let byte = current, Self.isName(byte) { index += 1 }
      let word = String(decoding: input[start..<index], as: UTF8.self)
      skipBlank()
      if !word.isEmpty, current == UInt8(ascii: "="), index + 1 < input.count, input[index + 1] != UInt8(ascii: "=") {
        name = word
        index += 1
      } else {
        index = start
        if count == 0 { name = positional }
      }
      count += 1
      let valueStart = index
      var literal = PythonLiteral(input, from: index, names: names)
      let node = literal.value()
      var after = PythonLiteral(input, from: node == nil ? index : literal.index)
      after.skipSpace()
      let isWhole = node != nil && (after.current == UInt8(ascii: ",") || after.current == UInt8(ascii: ")"))
      index = isWhole ? literal.index : index
      if !isWhole { skipExpression() }
      if let name {
        let text = String(decoding: input[valueStart..<index], as: UTF8.self)
        arguments.append(
          Argument(
            name: name,
            node: isWhole
              ? node ?? JSONNode(value: .null, bytes: valueStart..<index)
              : JSONNode(value: .string(text), bytes: valueStart..<index),
            bytes: start..<index, isUnknown: !isWhole))
      }
      while let byte = current, byte == UInt8(ascii: ",") || byte == 0x20 || byte == 0x0A || byte == 0x0D { index += 1 }
      // A bracket that closes nothing is no argument.
      if index == start { index += 1 }
    }
    return arguments
  }

  /// To the comma or bracket that ends an argument.
  private mutating func skipExpression() {
    var depth = 0
    while let byte = current {
      if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        skipString()
        continue
      }
      if "([{".utf8.contains(byte) { depth += 1 }
      if ")]}".utf8.contains(byte) {
        if depth == 0 { return }
        depth -= 1
      }
      if byte == UInt8(ascii: ","), depth == 0 { return }
      index += 1
    }
  }
}
