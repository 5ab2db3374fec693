import CCairo
import RopeChart

/// Draws one display list as a PDF or PNG file in memory.
public struct CairoRenderer: Sendable {
  /// Largest side of a PNG in pixels that is drawn.
  public static let largestSide = 20_000.0

  public let fonts: PangoFonts

  public init(fonts: PangoFonts) { self.fonts = fonts }

  /// A page of exactly the list's size, untagged.
  ///
  /// - Parameter language: BCP 47, `en`; nil leaves it unsaid.
  public func pdf(
    _ list: DisplayList, metadata: PDFMetadata, language: String? = nil, theme: Theme = .print
  ) throws(CairoError) -> [UInt8] {
    try PDFDocumentWriter(fonts: fonts, theme: theme).write(
      PDFDocument(pages: [.init(list)], metadata: metadata, language: language, isTagged: false))
  }

  /// `scale` pixels a point: 2 for screens, 300/72 for 300 dpi, which the file says of itself. The ground is filled.
  public func png(_ list: DisplayList, scale: Double = 2, theme: Theme = .light) throws(CairoError) -> [UInt8] {
    // A hair is no pixel: 234 pt at 300 dpi are 975.
    let width = (list.width * scale - 1e-6).rounded(.up)
    let height = (list.height * scale - 1e-6).rounded(.up)
    guard scale > 0, width >= 1, height >= 1, width <= Self.largestSide, height <= Self.largestSide else {
      throw CairoError("a PNG of \(width) × \(height) pixels cannot be drawn (1 … \(Int(Self.largestSide)))")
    }
    guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height)) else {
      throw CairoError("Cairo made no image surface")
    }
    defer { cairo_surface_destroy(surface) }
    cairo_surface_set_device_scale(surface, scale, scale)
    guard let cairo = cairo_create(surface) else { throw CairoError("Cairo made no drawing context") }
    let ground = theme.colour(of: .ground)
    cairo_set_source_rgb(cairo, ground.red, ground.green, ground.blue)
    cairo_paint(cairo)
    CairoCanvas(cairo: cairo, fonts: fonts, theme: theme).draw(list)
    let status = cairo_status(cairo)
    cairo_destroy(cairo)
    guard status == CAIRO_STATUS_SUCCESS else { throw CairoError("drawing a PNG", status) }
    cairo_surface_flush(surface)

    // Cairo's own writer takes five times as long for a file of like size.
    guard let data = cairo_image_surface_get_data(surface) else { throw CairoError("Cairo lost its pixels") }
    let stride = Int(cairo_image_surface_get_stride(surface)) / 4
    let pixels = UnsafeRawPointer(data).assumingMemoryBound(to: UInt32.self)
    let png = PNGImage.rgb(
      width: Int(width), height: Int(height), stride: stride,
      pixels: UnsafeBufferPointer(start: pixels, count: stride * Int(height)), dotsPerInch: scale * 72)
    guard let png else { throw CairoError("a PNG of \(width) × \(height) pixels cannot be written") }
    return png
  }
}
