import CPangoCairo
import Foundation
import RopeChart

/// Text widths by Pango, with kerning, ligatures and fallback, remembered per text. Safe from several threads.
public final class PangoTextMetrics: TextMetrics, @unchecked Sendable {
  private struct Key: Hashable {
    let text: String
    let role: FontRole
    let size: Double
  }

  private let lock = NSLock()
  private let fonts: FontLibrary
  private var widths: [Key: Double] = [:]
  private var heights: [Key: (ascent: Double, descent: Double)] = [:]
  private var unknownTexts: Set<String> = []

  public let families: FontFamilies

  /// - Throws: `DrawingError.noFonts` where Pango cannot be had.
  public init(_ families: FontFamilies) throws(DrawingError) {
    guard let fonts = FontLibrary(families) else { throw .noFonts }
    self.fonts = fonts
    self.families = families
  }

  public func width(of text: String, role: FontRole, size: Double) -> Double {
    lock.withLock {
      let key = Key(text: text, role: role, size: size)
      if let known = widths[key] { return known }
      guard let layout = fonts.layout(text, role: role, size: size) else { return 0 }
      defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
      var logical = PangoRectangle()
      pango_layout_get_extents(layout, nil, &logical)
      if pango_layout_get_unknown_glyphs_count(layout) > 0 { unknownTexts.insert(text) }
      let width = Double(logical.width) / Double(PANGO_SCALE)
      widths[key] = width
      return width
    }
  }

  public func ascent(role: FontRole, size: Double) -> Double { height(role, size).ascent }

  public func descent(role: FontRole, size: Double) -> Double { height(role, size).descent }

  /// Texts with characters that no installed font draws.
  public var textsWithUnknownGlyphs: [String] { lock.withLock { unknownTexts.sorted() } }

  private func height(_ role: FontRole, _ size: Double) -> (ascent: Double, descent: Double) {
    lock.withLock {
      let key = Key(text: "", role: role, size: size)
      if let known = heights[key] { return known }
      guard let metrics = pango_context_get_metrics(fonts.context, fonts.description(role, size: size), nil) else {
        return (size * 0.8, size * 0.2)
      }
      defer { pango_font_metrics_unref(metrics) }
      let scale = Double(PANGO_SCALE)
      let height = (
        Double(pango_font_metrics_get_ascent(metrics)) / scale, Double(pango_font_metrics_get_descent(metrics)) / scale
      )
      heights[key] = height
      return height
    }
  }
}
