extension JSONNode: Encodable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// The value without its places; a number that JSON cannot say is null.
  public func encode(to encoder: any Encoder) throws {
    switch value {
    case .object(let members):
      var container = encoder.container(keyedBy: Key.self)
      for member in members { try container.encode(member.node, forKey: Key(stringValue: member.key)) }
    case .array(let elements):
      var container = encoder.unkeyedContainer()
      for element in elements { try container.encode(element) }
    case .string(let text):
      var container = encoder.singleValueContainer()
      try container.encode(text)
    case .bool(let flag):
      var container = encoder.singleValueContainer()
      try container.encode(flag)
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .number(let number, let literal):
      var container = encoder.singleValueContainer()
      let isWhole = !literal.contains { ".eE".contains($0) }
      if isWhole, let integer = Int(exactly: number) {
        try container.encode(integer)
      } else if number.isFinite {
        try container.encode(number)
      } else {
        try container.encodeNil()
      }
    }
  }
}
