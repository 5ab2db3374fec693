import RopeChart

/// Lays a document out on pages: title and verdict, contents, sections, with running heads, page numbers, links and
/// bookmarks. Drawing the pages is left to a writer of display lists.
public struct PDFRenderer: Sendable {
  public let style: PageStyle
  /// How figures are drawn; their width is that of the column.
  public let figureStyle: FigureStyle
  public let metrics: any TextMetrics

  /// - Parameter figureStyle: nil takes sizes that go with the page's text.
  public init(style: PageStyle = .a4, figureStyle: FigureStyle? = nil, metrics: any TextMetrics) {
    self.style = style
    self.figureStyle =
      figureStyle
      ?? FigureStyle(
        id: "report", width: style.columnWidth, labelSize: 9, tickSize: 8,
        families: ["TeX Gyre Termes", "STIXGeneral", "Liberation Serif", "DejaVu Serif"])
    self.metrics = metrics
  }

  public func render(_ document: Document) -> PaginatedDocument {
    let index = DocumentIndex(document)
    let composer = PageComposer(
      style: style, figureStyle: figureStyle, metrics: metrics,
      setter: TextSetter(ruler: TextRuler(metrics), index: index))
    let front = composer.titlePieces(document.metadata) + composer.pieces(document.lead)
    let body = document.sections.enumerated().flatMap { place, section in
      composer.pieces(section, startsPage: place == 0)
    }
    let sources = composer.sourcePieces()
    let flow = PageFlow(style: style)
    // The contents list takes the same space whatever its numbers are, so a first pass finds them.
    var pages: [PageFlow.Page] = []
    var numbers: [String: Int] = [:]
    for _ in 0..<2 {
      pages = flow.pages(front + composer.contentsPieces(document, pageNumbers: numbers) + body + sources)
      numbers = Self.pageNumbers(pages)
    }
    return PaginatedDocument(
      metadata: document.metadata,
      pages: pages.enumerated().map { place, page in
        var list = DisplayList(width: style.width, height: style.height)
        list.operations = page.operations
        list.operations += composer.furniture(document.metadata, page, number: place + 1, of: pages.count)
        return list
      }, outline: Self.outline(document, index))
  }

  private static func pageNumbers(_ pages: [PageFlow.Page]) -> [String: Int] {
    var numbers: [String: Int] = [:]
    for (place, page) in pages.enumerated() {
      for case .destination(let name, _, _) in page.operations where numbers[name] == nil { numbers[name] = place + 1 }
    }
    return numbers
  }

  private static func outline(_ document: Document, _ index: DocumentIndex) -> [PaginatedDocument.OutlineEntry] {
    func figures(_ blocks: [Block]) -> [PaginatedDocument.OutlineEntry] {
      blocks.flatMap { block -> [PaginatedDocument.OutlineEntry] in
        switch block {
        case .chart, .table:
          guard let id = block.id, let entry = index[id] else { return [] }
          return [.init(title: "\(entry.label): \(entry.title)", destination: id)]
        case .details(let details): return figures(details.blocks)
        default: return []
        }
      }
    }
    func entry(_ section: Section) -> PaginatedDocument.OutlineEntry {
      .init(
        title: "\(index[section.id]?.number ?? "") \(section.title)", destination: section.id,
        children: figures(section.blocks) + section.subsections.map(entry))
    }
    var outline = figures(document.lead) + document.sections.map(entry)
    if let sources = index[DocumentIndex.sourcesID] {
      outline.append(.init(title: "\(sources.number) \(sources.title)", destination: sources.id))
    }
    return outline
  }
}
