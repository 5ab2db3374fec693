import RopeConfig
import RopeJSON

extension Declaration {
  /// The declaration with values that it lacks, so that a part of a configuration can be read by every runtime.
  func completed(by values: [(key: String, value: JSONNode.Value)]) -> Declaration {
    let added = values.map {
      JSONNode.Member(key: $0.key, keyBytes: 0..<0, node: JSONNode(value: $0.value, bytes: 0..<0))
    }
    let path = JSONPointer.keys(text.pointer)
    return merged(Self.adding(added, to: root.node, at: path[...]), from: overrides)
  }

  /// The declaration without a key beside the model's sizes.
  func without(_ key: String) -> Declaration {
    let path = JSONPointer.keys(text.pointer)
    return merged(Self.removing(key, from: root.node, at: path[...]), from: overrides)
  }

  private static func removing(_ key: String, from node: JSONNode, at path: ArraySlice<String>) -> JSONNode {
    guard let members = node.members else { return node }
    let kept = members.filter { !path.isEmpty || $0.key != key }.map { member in
      guard member.key == path.first else { return member }
      return JSONNode.Member(
        key: member.key, keyBytes: member.keyBytes, node: removing(key, from: member.node, at: path.dropFirst()),
        writtenKey: member.writtenKey)
    }
    return JSONNode(value: .object(kept), bytes: node.bytes, document: node.document)
  }

  /// The value at a JSON pointer; nil where the pointer leads nowhere.
  func value(at pointer: String?) -> DeclaredValue? {
    guard let pointer else { return nil }
    var value = root
    for part in JSONPointer.keys(pointer) {
      if let member = value.member(part) {
        value = member
      } else if let elements = value.node.elements, let index = Int(part), elements.indices.contains(index) {
        value = DeclaredValue(key: value.key, node: elements[index], pointer: value.pointer + "/" + part)
      } else {
        return nil
      }
    }
    return value
  }

  private static func adding(
    _ added: [JSONNode.Member], to node: JSONNode, at path: ArraySlice<String>
  ) -> JSONNode {
    guard let members = node.members else { return node }
    guard let key = path.first else {
      let missing = added.filter { node.member($0.key)?.node.isNull ?? true }
      let kept = members.filter { member in !missing.contains { $0.key == member.key } }
      return JSONNode(value: .object(kept + missing), bytes: node.bytes, document: node.document)
    }
    let changed = members.map { member in
      guard member.key == key else { return member }
      return JSONNode.Member(
        key: key, keyBytes: member.keyBytes, node: adding(added, to: member.node, at: path.dropFirst()),
        writtenKey: member.writtenKey)
    }
    return JSONNode(value: .object(changed), bytes: node.bytes, document: node.document)
  }
}
