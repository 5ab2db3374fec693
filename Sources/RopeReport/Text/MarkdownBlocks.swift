import RopeChart
import RopeText

/// Blocks as Markdown.
struct MarkdownBlocks {
  let index: DocumentIndex
  var language = Language.english

  func section(_ section: Section, level: Int) -> [String] {
    let head =
      String(repeating: "#", count: level) + " \(index[section.id]?.number ?? "") \(Escaping.markdown(section.title))"
    return [head] + section.blocks.map(block) + section.subsections.flatMap { self.section($0, level: level + 1) }
  }

  func block(_ block: Block) -> String {
    switch block {
    case .prose(let prose): text(prose)
    case .verdict(let verdict):
      verdict.sentences.map { sentence in
        let evidence = sentence.evidence.flatMap { index[$0]?.label }.map { " (\($0))" } ?? ""
        return "- \(text(sentence.text))\(evidence)"
      }.joined(separator: "\n")
    case .list(let list):
      list.items.enumerated().map { (list.numbered ? "\($0.offset + 1). " : "- ") + text($0.element) }
        .joined(separator: "\n")
    case .keyValues(let values):
      values.entries.map { entry in
        "- \(Escaping.markdown(entry.key)): \(text(entry.value))\(entry.source.isEmpty ? "" : " (\(Escaping.markdown(entry.source)))")"
      }.joined(separator: "\n")
    case .table(let table): self.table(table)
    case .chart(let chart):
      picture(chart)
        + ([
          "**\(index[chart.id]?.label ?? "Figure"). \(Escaping.markdown(chart.figure.title))** \(Escaping.markdown(chart.figure.caption))"
        ] + chart.files.filter { Address.isSafe($0.path) }.map { "[\(Escaping.markdown($0.label))](<\($0.path)>)" })
        .joined(separator: " ")
    case .formula(let formula):
      [
        formula.title.isEmpty ? "" : "**\(Escaping.markdown(formula.title))**",
        "    " + MathText(formula.text).plainText,
        formula.remark.map(text) ?? "",
      ].filter { !$0.isEmpty }.joined(separator: "\n\n")
    case .code(let code): Escaping.markdownBlock(code.text)
    case .findings(let findings):
      findings.items.map { item in
        let place = item.place.isEmpty ? "" : " (\(Escaping.markdown(item.place)))"
        return
          "- **\(language(fixed: item.severity.rawValue))** \(Escaping.markdownCode(item.rule, inTable: true)): \(text(item.message)) \(text(item.remedy))\(place)"
      }.joined(separator: "\n")
    case .citations(let citations):
      citations.entries.map { entry in
        "[\(index[entry.id]?.number ?? "")] \(text(entry.text))\(entry.address.map { " <\($0)>" } ?? "")"
      }.joined(separator: "\n\n")
    case .details(let details):
      (["**\(Escaping.markdown(details.summary))**"] + details.blocks.map(self.block)).joined(separator: "\n\n")
    case .note(let note): "> **\(language(note.kind == .caution ? "Caution." : "Note."))** \(text(note.text))"
    }
  }

  /// The figure itself where it has a picture that Markdown can show.
  private func picture(_ chart: Block.Chart) -> String {
    guard let file = chart.files.first(where: { $0.path.hasSuffix(".png") }), Address.isSafe(file.path) else {
      return ""
    }
    return "![\(Escaping.markdown(chart.figure.alternativeText))](<\(file.path)>)\n\n"
  }

  func table(_ table: Block.Table) -> String {
    let best = table.columns.indices.map { table.bestRows(ofColumn: $0) }
    let notes = table.notes
    let head = table.columns.map { Escaping.markdown($0.unit.isEmpty ? $0.title : "\($0.title) (\($0.unit))") }
    let rows = table.rows.indices.map { row in
      table.columns.indices.map { column -> String in
        guard let cell = table.cell(row, column) else { return "" }
        let own = text(cell.text)
        let mark = notes.firstIndex(of: cell.why).map { " [\($0 + 1)]" } ?? ""
        return (best[column].contains(row) ? "**\(own)**" : own) + mark
      }
    }
    let widths = table.columns.indices.map { column in
      max(3, ([head] + rows).map { $0[column].count }.max() ?? 3)
    }
    func line(_ cells: [String]) -> String {
      let padded = zip(zip(cells, widths), table.columns).map { entry, column in
        let space = String(repeating: " ", count: entry.1 - entry.0.count)
        return column.alignment == .left ? entry.0 + space : space + entry.0
      }
      return "| \(padded.joined(separator: " | ")) |"
    }
    let rule = zip(widths, table.columns).map { width, column in
      column.alignment == .left ? String(repeating: "-", count: width) : String(repeating: "-", count: width - 1) + ":"
    }
    let caption = "**\(index[table.id]?.label ?? "Table").** \(text(table.caption))"
    let words = notes.enumerated().map { "[\($0.offset + 1)] \(Escaping.markdown($0.element))" }
    return
      ([caption, ""] + [line(head), "| \(rule.joined(separator: " | ")) |"] + rows.map(line)
      + (words.isEmpty ? [] : ["", words.joined(separator: "; ") + "."])).joined(separator: "\n")
  }

  func text(_ prose: Prose) -> String {
    prose.runs.map { run in
      switch run {
      case .text(let text): Escaping.markdown(text)
      case .emphasis(let text): "*\(Escaping.markdown(text))*"
      case .strong(let text): "**\(Escaping.markdown(text))**"
      case .code(let text): Escaping.markdownCode(text, inTable: true)
      case .formula(let text): Escaping.markdown(MathText(text).plainText)
      case .reference(let id): index[id]?.label ?? Escaping.markdown(id)
      case .link(let text, _): Escaping.markdown(text)
      case .externalLink(let text, let address):
        Address.isSafe(address)
          ? "[\(Escaping.markdown(text))](<\(address.filter { $0 != "<" && $0 != ">" })>)" : Escaping.markdown(text)
      case .number(let text, let source):
        Escaping.markdown(text) + (index.number(ofSource: source).map { " [\(SourceLabel.text($0))]" } ?? "")
      }
    }.joined()
  }
}
