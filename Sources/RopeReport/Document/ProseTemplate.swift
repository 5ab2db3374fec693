import RopeText

/// A paragraph whose runs are kept apart from its words, as `Message` keeps values apart: it is told in a language, and
/// the translation places the runs.
///
///     Prose("What counts as trained stands under \(reference: "model").", in: language)
struct ProseTemplate: ExpressibleByStringInterpolation {
  fileprivate enum Value {
    case prose(Prose)
    case message(Message)
    case list([ProseTemplate])
  }

  fileprivate let template: String
  fileprivate let values: [Value]

  init(stringLiteral template: String) { (self.template, values) = (template, []) }
  init(stringInterpolation: StringInterpolation) {
    (template, values) = (stringInterpolation.template, stringInterpolation.values)
  }

  struct StringInterpolation: StringInterpolationProtocol {
    var template = ""
    fileprivate var values: [Value] = []

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) { template += literal }
    mutating func appendInterpolation(_ text: String) { append(.prose(Prose(text))) }
    mutating func appendInterpolation(_ number: Int) { append(.prose(Prose(String(number)))) }
    mutating func appendInterpolation(_ prose: Prose) { append(.prose(prose)) }
    mutating func appendInterpolation(_ message: Message) { append(.message(message)) }
    mutating func appendInterpolation(list templates: [ProseTemplate]) { append(.list(templates)) }
    mutating func appendInterpolation(code text: String) { append(.prose(Prose(runs: [.code(text)]))) }
    mutating func appendInterpolation(strong text: String) { append(.prose(Prose(runs: [.strong(text)]))) }
    mutating func appendInterpolation(reference id: String) { append(.prose(Prose(runs: [.reference(id)]))) }

    private mutating func append(_ value: Value) {
      values.append(value)
      template += "{\(values.count)}"
    }
  }
}

extension Prose {
  init(_ template: ProseTemplate, in language: Language) {
    self.init(
      language(fixed: template.template),
      template.values.map { value in
        switch value {
        case .prose(let prose): prose
        case .message(let message): Prose(language(message))
        case .list(let items): Self.list(items.map { Prose($0, in: language) }, in: language)
        }
      }, in: language)
  }

  /// `a, b and c` as the language joins a list.
  static func list(_ items: [Prose], in language: Language) -> Prose {
    language.list(items) { Prose(language(fixed: $0), [$1, $2], in: language) } ?? Prose("")
  }

  /// A told template with its values in place.
  private init(_ template: String, _ values: [Prose], in language: Language) {
    var runs: [Inline] = [], text = ""
    func endText() {
      if !text.isEmpty { runs.append(.text(language.tightened(text))) }
      text = ""
    }
    for piece in Message.pieces(template, count: values.count) {
      switch piece {
      case .words(let words): text += words
      case .value(let place):
        for run in values[place].runs {
          if case .text(let words) = run {
            text += words
          } else {
            endText()
            runs.append(run)
          }
        }
      }
    }
    endText()
    self.init(runs: runs)
  }
}
