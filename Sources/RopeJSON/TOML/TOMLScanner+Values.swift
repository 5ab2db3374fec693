extension TOMLScanner {
  /// - Parameter depth: how many tables and lists the value is in.
  mutating func value(depth: Int) throws(ConfigurationError) -> JSONNode {
    skipSpace()
    guard depth <= JSONParser.depthLimit else {
      throw fail("lists and tables are nested more than \(JSONParser.depthLimit) deep")
    }
    let start = offset
    let value: JSONNode.Value =
      switch current {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): .string(try anyText())
      case UInt8(ascii: "["): .array(try elements(depth))
      case UInt8(ascii: "{"): .object(try members(depth))
      default: try word()
      }
    return JSONNode(value: value, bytes: start..<offset)
  }

  private mutating func elements(_ depth: Int) throws(ConfigurationError) -> [JSONNode] {
    let start = offset
    offset += 1
    var elements: [JSONNode] = []
    while skipBlank(), current != UInt8(ascii: "]") {
      elements.append(try value(depth: depth + 1))
      guard skipBlank() else { break }
      if current == UInt8(ascii: "]") { break }
      try expect(",", "“,” or “]” in the list")
    }
    guard current != nil else { throw fail("a list is not closed; expected “]”", at: start) }
    offset += 1
    return elements
  }

  private mutating func members(_ depth: Int) throws(ConfigurationError) -> [JSONNode.Member] {
    let table = TOMLTable(.header, bytes: offset..<offset, depth: depth)
    offset += 1
    skipSpace()
    if current == UInt8(ascii: "}") {
      offset += 1
      return []
    }
    while true {
      try table.readPair(&self)
      skipSpace()
      if current == UInt8(ascii: "}") { break }
      try expect(",", "“,” or “}” in the table, which stands in one line")
    }
    offset += 1
    return table.node.members ?? []
  }

  /// A number, a date, `true` or `false`.
  private mutating func word() throws(ConfigurationError) -> JSONNode.Value {
    let start = offset
    skipWord()
    // A date and its time may stand apart.
    if offset - start == 10, current == 0x20, TOMLDate.isDate(text(from: start)), byte(3) == UInt8(ascii: ":") {
      offset += 1
      skipWord()
    }
    let text = text(from: start)
    switch text {
    case "": throw fail("expected a value\(found)")
    case "true": return .bool(true)
    case "false": return .bool(false)
    default: break
    }
    if let number = TOMLNumber.value(text) { return .number(number, literal: text) }
    if TOMLDate.isValid(text) { return .string(text) }
    throw fail("“\(text.prefix(40))” is no value; a text stands in quotes", at: start)
  }

  private mutating func skipWord() {
    let delimiters = " \t\r\n,]}#=".utf8
    while let byte = current, !delimiters.contains(byte) { offset += 1 }
  }
}
