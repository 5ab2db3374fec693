import RopeText

/// The words of templates and scripts, which stand in them as `⟦Numbers of ⟨label⟩⟧`, told in a language: `⟨label⟩` is a
/// value of the template or an expression of the script.
enum TemplateWords {
  /// Of a Mustache template: values become `{{{label}}}`, words are escaped.
  static func markup(_ text: String, in language: Language) -> String {
    told(text, in: language) { pieces, _ in
      pieces.map { piece in
        switch piece {
        case .words(let words): Escaping.html(words)
        case .value(let name): "{{{\(name)}}}"
        }
      }.joined()
    }
  }

  /// Of a script: an expression of strings; between the slashes of a pattern the words alone.
  static func script(_ text: String, in language: Language) -> String {
    told(text, in: language) { pieces, before in
      if before == "/", case .words(let words)? = pieces.first { return words }
      return pieces.map { piece in
        switch piece {
        case .words(let words): "'\(words.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined())'"
        case .value(let expression): expression
        }
      }.joined(separator: " + ")
    }
  }

  private enum Piece {
    case words(String)
    case value(String)
  }

  private static func told(
    _ text: String, in language: Language, written: (_ pieces: [Piece], _ before: Character?) -> String
  ) -> String {
    var result = "", rest = text[...]
    while let open = rest.firstIndex(of: "⟦"), let close = rest[open...].firstIndex(of: "⟧") {
      result += rest[..<open]
      var template = "", values: [String] = []
      var inner = rest[rest.index(after: open)..<close]
      while let start = inner.firstIndex(of: "⟨"), let end = inner[start...].firstIndex(of: "⟩") {
        values.append(String(inner[inner.index(after: start)..<end]))
        template += inner[..<start] + "{\(values.count)}"
        inner = inner[inner.index(after: end)...]
      }
      template += inner
      let pieces = Message.pieces(language(fixed: template), count: values.count).map { piece -> Piece in
        switch piece {
        case .words(let words): .words(words)
        case .value(let place): .value(values[place])
        }
      }
      result += written(pieces, result.last)
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
