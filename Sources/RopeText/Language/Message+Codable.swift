/// As records keep a sentence: `{"template": "{1} of {2} pairs", "values": ["3", "64"]}`; a value is a text, a sentence
/// of its own, or a list of values.
extension Message {
  enum CodingKeys: CodingKey { case template, values }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      template: try container.decode(String.self, forKey: .template),
      values: try container.decodeIfPresent([Value].self, forKey: .values) ?? [])
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(template, forKey: .template)
    if !values.isEmpty { try container.encode(values, forKey: .values) }
  }
}

extension Message.Value {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let values = try? container.decode([Self].self) {
      self = .list(values)
    } else {
      self = .message(try container.decode(Message.self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .message(let message): try container.encode(message)
    case .list(let values): try container.encode(values)
    }
  }
}

/// As records keep a sentence that scripts read too: in English under one key and, where it has values, template and values
/// under two more. A record without those is told in English.
extension KeyedEncodingContainer {
  package mutating func encode(_ message: Message, text: Key, template: Key, values: Key) throws {
    try encode(Language.english(message), forKey: text)
    guard !message.values.isEmpty else { return }
    try encode(message.template, forKey: template)
    try encode(message.values, forKey: values)
  }
}

extension KeyedDecodingContainer {
  package func message(text: Key, template: Key, values: Key) throws -> Message {
    let english = try decode(String.self, forKey: text)
    return Message(
      template: try decodeIfPresent(String.self, forKey: template) ?? english,
      values: try decodeIfPresent([Message.Value].self, forKey: values) ?? [])
  }
}
