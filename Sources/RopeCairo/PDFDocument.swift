import CCairo
import RopeChart

/// A PDF of several pages with outline, links, page labels and metadata; the same bytes for the same input.
public enum PDFDocument {
  /// One line of the outline.
  public struct OutlineEntry: Sendable, Hashable {
    public var title: String
    /// Name of a `destination` on some page.
    public var destination: String
    /// 0 for chapters, 1 for what stands below the chapter before it.
    public var level: Int

    public init(title: String, destination: String, level: Int) {
      self.title = title
      self.destination = destination
      self.level = level
    }
  }

  /// - Throws: `DrawingError` where Cairo or Pango fails.
  public static func bytes(
    _ pages: [DisplayList], outline: [OutlineEntry], metadata: DocumentMetadata, families: FontFamilies,
    drawsLinks: Bool = true
  ) throws(DrawingError) -> [UInt8] {
    guard let fonts = FontLibrary(families) else { throw .noFonts }
    let sink = ByteSink()
    let first = pages.first ?? DisplayList(width: 1, height: 1)
    guard let surface = cairo_pdf_surface_create_for_stream(ByteSink.write, sink.closure, first.width, first.height)
    else { throw .cairo("no surface") }
    defer { cairo_surface_destroy(surface) }
    try ByteSink.check(cairo_surface_status(surface))
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5)
    set(metadata, on: surface)
    guard let context = cairo_create(surface) else { throw .cairo("no context") }
    defer { cairo_destroy(context) }
    let painter = CairoPainter(context: context, fonts: fonts, theme: .print, drawsLinks: drawsLinks)
    for (index, page) in pages.enumerated() {
      cairo_pdf_surface_set_size(surface, page.width, page.height)
      if drawsLinks { cairo_pdf_surface_set_page_label(surface, String(index + 1)) }
      painter.draw(page)
      cairo_show_page(context)
    }
    var chapter = Int32(CAIRO_PDF_OUTLINE_ROOT)
    for entry in outline {
      let name = entry.destination.filter { $0 != "'" && $0 != "\\" }
      let isChapter = entry.level == 0
      let id = cairo_pdf_surface_add_outline(
        surface, isChapter ? Int32(CAIRO_PDF_OUTLINE_ROOT) : chapter, clean(entry.title), "dest='\(name)'",
        isChapter ? CAIRO_PDF_OUTLINE_FLAG_OPEN : cairo_pdf_outline_flags_t(rawValue: 0))
      if isChapter { chapter = id }
    }
    try ByteSink.check(cairo_status(context))
    cairo_surface_finish(surface)
    try ByteSink.check(cairo_surface_status(surface))
    return sink.bytes
  }

  private static func set(_ metadata: DocumentMetadata, on surface: OpaquePointer) {
    for (key, value) in [
      (CAIRO_PDF_METADATA_TITLE, metadata.title), (CAIRO_PDF_METADATA_AUTHOR, metadata.author),
      (CAIRO_PDF_METADATA_SUBJECT, metadata.subject), (CAIRO_PDF_METADATA_KEYWORDS, metadata.keywords),
      (CAIRO_PDF_METADATA_CREATOR, "RopeScope"), (CAIRO_PDF_METADATA_CREATE_DATE, metadata.date),
      (CAIRO_PDF_METADATA_MOD_DATE, metadata.date),
    ] where !value.isEmpty { cairo_pdf_surface_set_metadata(surface, key, clean(value)) }
  }

  /// Control characters have no place in a title.
  private static func clean(_ text: String) -> String {
    String(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.map(Character.init))
  }
}
