import RopeCairo
import RopeChart
import RopeText

/// Lays a document out on pages: title and verdict, contents, sections, with running heads, page numbers, links and
/// bookmarks. `PDFDocumentWriter` makes a file of it.
public struct PDFRenderer: Sendable {
  public let style: PageStyle
  /// How figures are drawn; their width is that of the column.
  public let figureStyle: FigureStyle
  public let metrics: any TextMetrics
  /// What the pages' own words are told in.
  public let language: Language

  /// - Parameter figureStyle: nil takes sizes that go with the page's text.
  public init(
    style: PageStyle = .a4, figureStyle: FigureStyle? = nil, metrics: any TextMetrics, language: Language = .english
  ) {
    self.language = language
    self.style = style
    self.figureStyle =
      figureStyle
      ?? FigureStyle(
        id: "report", width: style.columnWidth, labelSize: 9, tickSize: 8,
        families: Self.families(in: language))
    self.metrics = metrics
  }

  /// The faces of its text, those with the characters of the language behind the others.
  public static func families(in language: Language) -> [String] {
    language.code == "zh" ? FontFamilies.serif + FontFamilies.chineseSerif : FontFamilies.serif
  }

  /// - Parameters:
  ///   - created: seconds since 1970 that the file names as its date; nil takes the writer's fixed one.
  ///   - pageLimit: type is set smaller, down to 0.7 of its size, until no more pages are filled; nil for any number.
  public func render(_ document: Document, created: Int? = nil, pageLimit: Int? = nil) -> PDFDocument {
    let plain = pages(of: document, created: created)
    guard let pageLimit, plain.pages.count > pageLimit else { return plain }
    var smaller = plain
    for scale in [0.93, 0.86, 0.8, 0.75, 0.7] where smaller.pages.count > pageLimit {
      smaller = PDFRenderer(style: style.scaled(by: scale), metrics: metrics, language: language).pages(
        of: document, created: created)
    }
    return smaller
  }

  private func pages(of document: Document, created: Int?) -> PDFDocument {
    let index = DocumentIndex(document, in: language)
    let composer = PageComposer(
      style: style, figureStyle: figureStyle, metrics: metrics,
      setter: TextSetter(ruler: TextRuler(metrics), index: index))
    let front = composer.titlePieces(document.metadata) + composer.pieces(document.lead)
    let body = document.sections.flatMap { composer.pieces($0) }
    let sources = composer.sourcePieces()
    let flow = PageFlow(style: style)
    // The contents list takes the same space whatever its numbers are, so a first pass finds them.
    var pages: [PageFlow.Page] = []
    var numbers: [String: Int] = [:]
    for _ in 0..<2 {
      pages = flow.pages(front + composer.contentsPieces(document, pageNumbers: numbers) + body + sources)
      numbers = Self.pageNumbers(pages)
    }
    let metadata = document.metadata
    return PDFDocument(
      pages: pages.enumerated().map { place, page in
        let furniture = composer.furniture(metadata, page, number: place + 1, of: pages.count)
        return .init(DisplayList(width: style.width, height: style.height, operations: page.operations + furniture))
      }, bookmarks: Self.outline(document, index),
      metadata: PDFMetadata(
        title: metadata.title, author: metadata.author, subject: metadata.description, keywords: metadata.keywords,
        creator: metadata.creator, created: created), language: metadata.language)
  }

  private static func pageNumbers(_ pages: [PageFlow.Page]) -> [String: Int] {
    var numbers: [String: Int] = [:]
    for (place, page) in pages.enumerated() {
      for case .destination(let name, _, _) in page.operations where numbers[name] == nil { numbers[name] = place + 1 }
    }
    return numbers
  }

  private static func outline(_ document: Document, _ index: DocumentIndex) -> [PDFDocument.Bookmark] {
    func figures(_ blocks: [Block]) -> [PDFDocument.Bookmark] {
      blocks.flatMap { block -> [PDFDocument.Bookmark] in
        switch block {
        case .chart, .table:
          guard let id = block.id, let entry = index[id] else { return [] }
          return [.init("\(entry.label): \(entry.title)", destination: id)]
        case .details(let details): return figures(details.blocks)
        default: return []
        }
      }
    }
    func entry(_ section: Section) -> PDFDocument.Bookmark {
      .init(
        "\(index[section.id]?.number ?? "") \(section.title)", destination: section.id,
        children: figures(section.blocks) + section.subsections.map(entry))
    }
    var outline = figures(document.lead) + document.sections.map(entry)
    if let sources = index[DocumentIndex.sourcesID] {
      outline.append(.init("\(sources.number) \(sources.title)", destination: sources.id))
    }
    return outline
  }
}
