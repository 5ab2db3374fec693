import RopeConfig

/// Edits by byte span: spelling, order and layout of the rest stay as they are.
extension CheckSubject {
  func replace(_ value: DeclaredValue, with text: String) -> TextEdit {
    // What a command says is not the file's to change; an edit that ends before it starts is never applied.
    guard value.node.document == 0 else { return TextEdit(start: 1, end: 0, text: "") }
    return TextEdit(start: value.node.bytes.lowerBound, end: value.node.bytes.upperBound, text: text)
  }

  /// Replaces a member's key.
  func rename(_ key: String, of object: DeclaredValue, to name: String) -> [TextEdit] {
    guard let member = object.node.member(key), member.node.document == 0 else { return [] }
    return [TextEdit(start: member.keyBytes.lowerBound, end: member.keyBytes.upperBound, text: "\"\(name)\"")]
  }

  /// A new last member, laid out like the one before it.
  func insert(_ key: String, _ json: String, into object: DeclaredValue) -> [TextEdit] {
    guard object.node.document == 0 else { return [] }
    let member = "\"\(key)\": \(json)"
    guard let last = object.node.members?.last else {
      let start = object.node.bytes.lowerBound
      return [TextEdit(start: start, end: object.node.bytes.upperBound, text: "{\(member)}")]
    }
    let end = last.node.bytes.upperBound
    return [TextEdit(start: end, end: end, text: "," + space(before: last.keyBytes.lowerBound) + member)]
  }

  /// Takes a member out, with the comma that belongs to it.
  func remove(_ key: String, of object: DeclaredValue) -> [TextEdit] {
    guard let members = object.node.members, let index = members.lastIndex(where: { $0.key == key }) else { return [] }
    let member = members[index]
    guard members.allSatisfy({ $0.node.document == 0 }) else { return [] }
    if index > 0 {
      return [TextEdit(start: members[index - 1].node.bytes.upperBound, end: member.node.bytes.upperBound, text: "")]
    }
    let end = members.count > 1 ? members[1].keyBytes.lowerBound : member.node.bytes.upperBound
    return [TextEdit(start: member.keyBytes.lowerBound, end: end, text: "")]
  }

  /// Sets a number: in place where the key stands, else as a new member.
  func set(_ key: String, to json: String, in object: DeclaredValue) -> [TextEdit] {
    guard let member = object.node.member(key) else { return insert(key, json, into: object) }
    guard member.node.document == 0 else { return [] }
    return [TextEdit(start: member.node.bytes.lowerBound, end: member.node.bytes.upperBound, text: json)]
  }

  /// The white space that stands before a byte, newline included.
  private func space(before offset: Int) -> String {
    let bytes = declaration.source.bytes
    var start = offset
    while start > 0, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[start - 1]) { start -= 1 }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }
}
