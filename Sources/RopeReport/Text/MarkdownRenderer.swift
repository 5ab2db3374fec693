import RopeChart
import RopeText

/// Renders a document as Markdown: for a terminal, a pull request, a wiki. Figures become their message, caption and
/// files.
public struct MarkdownRenderer: Sendable {
  private let language: Language

  public init(in language: Language = .english) { self.language = language }

  public func render(_ document: Document) -> String {
    let writer = MarkdownBlocks(index: DocumentIndex(document, in: language), language: language)
    var parts = ["# " + Escaping.markdown(document.metadata.title)]
    if !document.metadata.subtitle.isEmpty { parts.append(Escaping.markdown(document.metadata.subtitle)) }
    parts += document.lead.map(writer.block)
    for section in document.sections { parts += writer.section(section, level: 2) }
    if !writer.index.sources.isEmpty {
      parts.append("## " + Escaping.markdown(language("Where the numbers come from")))
      parts.append(
        writer.index.sources.enumerated()
          .map { "- [\(SourceLabel.text($0.offset + 1))] \(Escaping.markdown($0.element))" }.joined(separator: "\n"))
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  /// A pipe table alone, its columns padded so that it reads as plain text too.
  public func render(_ table: Block.Table) -> String {
    MarkdownBlocks(index: DocumentIndex(Document(metadata: .init(title: ""), lead: [.table(table)], sections: [])))
      .table(table)
  }
}
