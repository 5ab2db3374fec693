import RopeChart
import RopeText

/// Blocks as HTML: prepares each block's values as finished HTML and hands them to its template.
struct HTMLBlocks {
  let renderer: HTMLRenderer
  let index: DocumentIndex
  let charts: ChartDrawings

  var language: Language { index.language }

  func blocks(_ blocks: [Block]) -> String { blocks.map(block).joined() }

  func section(_ section: Section, level: Int) -> String {
    renderer.fill(
      "section",
      [
        "id": Escaping.identifier(section.id), "level": "\(level)",
        "number": Escaping.html(index[section.id]?.number ?? ""),
        "title": Escaping.html(section.title), "content": blocks(section.blocks),
        "subsections": section.subsections.map { self.section($0, level: level + 1) }.joined(),
      ])
  }

  /// The list that numbers point to.
  func sources() -> String? {
    guard let entry = index[DocumentIndex.sourcesID] else { return nil }
    let items = index.sources.enumerated().map { place, source in
      "<li id=\"source-\(place + 1)\"><span class=\"mark\">\(SourceLabel.text(place + 1))</span> \(Escaping.html(source))</li>"
    }
    return renderer.fill(
      "section",
      [
        "id": entry.id, "level": "2", "number": entry.number, "title": entry.title,
        "content": "<ol class=\"sources\">\(items.joined(separator: "\n"))</ol>",
      ])
  }

  private func block(_ block: Block) -> String {
    switch block {
    case .prose(let prose): renderer.fill("paragraph", ["text": html(prose)])
    case .verdict(let verdict): renderer.fill("verdict", ["sentences": verdict.sentences.map(values)])
    case .list(let list):
      renderer.fill(
        "list", ["tag": list.numbered ? "ol" : "ul", "items": list.items.map { ["text": html($0)] }])
    case .keyValues(let values): renderer.fill("key-values", ["entries": values.entries.map(self.values)])
    case .table(let table): self.table(table)
    case .chart(let chart): self.chart(chart)
    case .formula(let formula): renderer.fill("formula", values(formula))
    case .code(let code):
      renderer.fill("code", ["title": Escaping.html(code.title), "text": Self.code(code.text)])
    case .findings(let findings):
      renderer.fill(
        "findings",
        ["id": findings.id.map(Escaping.identifier) ?? "", "items": findings.items.map(values)])
    case .citations(let citations):
      renderer.fill("citations", ["entries": citations.entries.map(values)])
    case .details(let details):
      renderer.fill(
        "details",
        [
          "id": details.id.map(Escaping.identifier) ?? "", "summary": Escaping.html(details.summary),
          "content": blocks(details.blocks),
        ])
    case .note(let note):
      renderer.fill(
        "note",
        [
          "kind": note.kind.rawValue, "label": language(note.kind == .caution ? "Caution" : "Note"),
          "heading": language(note.heading), "text": html(note.text),
        ])
    }
  }

  private func values(_ sentence: Block.Verdict.Sentence) -> [String: Any] {
    let words: [Block.Verdict.Sentence.Tone: Message] = [.good: "Good", .caution: "Caution", .bad: "Bad"]
    return [
      "tone": sentence.tone.rawValue, "word": words[sentence.tone].map { language($0) } ?? "",
      "text": html(sentence.text),
      "evidence": sentence.evidence.map { html([.reference($0)]) } ?? "",
    ].filter { !$0.value.isEmpty }
  }

  private func values(_ entry: Block.KeyValues.Entry) -> [String: Any] {
    var value = html(entry.value)
    if let number = index.number(ofSource: entry.source) {
      value += " <a class=\"origin\" href=\"#source-\(number)\">\(Escaping.html(entry.source))</a>"
    }
    return [
      "key": Escaping.html(entry.key), "value": value, "id": entry.id.map(Escaping.identifier) ?? "",
    ].filter { !$0.value.isEmpty }
  }

  private func values(_ formula: Block.Formula) -> [String: Any] {
    let symbols = formula.symbols.map { language("\(math($0.symbol)) is \(html($0.meaning))") }
      .joined(separator: language(", "))
    let number = formula.id.flatMap { index[$0]?.number } ?? ""
    let values: [String: String] = [
      "id": formula.id.map(Escaping.identifier) ?? "", "text": MathText(formula.text).html(isDisplayed: true),
      "number": number.isEmpty ? "" : "(\(number))", "symbols": symbols.isEmpty ? "" : language("where \(symbols)"),
      "reference": formula.reference.map(html) ?? "", "title": Escaping.html(formula.title),
      "remark": formula.remark.map(html) ?? "",
    ]
    return values.filter { !$0.value.isEmpty }
  }

  private func values(_ item: Block.Findings.Item) -> [String: Any] {
    [
      "severity": item.severity.rawValue, "word": language(fixed: item.severity.rawValue),
      "rule": Escaping.html(item.rule), "message": html(item.message),
      "place": Escaping.html(item.place), "remedy": html(item.remedy),
    ].filter { !$0.value.isEmpty }
  }

  private func values(_ entry: Block.Citations.Entry) -> [String: Any] {
    let address = entry.address ?? ""
    return [
      "id": Escaping.identifier(entry.id), "number": index[entry.id]?.number ?? "", "text": html(entry.text),
      "link": address.isEmpty ? "" : html([.externalLink(address, address: address)]),
    ].filter { !$0.value.isEmpty }
  }

  // MARK: Runs

  func html(_ prose: Prose) -> String { html(prose.runs) }

  func html(_ runs: [Inline]) -> String {
    runs.map { run in
      switch run {
      case .text(let text): return Escaping.html(text.keepingUnits)
      case .emphasis(let text): return "<em>\(Escaping.html(text))</em>"
      case .strong(let text): return "<strong>\(Escaping.html(text))</strong>"
      case .code(let text): return "<code>\(Self.code(text))</code>"
      case .formula(let text): return math(text)
      case .reference(let id):
        guard let entry = index[id] else { return Escaping.html(id) }
        let label = Escaping.html(entry.label.replacing(" ", with: "\u{A0}"))
        return "<a href=\"#\(Escaping.identifier(id))\" title=\"\(Escaping.html(entry.title))\">\(label)</a>"
      case .link(let text, let id):
        guard index[id] != nil else { return Escaping.html(text) }
        return "<a href=\"#\(Escaping.identifier(id))\">\(Escaping.html(text))</a>"
      case .externalLink(let text, let address):
        guard Address.isSafe(address) else { return Escaping.html(text) }
        return "<a href=\"\(Escaping.html(address))\">\(Escaping.html(text))</a>"
      case .number(let text, let source):
        guard let number = index.number(ofSource: source) else { return Escaping.html(text) }
        return "<a class=\"number\" href=\"#source-\(number)\" title=\"\(Escaping.html(source))\""
          + " data-mark=\"\(SourceLabel.text(number))\">\(Escaping.html(text))</a>"
      }
    }.joined()
  }

  /// Code whose long words may break behind commas, and where these part nothing short behind the other signs between
  /// names and values. A short word with a hyphen, behind which a browser would break it, stays whole.
  static func code(_ text: String) -> String {
    var result = "", rest = text[...]
    while !rest.isEmpty {
      let word = rest.prefix { !$0.isWhitespace }, space = rest[word.endIndex...].prefix { $0.isWhitespace }
      let pieces = cut(word, behind: ",").flatMap { cut($0, behind: "._=:/") }
      let told = pieces.map { Escaping.html(String($0)) }.joined(separator: "<wbr>")
      let isWhole = pieces.count == 1 && word.count <= longWord && word.contains("-")
      result += (isWhole ? "<span class=\"whole\">\(told)</span>" : told) + Escaping.html(String(space))
      rest = rest[space.endIndex...]
    }
    return result
  }

  private static let longWord = 24

  /// A word of more than 24 characters in pieces that end with one of the signs; no number is cut.
  private static func cut(_ word: Substring, behind signs: String) -> [Substring] {
    guard word.count > longWord else { return [word] }
    var pieces: [Substring] = [], start = word.startIndex
    for (place, next) in zip(word.indices.dropFirst(), word.dropFirst()) {
      let sign = word[word.index(before: place)]
      guard signs.contains(sign), !signs.contains(next),
        !(next.isNumber && word[start..<place].dropLast().last?.isNumber == true)
      else { continue }
      pieces.append(word[start..<place])
      start = place
    }
    return pieces + [word[start...]]
  }

  func math(_ text: String) -> String { MathText(text).html() }
}
