import RopeJSON

/// Changes of a text by spans of bytes: spelling, order and layout of the rest stay as they are.
///
/// A member is written the way its siblings are: the quotes of their keys, the text between key and value, the white
/// space or the line before them. So one editor serves JSON, YAML in both styles, TOML, and JSON or a Python dictionary
/// inside of a command line. Where a value is not spelled in the text as it was read (a default, a word that stands for
/// a dictionary), nothing can be edited, and every method gives no edit.
package struct SpanEditor {
  let source: SourceText
  /// Which text of a merged declaration this is.
  let document: Int

  package init(source: SourceText, document: Int) {
    self.source = source
    self.document = document
  }

  // MARK: Values

  /// Another value in the place of a number or a text.
  package func replace(_ node: JSONNode, with json: String) -> [TextEdit] {
    guard node.document == document, let quote = quote(of: node) else { return [] }
    return [edit(node.bytes, Self.spelled(json, quote))]
  }

  /// The quotation mark that a scalar stands in, empty where it stands in none; nil where the text has something else.
  private func quote(of node: JSONNode) -> String? {
    let text = text(node.bytes)
    switch node.value {
    case .number(_, let literal): return text == literal ? "\"" : nil
    case .string(let value):
      if text == value { return "" }
      for quote in ["\"", "'"] where text == quote + value + quote { return quote }
      return nil
    case .bool, .null: return text.count <= 5 && !text.contains("\"") ? "\"" : nil
    case .object, .array: return text.first == "{" || text.first == "[" ? "\"" : nil
    }
  }

  // MARK: Members

  /// Another key in the place of a member's.
  package func rename(_ member: JSONNode.Member, to name: String) -> [TextEdit] {
    guard member.node.document == document, let quote = quote(ofKey: member) else { return [] }
    return [edit(member.keyBytes, quote + name + quote)]
  }

  /// A new last member, laid out like one before it.
  package func insert(_ key: String, _ json: String, into object: JSONNode) -> [TextEdit] {
    guard object.document == document, let members = object.members, !members.contains(where: \.writtenKey.isEmpty)
    else { return [] }
    if members.isEmpty {
      guard text(object.bytes).first == "{" else { return [] }
      return [edit(object.bytes, "{\"\(key)\": \(json)}")]
    }
    // A sibling with a plain value shows how a member is written, best the last one.
    guard
      let sibling = members.last(where: { isSpelled($0) && $0.node.members == nil }) ?? members.last(where: isSpelled),
      let quote = quote(ofKey: sibling)
    else { return [] }
    let gap = text(sibling.keyBytes.upperBound..<sibling.node.bytes.lowerBound)
    let separator = sibling.node.members != nil && gap.contains("\n") ? ": " : gap
    let member = quote + key + quote + separator + Self.spelled(json, quote.isEmpty ? "\"" : quote)
    if isInline(object) {
      guard let last = members.last, isSpelled(last) else { return [] }
      let end = last.node.bytes.upperBound
      return [edit(end..<end, "," + space(before: last.keyBytes.lowerBound) + member)]
    }
    // In an indented block or a table the member gets a line of its own, below its sibling's.
    let end = endOfLine(sibling.node.bytes.upperBound)
    var prefix = text(startOfLine(sibling.keyBytes.lowerBound)..<sibling.keyBytes.lowerBound)
    if prefix.allSatisfy({ " -".contains($0) }) { prefix = String(repeating: " ", count: prefix.count) }
    return [edit(end..<end, "\n" + prefix + member)]
  }

  /// Takes a member out, with the comma or the line that belongs to it.
  package func remove(_ key: String, of object: JSONNode) -> [TextEdit] {
    guard object.document == document, let members = object.members,
      let index = members.lastIndex(where: { $0.key == key }), members.allSatisfy(isSpelled)
    else { return [] }
    let member = members[index]
    guard isInline(object) else {
      let start = startOfLine(member.keyBytes.lowerBound)
      let prefix = text(start..<member.keyBytes.lowerBound)
      // A list's dash stands for more than its first key.
      guard !prefix.contains("-"), members.count > 1 else { return [] }
      return [edit(start..<min(endOfLine(member.node.bytes.upperBound) + 1, source.bytes.count), "")]
    }
    if index > 0 { return [edit(members[index - 1].node.bytes.upperBound..<member.node.bytes.upperBound, "")] }
    let end = members.count > 1 ? members[1].keyBytes.lowerBound : member.node.bytes.upperBound
    return [edit(member.keyBytes.lowerBound..<end, "")]
  }

  /// Sets a value: in place where the key stands, else as a new member.
  package func set(_ key: String, to json: String, in object: JSONNode) -> [TextEdit] {
    guard let member = object.member(key) else { return insert(key, json, into: object) }
    return member.writtenKey.isEmpty ? [] : replace(member.node, with: json)
  }

  // MARK: The text

  private func edit(_ bytes: Range<Int>, _ text: String) -> TextEdit {
    TextEdit(start: bytes.lowerBound, end: bytes.upperBound, text: text, document: document)
  }

  /// Whether a member stands in this text under its own key.
  private func isSpelled(_ member: JSONNode.Member) -> Bool {
    member.node.document == document && quote(ofKey: member) != nil
      && member.keyBytes.upperBound <= member.node.bytes.lowerBound
  }

  private func quote(ofKey member: JSONNode.Member) -> String? {
    let text = text(member.keyBytes)
    if text == member.key { return "" }
    return ["\"", "'"].first { text == $0 + member.key + $0 }
  }

  private func isInline(_ object: JSONNode) -> Bool { text(object.bytes).first == "{" }

  private func text(_ bytes: Range<Int>) -> String {
    guard bytes.lowerBound >= 0, bytes.upperBound <= source.bytes.count else { return "" }
    return String(decoding: source.bytes[bytes], as: UTF8.self)
  }

  /// The white space that stands before a byte, newline included.
  private func space(before offset: Int) -> String {
    var start = offset
    while start > 0, [0x20, 0x09, 0x0A, 0x0D].contains(source.bytes[start - 1]) { start -= 1 }
    return text(start..<offset)
  }

  private func startOfLine(_ offset: Int) -> Int {
    var start = offset
    while start > 0, source.bytes[start - 1] != 0x0A { start -= 1 }
    return start
  }

  private func endOfLine(_ offset: Int) -> Int {
    var end = offset
    while end < source.bytes.count, source.bytes[end] != 0x0A { end += 1 }
    return end > offset && source.bytes[end - 1] == 0x0D ? end - 1 : end
  }

  /// A JSON text with the quotation mark that the values around it use.
  private static func spelled(_ json: String, _ quote: String) -> String {
    guard quote != "\"", json.first == "\"", !json.contains("\\") else { return json }
    return quote + json.dropFirst().dropLast() + quote
  }
}
