import CPangoCairo
import RopeChart

/// The fonts of one thread of drawing: which family each role is set in, and the Pango context that measures and draws.
///
/// Metrics are taken without hinting and without rounding to whole units, so that a layout is the same for every
/// backend and at every scale. Not safe for use by several threads at once; `PangoTextMetrics` guards one with a lock.
final class FontLibrary {
  let context: OpaquePointer
  let families: FontFamilies
  private let map: UnsafeMutablePointer<PangoFontMap>
  private var descriptions: [FontKey: OpaquePointer] = [:]

  private struct FontKey: Hashable {
    let role: FontRole
    let size: Double
  }

  /// - Returns: nil where Pango gives no font map.
  init?(_ families: FontFamilies) {
    guard let map = pango_cairo_font_map_new() else { return nil }
    pango_cairo_font_map_set_resolution(OpaquePointer(map), 72)
    guard let context = pango_font_map_create_context(map) else {
      g_object_unref(map)
      return nil
    }
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    pango_cairo_context_set_font_options(context, options)
    cairo_font_options_destroy(options)
    pango_cairo_context_set_resolution(context, 72)
    pango_context_set_round_glyph_positions(context, 0)
    self.map = map
    self.context = context
    self.families = families
  }

  deinit {
    for description in descriptions.values { pango_font_description_free(description) }
    g_object_unref(UnsafeMutableRawPointer(context))
    g_object_unref(map)
  }

  func description(_ role: FontRole, size: Double) -> OpaquePointer? {
    let key = FontKey(role: role, size: size)
    if let known = descriptions[key] { return known }
    guard let description = pango_font_description_new() else { return nil }
    // Never through a description string: its parser takes words such as Roman for a style.
    pango_font_description_set_family(description, families.family(for: role))
    pango_font_description_set_absolute_size(description, size * Double(PANGO_SCALE))
    if role == .bold { pango_font_description_set_weight(description, PANGO_WEIGHT_BOLD) }
    if role == .italic { pango_font_description_set_style(description, PANGO_STYLE_ITALIC) }
    descriptions[key] = description
    return description
  }

  /// A one-line layout; the caller frees it with `g_object_unref`.
  func layout(_ text: String, role: FontRole, size: Double) -> OpaquePointer? {
    guard let layout = pango_layout_new(context) else { return nil }
    pango_layout_set_font_description(layout, description(role, size: size))
    pango_layout_set_single_paragraph_mode(layout, 1)
    let bytes = Array(text.utf8)
    bytes.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { pango_layout_set_text(layout, $0.baseAddress, Int32(clamping: $0.count)) }
    }
    return layout
  }
}
