import RopeJSON

/// A declaration with changes merged into it, to be read again.
struct DeclarationEditor: Sendable {
  /// How deep dictionaries of a change are merged with those that they meet; what is not merged is replaced.
  enum Merge: Sendable {
    /// The objects that lead to the language model's dimensions: a file that is edited.
    case configurations
    /// These, and everything inside of them; a dictionary at the top level is replaced (vLLM since 0.11.1).
    case insideConfigurations
    /// These, and dictionaries at the top level with their own members (SGLang 0.5.23).
    case topLevelDictionaries
  }

  let declaration: Declaration
  /// Keys that lead to the object with the language model's dimensions.
  let path: [String]
  private var root: JSONNode

  init(_ declaration: Declaration) {
    self.declaration = declaration
    root = declaration.root.node
    path = declaration.text.pointer.split(separator: "/").map {
      String($0).replacing("~1", with: "/").replacing("~0", with: "~")
    }
  }

  /// Whether members of a dictionary beside the model's dimensions stay that a change does not mention.
  func keepsMembers(_ merge: Merge) -> Bool {
    switch merge {
    case .configurations: false
    case .insideConfigurations: !path.isEmpty
    case .topLevelDictionaries: path.isEmpty
    }
  }

  /// Members beside the model's dimensions as an object of the whole file. Keys that stand at the top level only, though
  /// the dimensions are nested, stay there.
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

  mutating func merge(_ change: JSONNode, _ rule: Merge) {
    root = merged(change, into: root, path[...], rule, depth: 0)
  }

  private func merged(
    _ change: JSONNode, into node: JSONNode, _ path: ArraySlice<String>?, _ rule: Merge, depth: Int
  ) -> JSONNode {
    guard var members = node.members, let changes = change.members else { return change.moved(to: 1) }
    for new in changes {
      let index = members.lastIndex { $0.key == new.key }
      let isOnPath = path?.first == new.key
      let isMerged =
        isOnPath
        || (rule == .insideConfigurations && depth > 0) || (rule == .topLevelDictionaries && depth == 0)
      let value: JSONNode
      if isMerged, new.node.members != nil, let index, members[index].node.members != nil {
        value = merged(
          new.node, into: members[index].node, isOnPath ? path?.dropFirst() : nil,
          isOnPath ? rule : rule == .topLevelDictionaries ? .configurations : rule, depth: depth + 1)
      } else {
        value = new.node.moved(to: 1)
      }
      let member = JSONNode.Member(key: new.key, keyBytes: new.keyBytes, node: value)
      if let index { members[index] = member } else { members.append(member) }
    }
    return JSONNode(value: .object(members), bytes: node.bytes, document: node.document)
  }

  /// Takes a key away, beside the dimensions and from the top level.
  mutating func remove(_ key: String) {
    root = Self.removed(key, from: root, path[...])
  }

  private static func removed(_ key: String, from node: JSONNode, _ path: ArraySlice<String>) -> JSONNode {
    guard let members = node.members else { return node }
    let kept = members.filter { $0.key != key }.map { member in
      guard member.key == path.first else { return member }
      return JSONNode.Member(
        key: member.key, keyBytes: member.keyBytes, node: removed(key, from: member.node, path.dropFirst()),
        writtenKey: member.writtenKey)
    }
    return JSONNode(value: .object(kept), bytes: node.bytes, document: node.document)
  }

  /// The declaration as changed; `text` is where the changes stand.
  func edited(by text: String) -> Declaration {
    declaration.merged(root, from: [SourceText(bytes: Array(text.utf8))])
  }
}
