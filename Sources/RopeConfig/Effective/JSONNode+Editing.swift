import RopeJSON

extension JSONNode {
  /// The value at a path of keys.
  func value(at path: some Collection<String>) -> JSONNode? {
    guard let key = path.first else { return self }
    return member(key)?.node.value(at: path.dropFirst())
  }

  /// The tree with another value at a path, or, for nil, without one; objects on the way are made where they lack.
  func setting(_ path: some Collection<String>, to node: JSONNode?, keyBytes: Range<Int>? = nil) -> JSONNode {
    guard let key = path.first else { return node ?? self }
    var members = members ?? []
    let rest = path.dropFirst()
    let index = members.lastIndex { $0.key == key }
    var value = node
    if !rest.isEmpty {
      guard node != nil || index != nil else { return self }
      let inner =
        index.map { members[$0].node }
        ?? JSONNode(value: .object([]), bytes: node?.bytes ?? bytes, document: node?.document ?? document)
      value = inner.setting(rest, to: node, keyBytes: keyBytes)
    }
    if let value {
      let isOwn = rest.isEmpty || index == nil
      let place = isOwn ? keyBytes ?? value.bytes : index.map { members[$0].keyBytes } ?? value.bytes
      let member = Member(key: key, keyBytes: place, node: value)
      if let index { members[index] = member } else { members.append(member) }
    } else {
      members.removeAll { $0.key == key }
    }
    return JSONNode(value: .object(members), bytes: bytes, document: document)
  }

  /// The object with another's members over its own.
  func overlaid(with other: JSONNode) -> JSONNode {
    (other.members ?? []).reduce(self) { $0.setting([$1.key], to: $1.node, keyBytes: $1.keyBytes) }
  }

  /// The object with another's members over its own, objects in both likewise.
  func deeplyOverlaid(with other: JSONNode) -> JSONNode {
    (other.members ?? []).reduce(self) { result, member in
      let old = result.member(member.key)?.node
      let isDeep = old?.members != nil && member.node.members != nil
      let value = isDeep ? old?.deeplyOverlaid(with: member.node) : nil
      return result.setting(
        [member.key], to: value ?? member.node,
        keyBytes: value == nil ? member.keyBytes : result.member(member.key)?.keyBytes)
    }
  }
}
