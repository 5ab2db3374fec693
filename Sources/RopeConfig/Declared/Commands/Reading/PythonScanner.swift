import RopeJSON

/// Walks through Python source: names that are given a literal, and calls of given names with their arguments.
struct PythonScanner {
  struct Argument {
    var name: String
    var node: JSONNode
    var bytes: Range<Int>
    /// Whether the value is an expression that only runs.
    var isUnknown: Bool

    /// What its dictionary holds, each as an argument of its own; itself where it is none of the names.
    func spread(_ names: Set<String>) -> [Argument] {
      names.contains(name) && node.members != nil ? members.flatMap { $0.spread(names) } : [self]
    }

    private var members: [Argument] {
      (node.members ?? []).map {
        Argument(
          name: $0.key, node: $0.node, bytes: $0.keyBytes.lowerBound..<$0.node.bytes.upperBound,
          isUnknown: false)
      }
    }
  }

  struct Found {
    var format: CommandFormat
    var name: String
    var arguments: [Argument]
    var bytes: Range<Int>
    /// Arguments whose dictionaries hold options of their own.
    var spreads: Set<String>
  }

  /// Bytes of an expression beyond which nobody writes one.
  private static let longest = 4096

  private let input: [UInt8]
  private let calls: [(format: CommandFormat, call: PythonCall)]
  private var index = 0
  /// What names hold, and under `.NAME` what an option that is parsed is by default.
  private(set) var names: [String: JSONNode.Value] = [:]
  private(set) var found: [Found] = []
  /// Attributes that are set to a literal.
  private(set) var attributes: [Argument] = []
  /// Names that are set to a literal.
  private(set) var assigned: [Argument] = []
  /// Variables of the environment that are set: `os.environ["NAME"] = "1"`.
  private(set) var environment: [Argument] = []

  init(_ code: PlacedText, calls: [(CommandFormat, PythonCall)]) {
    input = code.bytes
    self.calls = calls.map { (format: $0.0, call: $0.1) }
  }

  private var current: UInt8? { index < input.count ? input[index] : nil }

  static func isName(_ byte: UInt8) -> Bool {
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
      if name.hasSuffix(".add_argument") { return keepDefault() }
      if name == "setattr" || name.hasSuffix(".update") { return setAttributes(name) }
      guard let (format, call) = calls.first(where: { $0.call.isNamed(name) }) else { return }
      index += 1
      let arguments = arguments(positional: call.positional).filter { !$0.name.isEmpty }
      if let needed = call.requires, !arguments.contains(where: { $0.name == needed }) { return }
      found.append(
        Found(
          format: format, name: name, arguments: arguments, bytes: start..<index,
          spreads: call.spreads))
    } else if current == UInt8(ascii: "["), name.hasSuffix("environ") {
      setVariable(from: start)
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
        assigned.append(Argument(name: name, node: node, bytes: start..<literal.index, isUnknown: false))
      }
      index = max(literal.index, after)
    }
  }

  /// `parser.add_argument("-m", "--model", default="…")`
  private mutating func keepDefault() {
    index += 1
    let given = arguments()
    let flag = given.last { $0.name.isEmpty && $0.node.string?.hasPrefix("--") == true }?.node
      .string
    let own =
      given.first { $0.name == "dest" }?.node.string ?? flag.map { CommandOption.path(of: $0) }
    guard let own, let value = given.first(where: { $0.name == "default" }), !value.isUnknown else {
      return
    }
    names["." + own] = value.node.value
  }

  /// `setattr(config, "name", value)` and `config.update({"name": value})`, as `config.name = value`.
  private mutating func setAttributes(_ name: String) {
    index += 1
    let given = arguments()
    if name == "setattr" {
      guard given.count == 3, let object = given[0].node.string, let key = given[1].node.string, !given[2].isUnknown
      else { return }
      attributes.append(
        Argument(name: object + "." + key, node: given[2].node, bytes: given[2].bytes, isUnknown: false))
    } else {
      let object = String(name.dropLast(".update".count))
      let members = given.flatMap { $0.name.isEmpty && $0.node.members != nil ? $0.spread([""]) : [$0] }
        .filter { !$0.name.isEmpty && !$0.isUnknown }
      // A dictionary that is handed on later has them too.
      if case .object(let old) = names[object] {
        names[object] = .object(old + members.map { JSONNode.Member(key: $0.name, keyBytes: $0.bytes, node: $0.node) })
      }
      attributes += members.map {
        Argument(name: object + "." + $0.name, node: $0.node, bytes: $0.bytes, isUnknown: false)
      }
    }
  }

  private mutating func setVariable(from start: Int) {
    index += 1
    let key = elements()
    skipBlank()
    guard key.count == 1, let name = key[0].node.string, current == UInt8(ascii: "="),
      index + 1 < input.count,
      input[index + 1] != UInt8(ascii: "=")
    else { return }
    var literal = PythonLiteral(input, from: index + 1, names: names)
    guard let node = literal.value() else { return }
    index = max(literal.index, index + 1)
    environment.append(Argument(name: name, node: node, bytes: start..<index, isUnknown: false))
  }

  /// The elements of a list whose bracket is open.
  private mutating func elements() -> [Argument] { arguments(until: UInt8(ascii: "]")) }

  /// The elements of the list that begins at an index, and where it ends.
  mutating func list(at open: Int) -> (elements: [Argument], end: Int) {
    index = open + 1
    return (elements(), index)
  }

  /// The dictionary behind `**`, key by key.
  private mutating func spread() -> [Argument] {
    index += 2
    let start = index
    var literal = PythonLiteral(input, from: index, names: names)
    guard let members = literal.value()?.members else {
      skipExpression()
      return []
    }
    index = literal.index
    return members.map {
      // A name's dictionary stands elsewhere.
      let node = JSONNode(value: $0.node.value, bytes: start..<index)
      return Argument(name: $0.key, node: node, bytes: start..<index, isUnknown: false)
    }
  }

  /// What stands up to a closing bracket; the name is empty where none is given.
  private mutating func arguments(positional: String? = nil, until end: UInt8 = UInt8(ascii: ")"))
    -> [Argument]
  {
    var arguments: [Argument] = []
    var count = 0
    while index < input.count {
      var spaces = PythonLiteral(input, from: index)
      spaces.skipSpace()
      index = spaces.index
      guard let byte = current else { break }
      if byte == end {
        index += 1
        break
      }
      let start = index
      if byte == UInt8(ascii: "*"), index + 1 < input.count, input[index + 1] == byte {
        arguments += spread()
        skipSeparators()
        if index == start { index += 1 }
        continue
      }
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
      let isWhole = node != nil && (after.current == UInt8(ascii: ",") || after.current == end)
      index = isWhole ? literal.index : index
      if !isWhole { skipExpression() }
      let text = String(decoding: input[valueStart..<index], as: UTF8.self)
      arguments.append(
        Argument(
          name: name ?? "",
          node: isWhole
            ? node ?? JSONNode(value: .null, bytes: valueStart..<index)
            : JSONNode(value: .string(text), bytes: valueStart..<index),
          bytes: start..<index, isUnknown: !isWhole))
      skipSeparators()
      // A bracket that closes nothing is no argument.
      if index == start { index += 1 }
    }
    return arguments
  }

  private mutating func skipSeparators() {
    while let byte = current,
      byte == UInt8(ascii: ",") || byte == 0x20 || byte == 0x0A || byte == 0x0D
    { index += 1 }
  }

  /// To the comma or bracket that ends an argument.
  private mutating func skipExpression() {
    var depth = 0
    let end = index + Self.longest
    while let byte = current, index < end {
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
