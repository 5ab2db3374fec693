import RopeTensors

/// A small part of a JSON file, taken in whole: the settings of a tokenizer, not its vocabulary.
indirect enum JSONTree: Sendable {
  case object([String: JSONTree])
  case list([JSONTree])
  case text(String)
  case flag(Bool)
  /// Numbers and null, which no setting here depends on.
  case other

  private static let deepest = 16

  init(_ scanner: inout JSONScanner, depth: Int = 0) throws(TensorError) {
    guard depth < Self.deepest else { throw scanner.problem("settings more than \(Self.deepest) deep") }
    switch scanner.peek() {
    case "{":
      var members: [String: JSONTree] = [:]
      try scanner.object { (scanner, key) throws(TensorError) in
        members[key] = try JSONTree(&scanner, depth: depth + 1)
      }
      self = .object(members)
    case "[":
      var elements: [JSONTree] = []
      try scanner.list { (scanner) throws(TensorError) in elements.append(try JSONTree(&scanner, depth: depth + 1)) }
      self = .list(elements)
    case "\"": self = .text(try scanner.text())
    case "t", "f": self = .flag(try scanner.flag())
    default:
      try scanner.skipValue()
      self = .other
    }
  }

  subscript(key: String) -> JSONTree? { if case .object(let members) = self { members[key] } else { nil } }
  var text: String? { if case .text(let text) = self { text } else { nil } }
  var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
  var elements: [JSONTree]? { if case .list(let elements) = self { elements } else { nil } }
  /// The `type` of a setting.
  var type: String? { self["type"]?.text }

  /// This setting's parts where it is a `Sequence` of them, else itself alone; nothing for null.
  func parts(_ key: String) -> [JSONTree] {
    if case .other = self { return [] }
    guard type == "Sequence" else { return [self] }
    return (self[key]?.elements ?? []).flatMap { $0.parts(key) }
  }
}
