import RopeMath
import RopeText

/// A sentence of advice, the number that it rests on, and where both come from.
public struct AdviceReason: Sendable, Hashable {
  /// The sentence with its values apart from its words: it is told in the reader's language.
  public let message: Message
  /// The number that decides, where there is one: a factor, a length in tokens, a multiplier.
  public let value: Double?
  public let source: Reference?
  /// What an alternative would be, as SPEC; nil for a sentence about the advice itself, or where no SPEC says it.
  public let method: String?

  public init(_ message: Message, value: Double? = nil, _ source: Reference? = nil, method: String? = nil) {
    self.message = message
    self.value = value
    self.source = source
    self.method = method
  }

  /// In English.
  public var text: String { Language.english(message) }
}

/// A record keeps the English text, and, where it has values, template and values beside it. A record without them is told
/// in English.
extension AdviceReason: Codable {
  enum CodingKeys: CodingKey { case text, template, values, value, source, method }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try container.message(text: .text, template: .template, values: .values),
      value: try container.decodeIfPresent(Double.self, forKey: .value),
      try container.decodeIfPresent(Reference.self, forKey: .source),
      method: try container.decodeIfPresent(String.self, forKey: .method))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(message, text: .text, template: .template, values: .values)
    try container.encodeIfPresent(value, forKey: .value)
    try container.encodeIfPresent(source, forKey: .source)
    try container.encodeIfPresent(method, forKey: .method)
  }
}
