import RopeText

/// Links the first use of each term to a list of the terms that a document uses, which it adds to the document.
struct GlossaryLinks {
  /// What the command line's own words mean is no matter of a report.
  private static let left: Set = ["MODEL", "SPEC", "preset"]

  private var used: Set<Int> = []
  private let needles: [(term: Int, needles: [[UInt8]])]

  private init(_ language: Language) {
    needles = language.isEnglish ? Self.englishNeedles : Self.needles(language)
  }

  /// - Parameter before: id of the section that the list of terms is put before.
  static func added(to document: Document, before section: String, in language: Language) -> Document {
    var links = GlossaryLinks(language)
    var document = document
    document.lead = document.lead.map { links.linked($0) }
    document.sections = document.sections.map { section in
      var section = section
      section.blocks = section.blocks.map { links.linked($0) }
      return section
    }
    guard !links.used.isEmpty else { return document }
    let entries = links.used.sorted().map { GlossaryTerm.all[$0] }
      .sorted { $0.name.lowercased() < $1.name.lowercased() }
      .map { term in
        Block.KeyValues.Entry(
          language(fixed: term.name), Prose(marked: language(fixed: term.meaning)), id: id(term.name))
      }
    let place = document.sections.firstIndex { $0.id == section } ?? document.sections.count
    document.sections.insert(
      Section(id: "terms", title: language("Terms"), blocks: [.keyValues(Block.KeyValues(entries))]), at: place)
    return document
  }

  /// The anchor of a term's entry.
  static func id(_ name: String) -> String { "term-" + Escaping.identifier(name) }

  private mutating func linked(_ block: Block) -> Block {
    switch block {
    case .prose(let prose): return .prose(linked(prose))
    case .verdict(var verdict):
      for place in verdict.sentences.indices { verdict.sentences[place].text = linked(verdict.sentences[place].text) }
      return .verdict(verdict)
    case .list(var list):
      for place in list.items.indices { list.items[place] = linked(list.items[place]) }
      return .list(list)
    case .keyValues(var values):
      for place in values.entries.indices { values.entries[place].value = linked(values.entries[place].value) }
      return .keyValues(values)
    case .table(var table):
      table.caption = linked(table.caption)
      for row in table.rows.indices {
        for cell in table.rows[row].cells.indices {
          table.rows[row].cells[cell].text = linked(table.rows[row].cells[cell].text)
        }
      }
      for column in table.columns { use(column.term) }
      return .table(table)
    case .details(var details):
      details.blocks = details.blocks.map { linked($0) }
      return .details(details)
    case .note(var note):
      note.text = linked(note.text)
      return .note(note)
    case .chart, .formula, .code, .findings, .citations: return block
    }
  }

  private mutating func use(_ term: String?) {
    if let term, let place = GlossaryTerm.all.firstIndex(where: { $0.name == term }) { used.insert(place) }
  }

  private mutating func linked(_ prose: Prose) -> Prose {
    var runs: [Inline] = []
    for run in prose.runs {
      guard case .text(let text) = run else {
        runs.append(run)
        continue
      }
      runs += linked(text)
    }
    return Prose(runs: runs)
  }

  private mutating func linked(_ text: String) -> [Inline] {
    let bytes = Array(text.utf8)
    var found: (range: Range<Int>, term: Int)?
    for (term, needles) in needles where !used.contains(term) {
      for needle in needles {
        guard let range = Self.range(of: needle, in: bytes), range.lowerBound < found?.range.lowerBound ?? .max else {
          continue
        }
        found = (range, term)
      }
    }
    guard let found else { return [.text(text)] }
    used.insert(found.term)
    func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    let link = Inline.link(part(found.range), id: Self.id(GlossaryTerm.all[found.term].name))
    let head = part(0..<found.range.lowerBound)
    let rest = part(found.range.upperBound..<bytes.count)
    return (head.isEmpty ? [] : [.text(head)]) + [link] + (rest.isEmpty ? [] : linked(rest))
  }

  /// Names, and other spellings of several words, as ASCII; whole words are looked for, with a plural's s.
  private static let englishNeedles: [(term: Int, needles: [[UInt8]])] = GlossaryTerm.all.enumerated().compactMap {
    place, term in
    guard !left.contains(term.name) else { return nil }
    let spellings = [term.name] + term.aliases.filter { $0.contains(" ") || $0.contains("-") }
    return (place, spellings.filter { $0.count > 1 && $0.utf8.allSatisfy { $0 < 0x80 } }.map { Array($0.utf8) })
  }

  /// Of a language without spaces the names alone, since a short one stands within other words.
  private static func needles(_ language: Language) -> [(term: Int, needles: [[UInt8]])] {
    GlossaryTerm.all.enumerated().compactMap { place, term in
      let name = language(fixed: term.name)
      return left.contains(term.name) || name.count < 2 ? nil : (place, [Array(name.utf8)])
    }
  }

  private static func range(of needle: [UInt8], in text: [UInt8]) -> Range<Int>? {
    guard let first = needle.first, text.count >= needle.count else { return nil }
    // Classes such as K0 are told by their capital.
    let isExact = (0x41...0x5A).contains(first)
    for start in 0...(text.count - needle.count) {
      guard (0..<needle.count).allSatisfy({ equal(text[start + $0], needle[$0], isExact: isExact) }) else { continue }
      var end = start + needle.count
      if first >= 0x80 { return start..<end }
      if end < text.count, text[end] == 0x73 { end += 1 }
      if (start == 0 || !isWord(text[start - 1])) && (end == text.count || !isWord(text[end])) { return start..<end }
    }
    return nil
  }

  private static func equal(_ one: UInt8, _ other: UInt8, isExact: Bool) -> Bool {
    one == other || !isExact && (0x41...0x5A).contains(one) && one + 0x20 == other
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || [0x5F, 0x2D, 0x3D].contains(byte) || byte >= 0x80
  }
}
