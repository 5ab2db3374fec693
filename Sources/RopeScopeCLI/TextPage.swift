import RopeReport
import RopeText

/// A page of explanation: a title and named sections, for the terminal, Markdown, JSON and the site.
struct TextPage: Encodable {
  struct Section: Encodable {
    /// How lines are set where there is more than a terminal. Lines of lists and code begin with two spaces.
    enum Form { case prose, formula, list, code }

    let heading: String
    /// Paragraphs; a line that begins with two spaces is kept as it is.
    let lines: [String]
    var form = Form.prose
    /// What the names at the beginnings of a list's lines stand for: they link to the pages of this kind.
    var names: PageKind?

    enum CodingKeys: CodingKey { case heading, lines }
  }

  let schema = "ropescope.explain/1"
  let kind: PageKind
  let id: String
  let title: String
  var sections: [Section] = []
  /// What its headings are told in.
  private let language: Language

  enum CodingKeys: CodingKey { case schema, kind, id, title, sections }

  init(_ kind: PageKind, id: String, title: String, in language: Language = .english) {
    self.kind = kind
    self.id = id
    self.title = title
    self.language = language
  }

  mutating func add(_ heading: String, _ lines: [String]) {
    add(heading, lines, as: lines.first?.hasPrefix("  ") == true ? .list : .prose)
  }

  mutating func add(_ heading: String, _ lines: [String], as form: Section.Form, naming names: PageKind? = nil) {
    let kept = lines.filter { !$0.isEmpty }
    if !kept.isEmpty {
      sections.append(Section(heading: language(fixed: heading), lines: kept, form: form, names: names))
    }
  }

  func text(in layout: TextLayout) -> String {
    var result = layout.line("\(id) — \(title)") + [""]
    for section in sections {
      result.append(section.heading)
      for line in section.lines {
        // What is to be copied stays whole.
        result += section.form == .code ? ["  " + line] : layout.prose(line, indent: "  ", measure: 92)
      }
      result.append("")
    }
    return result.dropLast().joined(separator: "\n")
  }

  var markdown: String {
    var result = ["# \(title) (`\(id)`)", ""]
    for section in sections {
      result += ["## \(section.heading)", ""]
      for line in section.lines {
        result += line.hasPrefix("  ") ? ["    " + line.drop { $0 == " " }] : [line, ""]
      }
      if result.last?.isEmpty == false { result.append("") }
    }
    return result.dropLast().joined(separator: "\n")
  }
}
