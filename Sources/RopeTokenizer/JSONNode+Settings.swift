import RopeJSON

/// Settings of a tokenizer.
extension JSONNode {
  subscript(key: String) -> JSONNode? { member(key)?.node }
  var text: String? { if case .string(let text) = value { text } else { nil } }
  var flag: Bool? { if case .bool(let flag) = value { flag } else { nil } }
  var integer: Int? { if case .number(let number, _) = value { Int(exactly: number) } else { nil } }
  /// The `type` of a setting.
  var type: String? { self["type"]?.text }

  /// This setting's parts where it is a `Sequence` of them, else itself alone; nothing for null.
  func parts(_ key: String) -> [JSONNode] {
    if isNull { return [] }
    guard type == "Sequence" else { return [self] }
    return (self[key]?.elements ?? []).flatMap { $0.parts(key) }
  }
}
