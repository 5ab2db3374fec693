/// A sentence whose values are kept apart from its words, so that it can be told in more than one language.
///
/// It is written as the English sentence, whole: `"\(few) of \(count) pairs never complete a turn"` has the template
/// `{1} of {2} pairs never complete a turn` and two values. A translation places the values where its grammar wants
/// them. A singular is a sentence of its own; a sentence is never put together from pieces.
public struct Message: Sendable, Hashable, Codable, ExpressibleByStringInterpolation {
  /// What stands in a place of the template.
  public indirect enum Value: Sendable, Hashable, Codable {
    /// A name or a number: the same in every language.
    case text(String)
    /// Words that are told in the same language as the sentence.
    case message(Message)
    /// Words joined as the language joins a list: `a, b and c`.
    case list([Value])
  }

  /// The English words with `{1}`, `{2}` … where the values stand, in the order of the English sentence.
  public let template: String
  public let values: [Value]

  public init(template: String, values: [Value] = []) {
    self.template = template
    self.values = values
  }

  public init(stringLiteral template: String) { self.init(template: template) }
  public init(stringInterpolation: StringInterpolation) {
    self.init(template: stringInterpolation.template, values: stringInterpolation.values)
  }

  public struct StringInterpolation: StringInterpolationProtocol {
    var template = ""
    var values: [Value] = []

    public init(literalCapacity: Int, interpolationCount: Int) {}

    public mutating func appendLiteral(_ literal: String) { template += literal }
    public mutating func appendInterpolation(_ text: String) { append(.text(text)) }
    public mutating func appendInterpolation(_ number: Int) { append(.text(String(number))) }
    /// A number of things, with commas: 131,072 tokens.
    public mutating func appendInterpolation(count number: Int) { append(.text(number.grouped)) }
    public mutating func appendInterpolation(_ message: Message) { append(.message(message)) }
    public mutating func appendInterpolation(list words: [String]) { append(.list(words.map { .text($0) })) }
    public mutating func appendInterpolation(list words: [Message]) { append(.list(words.map { .message($0) })) }

    private mutating func append(_ value: Value) {
      values.append(value)
      template += "{\(values.count)}"
    }
  }
}
