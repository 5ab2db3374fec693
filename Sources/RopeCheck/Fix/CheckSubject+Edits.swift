import RopeConfig
import RopeJSON

/// Edits of the text that a value stands in: the file, or the trainer's file or script that overrides it.
extension CheckSubject {
  func replace(_ value: DeclaredValue, with json: String) -> [TextEdit] {
    value.isRenamed ? [] : editor(of: value.node)?.replace(value.node, with: json) ?? []
  }

  func rename(_ key: String, of object: DeclaredValue, to name: String) -> [TextEdit] {
    guard let member = object.node.member(key) else { return [] }
    return editor(of: member.node)?.rename(member, to: name) ?? []
  }

  func insert(_ key: String, _ json: String, into object: DeclaredValue) -> [TextEdit] {
    editor(of: object.node)?.insert(key, json, into: object.node) ?? []
  }

  func remove(_ key: String, of object: DeclaredValue) -> [TextEdit] {
    editor(of: object.node)?.remove(key, of: object.node) ?? []
  }

  func set(_ key: String, to json: String, in object: DeclaredValue) -> [TextEdit] {
    editor(of: object.member(key)?.node ?? object.node)?.set(key, to: json, in: object.node) ?? []
  }

  /// Whether a value's text stands at its place; a GGUF header and a preset count as written.
  func isSpelled(_ value: DeclaredValue) -> Bool {
    guard !isGGUF, let name = value.node.string, let text = declaration.text(of: value.node),
      value.node.bytes.upperBound <= text.bytes.count
    else { return true }
    return String(decoding: text.bytes[value.node.bytes], as: UTF8.self).contains(name)
  }

  /// Edits that are only right together: none where one of them cannot be made, or stands in another text.
  func together(_ parts: [TextEdit]...) -> [TextEdit] {
    let edits = parts.flatMap { $0 }
    return parts.contains(where: \.isEmpty) || Set(edits.map(\.document)).count > 1 ? [] : edits
  }

  /// Nil for a text that is nobody's file here: a line as typed, a preset, the header of a GGUF.
  private func editor(of node: JSONNode) -> SpanEditor? {
    guard node.document > 0 || isEditable, let text = declaration.text(of: node), node.document == 0 || text.path != nil
    else { return nil }
    return SpanEditor(source: text, document: node.document)
  }
}
