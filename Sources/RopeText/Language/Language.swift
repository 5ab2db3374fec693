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
    guard !isEnglish, !message.template.isEmpty else { return filled(message.template, values) }
    guard let translation = catalogue[message.template] else {
      return markOfMissing + filled(message.template, values)
    }
    return tightened(filled(translation, values))
  }

  /// Words that are English in a table of the source: a title, an axis, a unit.
  public func callAsFunction(fixed words: String) -> String { self(Message(template: words)) }

  /// Words of a part that speaks English alone: told where the catalogue has them or, among its remarks, the sentence that
  /// they were made from; else as they are.
  public func callAsFunction(foreign words: String) -> String {
    guard !isEnglish else { return words }
    if let translation = catalogue[words] { return translation }
    guard let remark = catalogue.remark(words) else { return words }
    let count = (remark.values.keys.max() ?? -1) + 1
    return tightened(filled(remark.translation, (0..<count).map { value(remark.values[$0] ?? "") }))
  }

  /// A value that is a sentence, or names side by side, is told too; a name stays.
  private func value(_ text: String) -> String {
    guard text.contains(" ") else { return text }
    let told = self(foreign: text)
    guard told == text else { return told }
    let joint = [" and ", " or "].first { text.contains($0) } ?? " and "
    let parts = text.split(separator: joint, maxSplits: 1).map(String.init)
    let most = (parts.first ?? "").split(separator: ", ").map(String.init)
    guard (most + parts.dropFirst()).allSatisfy({ $0.allSatisfy(Self.isOfName) }) else { return text }
    guard parts.count == 2 else { return names(most) }
    return self(Message(template: "{1}\(joint){2}", values: [.text(names(most)), .text(parts[1])]))
  }

  private static func isOfName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "-_.@:/'“”".contains(character)
  }

  /// `a, b and c`; in Chinese `a、b 和 c`.
  public func list(_ words: [String]) -> String {
    list(words) { self(Message(template: $0, values: [.text($1), .text($2)])) } ?? ""
  }

  /// The same of anything that a template makes one of two of; nil for an empty list.
  package func list<Item>(_ items: [Item], joined: (_ template: String, Item, Item) -> Item) -> Item? {
    guard let last = items.last else { return nil }
    return items.dropLast().reversed().enumerated().reduce(last) { rest, item in
      joined(item.offset == 0 ? "{1} and {2}" : "{1}, {2}", item.element, rest)
    }
  }

  /// Without the spaces that a translation has around values in Latin letters or digits, where they come to stand between
  /// Chinese characters, quotation marks among them, or before a percent sign.
  package func tightened(_ text: String) -> String {
    guard !isEnglish else { return text }
    func isSetTight(_ character: Character) -> Bool { character.isWide || character == "“" || character == "”" }
    var result = "", isHeld = false
    for character in text {
      if isHeld, character != "%", !(result.last.map(isSetTight) == true && isSetTight(character)) { result += " " }
      isHeld = character == " "
      if !isHeld { result.append(character) }
    }
    return isHeld ? result + " " : result
  }

  private func text(_ value: Message.Value) -> String {
    switch value {
    case .text(let text): text
    case .message(let message): self(message)
    case .list(let values): list(values.map(text))
    }
  }

  private func filled(_ template: String, _ values: [String]) -> String {
    Message.pieces(template, count: values.count).map { piece in
      switch piece {
      case .words(let words): words
      case .value(let place): values[place]
      }
    }.joined()
  }
}
