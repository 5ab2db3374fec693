import Foundation
import RopeMath
import RopeText

/// References as BibTeX: what a paper cites when it uses a method.
public enum BibTeX {
  /// An entry for everything that methods cite, each once, by its key: papers with authors, title and year, and source
  /// files that stand for no paper where a method has nothing else.
  public static func entries(of cards: [MethodCard]) -> String {
    var seen: Set<String> = []
    let entries = cards.flatMap { card -> [(key: String, text: String)] in
      let papers = card.references.compactMap(\.paper).map(entry)
      return papers.isEmpty ? card.references.prefix(1).map(entry) : papers
    }.filter { seen.insert($0.key).inserted }
    return entries.map(\.text).joined(separator: "\n\n")
  }

  /// A file of what the methods of a run cite.
  public static func bytes(of record: RunRecord) -> [UInt8] {
    let cards = record.comparison.flatMap(\.ids).compactMap { try? MethodCatalogue.type(named: $0).card }
    return Array((entries(of: cards) + "\n").utf8)
  }

  /// The key of an entry: family name, year and first word of the title, as Google Scholar makes them.
  public static func key(_ paper: Paper) -> String {
    let family = paper.authors.first?.split(separator: " ").last.map(String.init) ?? ""
    let small: Set = ["a", "an", "the", "on", "why", "does", "of"]
    let words = paper.title.split { !$0.isLetter && !$0.isNumber }.map { $0.lowercased() }
    // Essays of a series begin alike: their number tells them apart.
    let number = paper.arXiv == nil ? paper.source.filter(\.isNumber) : ""
    return plain(family) + String(paper.year) + plain(words.first { !small.contains($0) } ?? "") + number
  }

  private static func entry(_ paper: Paper) -> (key: String, text: String) {
    let key = key(paper)
    var fields = [
      ("author", paper.authors.map(Escaping.latex).joined(separator: " and ")), ("title", protected(paper.title)),
    ]
    if let number = paper.arXiv {
      fields += [
        ("journal", "arXiv preprint arXiv:\(number)"), ("year", String(paper.year)), ("eprint", number),
        ("archiveprefix", "arXiv"), ("url", "https://arxiv.org/abs/\(number)"),
      ]
    } else {
      let page = paper.source.split(separator: " ").last.map(String.init) ?? ""
      fields += [
        ("year", String(paper.year)), ("note", "In Chinese"),
        ("howpublished", "\\url{https://kexue.fm/archives/\(page)}"),
      ]
    }
    return (key, text(paper.arXiv == nil ? "misc" : "article", key, fields))
  }

  /// A source file: title and where it stands.
  private static func entry(_ reference: Reference) -> (key: String, text: String) {
    let key = plain(reference.title) + plain(String(reference.source.prefix { $0 != "." }))
    let place = [reference.source, reference.place].compactMap { $0 }.map(Escaping.latex).joined(separator: ", ")
    return (
      key,
      text(
        "misc", key,
        [("key", Escaping.latex(reference.title)), ("title", protected(reference.title)), ("howpublished", place)])
    )
  }

  private static func text(_ kind: String, _ key: String, _ fields: [(String, String)]) -> String {
    "@\(kind){\(key),\n" + fields.map { "  \($0) = {\($1)}" }.joined(separator: ",\n") + "\n}"
  }

  /// Words with capitals of their own keep them where a style lowers titles.
  private static func protected(_ title: String) -> String {
    title.split(separator: " ").map { word in
      let text = Escaping.latex(String(word))
      return word.dropFirst().contains { $0.isUppercase || $0.isNumber } ? "{\(text)}" : text
    }.joined(separator: " ")
  }

  /// Letters and digits of ASCII, diacritics dropped, in lower case.
  private static func plain(_ text: String) -> String {
    var kept = String.UnicodeScalarView()
    kept.append(
      contentsOf: text.decomposedStringWithCanonicalMapping.lowercased().unicodeScalars.filter {
        $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
      })
    return String(kept)
  }
}
