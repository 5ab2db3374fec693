import CCairo
import RopeChart
import RopeText

/// Writes documents as PDF 1.5: vector graphics, embedded fonts, bookmarks, links, page labels, fixed dates.
public struct PDFDocumentWriter: Sendable {
  public let fonts: PangoFonts
  public var theme: Theme

  public init(fonts: PangoFonts, theme: Theme = .print) {
    self.fonts = fonts
    self.theme = theme
  }

  public func write(_ document: PDFDocument) throws(CairoError) -> [UInt8] {
    let sink = ByteSink()
    let first = document.pages.first?.list ?? DisplayList(width: 72, height: 72)
    guard let surface = cairo_pdf_surface_create_for_stream(ByteSink.write, sink.closure, first.width, first.height)
    else { throw CairoError("Cairo made no PDF surface") }
    defer { cairo_surface_destroy(surface) }
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5)
    describe(document.metadata, on: surface)

    guard let cairo = cairo_create(surface) else { throw CairoError("Cairo made no drawing context") }
    let destinations = Self.destinations(document)
    let tags =
      document.isTagged && document.language != nil
      ? StructureTags(cairo) { area, target in Self.attributes(area, target, destinations) } : nil
    for page in document.pages {
      cairo_pdf_surface_set_size(surface, page.list.width, page.list.height)
      tags?.beginPage()
      if let label = page.label { cairo_pdf_surface_set_page_label(surface, Escaping.pdfText(label)) }
      cairo_save(cairo)
      CairoCanvas(cairo: cairo, fonts: fonts, theme: theme, tags: tags).draw(page.list)
      cairo_restore(cairo)
      for operation in page.list.operations where !isTagged(operation, tags) {
        tag(operation, destinations, tags, on: cairo)
      }
      cairo_show_page(cairo)
    }
    tags?.finish()
    add(document.bookmarks, below: 0, destinations, on: surface)
    let status = cairo_status(cairo)
    cairo_destroy(cairo)
    guard status == CAIRO_STATUS_SUCCESS else { throw CairoError("drawing a PDF", status) }
    cairo_surface_finish(surface)
    let end = cairo_surface_status(surface)
    guard end == CAIRO_STATUS_SUCCESS else { throw CairoError("writing a PDF", end) }
    let bytes = withExtendedLifetime(sink) { sink.bytes }
    guard let language = document.language else { return bytes }
    return PDFSupplement.added(to: bytes, document.metadata, language: language, elements: tags?.elements)
  }

  /// Names of all destinations with their page, counted from 1. Cairo refuses a whole document for one unknown name.
  private static func destinations(_ document: PDFDocument) -> [String: Int] {
    var pages: [String: Int] = [:]
    for (index, page) in document.pages.enumerated() {
      for case .destination(let name, _, _) in page.list.operations where pages[name] == nil {
        pages[name] = index + 1
      }
    }
    return pages
  }

  /// Whether a link has its place in the structure already.
  private func isTagged(_ operation: DrawOperation, _ tags: StructureTags?) -> Bool {
    if case .link(let area, _) = operation, let tags { tags.placed.contains(area) } else { false }
  }

  private func tag(
    _ operation: DrawOperation, _ destinations: [String: Int], _ tags: StructureTags?, on cairo: OpaquePointer
  ) {
    switch operation {
    case .destination(let name, let x, let y):
      cairo_tag_begin(
        cairo, CAIRO_TAG_DEST, "name='\(Escaping.cairoAttribute(name))' x=\(Self.number(x)) y=\(Self.number(y))")
      cairo_tag_end(cairo, CAIRO_TAG_DEST)
    case .link(let area, let target):
      guard let attributes = Self.attributes(area, target, destinations) else { return }
      if let tags {
        tags.addLink(attributes)
      } else {
        cairo_tag_begin(cairo, CAIRO_TAG_LINK, attributes)
        cairo_tag_end(cairo, CAIRO_TAG_LINK)
      }
    default: break
    }
  }

  /// Place and goal of a link; nil where nothing has the goal's name.
  private static func attributes(
    _ area: Rectangle, _ target: DrawOperation.Target, _ destinations: [String: Int]
  ) -> String? {
    let place = "rect=[\([area.x, area.y, area.width, area.height].map(number).joined(separator: " "))]"
    switch target {
    case .address(let address): return "\(place) uri='\(Escaping.cairoAttribute(percentEncoded(address)))'"
    case .destination(let name):
      return destinations[name] == nil ? nil : "\(place) dest='\(Escaping.cairoAttribute(name))'"
    }
  }

  private func add(
    _ bookmarks: [PDFDocument.Bookmark], below parent: Int32, _ destinations: [String: Int], on surface: OpaquePointer
  ) {
    for bookmark in bookmarks where destinations[bookmark.destination] != nil {
      let flags = bookmark.isOpen ? CAIRO_PDF_OUTLINE_FLAG_OPEN : cairo_pdf_outline_flags_t(rawValue: 0)
      let goal = "dest='\(Escaping.cairoAttribute(bookmark.destination))'"
      let id = cairo_pdf_surface_add_outline(surface, parent, Escaping.pdfText(bookmark.title), goal, flags)
      add(bookmark.children, below: id, destinations, on: surface)
    }
  }

  private func describe(_ metadata: PDFMetadata, on surface: OpaquePointer) {
    let entries: [(cairo_pdf_metadata_t, String)] = [
      (CAIRO_PDF_METADATA_TITLE, metadata.title), (CAIRO_PDF_METADATA_AUTHOR, metadata.author),
      (CAIRO_PDF_METADATA_SUBJECT, metadata.subject),
      (CAIRO_PDF_METADATA_KEYWORDS, metadata.keywords.joined(separator: ", ")),
      (CAIRO_PDF_METADATA_CREATOR, metadata.creator), (CAIRO_PDF_METADATA_CREATE_DATE, metadata.createdText),
      (CAIRO_PDF_METADATA_MOD_DATE, metadata.createdText),
    ]
    for (key, value) in entries where !value.isEmpty {
      cairo_pdf_surface_set_metadata(surface, key, Escaping.pdfText(value))
    }
  }

  /// Addresses in ASCII; brackets and the like stay as they are.
  private static func percentEncoded(_ address: String) -> String {
    var text = ""
    for byte in Escaping.pdfText(address).utf8 {
      if byte > 0x20, byte < 0x7F {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return text
  }

  private static func number(_ value: Double) -> String {
    let rounded = (value * 100).rounded() / 100
    return rounded.isFinite ? "\(rounded)" : "0"
  }
}
