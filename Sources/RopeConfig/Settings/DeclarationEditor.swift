import RopeJSON

/// A declaration with changes merged into it, to be read again.
struct DeclarationEditor: Sendable {
  let declaration: Declaration
  /// Keys that lead to the object with the language model's dimensions.
  let path: [String]
  private var root: JSONNode

  init(_ declaration: Declaration) {
    self.declaration = declaration
    root = declaration.root.node
    path = JSONPointer.keys(declaration.text.pointer)
  }

  /// Members beside the model's dimensions as an object of the whole file. Keys that stand at the top level only,
  /// though the dimensions are nested, stay there.
  func change(_ members: [(String, JSONNode)]) -> JSONNode {
    let outer = path.isEmpty ? [] : members.filter { isOuter($0.0) }
    let inner = members.filter { pair in !outer.contains { $0.0 == pair.0 } }
    guard !inner.isEmpty else { return .object(outer) }
    let nested = path.reversed().reduce(JSONNode.object(inner)) { .object([($1, $0)]) }
    return path.isEmpty ? nested : .object(outer + (nested.members ?? []).map { ($0.key, $0.node) })
  }

  private func isOuter(_ key: String) -> Bool {
    declaration.text.member(key) == nil && declaration.root.member(key) != nil
  }

  /// Writes a change into the file: the objects that lead to the dimensions are merged, everything else is replaced.
  mutating func merge(_ change: JSONNode) {
    root = Self.merged(change, into: root, path[...])
  }

  private static func merged(_ change: JSONNode, into node: JSONNode, _ path: ArraySlice<String>) -> JSONNode {
    (change.members ?? []).reduce(node) { result, new in
      let old = result.member(new.key)?.node
      let isOnPath = new.key == path.first && old?.members != nil && new.node.members != nil
      let value = isOnPath ? old.map { merged(new.node, into: $0, path.dropFirst()) } : nil
      return result.setting([new.key], to: value ?? new.node.moved(to: 1))
    }
  }

  /// Takes a key away, beside the dimensions and from the top level.
  mutating func remove(_ key: String) {
    for place in Set([path, []]) { root = root.setting(place + [key], to: nil) }
  }

  /// The declaration as changed; `text` is where the changes stand.
  func edited(by text: String) -> Declaration {
    declaration.merged(root, from: [SourceText(bytes: Array(text.utf8))])
  }
}
