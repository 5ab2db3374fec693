/// What sentences are told in: English as it is written in the source, another language by its catalogue.
///
/// `language("\(few) of \(count) pairs never complete a turn")` is the sentence in that language. A sentence that the
/// catalogue lacks is told in English.
public struct Language: Sendable, Equatable {
  public static let english = Language(code: "en", catalogue: MessageCatalogue())

  /// As HTML and PDF name it, after BCP 47: `en`, `zh`.
  public let code: String
  private let catalogue: MessageCatalogue
  /// What stands before a sentence that the catalogue lacks: nothing for readers, a mark where a test looks for them.
  private let markOfMissing: String

  public init(code: String, catalogue: MessageCatalogue, markOfMissing: String = "") {
    self.code = code
    self.catalogue = catalogue
    self.markOfMissing = markOfMissing
  }

  public var isEnglish: Bool { code == "en" }

  /// The sentence with its values in place.
  public func callAsFunction(_ message: Message) -> String {
    let values = message.values.map(text)
    guard !isEnglish else { return filled(message.template, values) }
    guard let translation = catalogue[message.template] else {
      return markOfMissing + filled(message.template, values)
    }
    return filled(translation, values)
  }

  /// Words that are English in a table of the source: a title, an axis, a unit.
  public func callAsFunction(fixed words: String) -> String { self(Message(template: words)) }

  /// `a, b and c`; in Chinese `a、b 和 c`.
  public func list(_ words: [String]) -> String {
    guard let last = words.last else { return "" }
    return words.dropLast().reversed().enumerated().reduce(last) { rest, word in
      let joint: Message = word.offset == 0 ? "\(word.element) and \(rest)" : "\(word.element), \(rest)"
      return self(joint)
    }
  }

  private func text(_ value: Message.Value) -> String {
    switch value {
    case .text(let text): text
    case .message(let message): self(message)
    case .list(let values): list(values.map(text))
    }
  }

  private func filled(_ template: String, _ values: [String]) -> String {
    guard !values.isEmpty else { return template }
    var result = "", rest = template[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      let inner = rest[rest.index(after: open)...]
      guard let close = inner.firstIndex(of: "}"), let place = Int(inner[..<close]), values.indices.contains(place - 1)
      else {
        result.append("{")
        rest = inner
        continue
      }
      result += values[place - 1]
      rest = inner[inner.index(after: close)...]
    }
    return result + rest
  }
}
