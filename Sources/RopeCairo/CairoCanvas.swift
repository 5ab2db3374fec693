import CCairo
import RopeChart

/// Draws a display list as a PDF of one page or a PNG, into memory.
public enum CairoCanvas {
  /// A vector PDF at the list's exact size, fonts embedded.
  ///
  /// - Throws: `DrawingError` where Cairo or Pango fails.
  public static func pdf(
    _ list: DisplayList, families: FontFamilies, metadata: DocumentMetadata
  ) throws(DrawingError) -> [UInt8] {
    try PDFDocument.bytes(
      [list], outline: [], metadata: metadata, families: families, drawsLinks: false)
  }

  /// - Parameter scale: pixels per point; 2 for screens, 300/72 for print.
  public static func png(
    _ list: DisplayList, families: FontFamilies, scale: Double = 2, theme: Theme = .light
  ) throws(DrawingError) -> [UInt8] {
    let columns = Int32(clamping: Int((list.width * scale).rounded(.up)))
    let rows = Int32(clamping: Int((list.height * scale).rounded(.up)))
    guard let fonts = FontLibrary(families) else { throw .noFonts }
    guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, columns, rows) else { throw .cairo("no surface") }
    defer { cairo_surface_destroy(surface) }
    try ByteSink.check(cairo_surface_status(surface))
    cairo_surface_set_device_scale(surface, scale, scale)
    guard let context = cairo_create(surface) else { throw .cairo("no context") }
    defer { cairo_destroy(context) }
    let ground = theme.colour(of: .ground)
    cairo_set_source_rgb(context, ground.red, ground.green, ground.blue)
    cairo_paint(context)
    CairoPainter(context: context, fonts: fonts, theme: theme, drawsLinks: false).draw(list)
    try ByteSink.check(cairo_status(context))
    let sink = ByteSink()
    try ByteSink.check(cairo_surface_write_to_png_stream(surface, ByteSink.write, sink.closure))
    return sink.bytes
  }
}
