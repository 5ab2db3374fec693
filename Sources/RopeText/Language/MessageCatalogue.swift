/// The sentences of a language by their English, read from a file in gettext's PO format, which translators have
/// editors for: `msgid "{1} of {2} pairs"`, `msgstr "{2} 对中的 {1} 对"`, long strings over several lines, `#` before a
/// comment. Contexts, plurals and fuzzy marks are not used: a singular is a sentence of its own.
///
/// A line that is none of these is passed over; an entry with an empty translation is no entry.
public struct MessageCatalogue: Sendable, Equatable {
  private var translations: [String: String] = [:]
  /// Sentences that are found again in finished words, those with the most words of their own first.
  private var remarks: [RemarkPattern] = []

  /// A catalogue that translates nothing.
  public init() {}

  public init(portableObject text: String) { self.init(portableObjects: [text]) }

  /// Several files as one: of two entries for the same English the later counts.
  ///
  /// - Parameter remarks: files of sentences that parts which speak English alone say with their values in place.
  public init(portableObjects texts: [String], remarks: [String] = []) {
    (texts + remarks).forEach { read($0) }
    guard !remarks.isEmpty else { return }
    let own = MessageCatalogue(portableObjects: remarks)
    self.remarks = own.templates.compactMap(RemarkPattern.init).sorted {
      ($0.size, $1.template) > ($1.size, $0.template)
    }
  }

  private mutating func read(_ text: String) {
    var id = "", translation = "", isTranslation = false
    func unquoted(_ line: Substring) -> String {
      guard let open = line.firstIndex(of: "\""), let close = line.lastIndex(of: "\""), open < close else { return "" }
      var result = "", isEscaped = false
      for character in line[line.index(after: open)..<close] {
        if isEscaped {
          result.append(character == "n" ? "\n" : character)
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else {
          result.append(character)
        }
      }
      return result
    }
    for line in text.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("msgid ") {
        keep(id, translation)
        (id, translation, isTranslation) = (unquoted(line), "", false)
      } else if line.hasPrefix("msgstr ") {
        (translation, isTranslation) = (unquoted(line), true)
      } else if line.hasPrefix("\"") {
        if isTranslation { translation += unquoted(line) } else { id += unquoted(line) }
      }
    }
    keep(id, translation)
  }

  private mutating func keep(_ id: String, _ translation: String) {
    if !id.isEmpty, !translation.isEmpty { translations[id] = translation }
  }

  public subscript(template: String) -> String? { translations[template] }

  /// The translation of a sentence that finished words were made from, with what stands in its places; nil where none fits.
  func remark(_ words: String) -> (translation: String, values: [Int: String])? {
    for pattern in remarks {
      if let values = pattern.values(in: words), let translation = translations[pattern.template] {
        return (translation, values)
      }
    }
    return nil
  }

  /// The English templates that it translates, in order.
  public var templates: [String] { translations.keys.sorted() }
}
