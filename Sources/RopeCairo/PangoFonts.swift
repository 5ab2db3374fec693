import CPangoCairo
import Foundation
import RopeChart

/// Faces, shaping and measuring: one Pango context for all text of a document, behind a lock.
///
/// What Pango does by default and this undoes: advances rounded to whole units even in PDF; 96 dpi; hinted metrics;
/// `<sub>` sized by the current transformation; families parsed out of description strings; silent substitution.
public final class PangoFonts: @unchecked Sendable {
  /// Sizes are measured once, at this many points, and scaled: unhinted advances are proportional to the size.
  private static let measuringSize = 100.0

  public let families: [String]
  public let monoFamilies: [String]
  private let installed: InstalledFonts
  private let lock = NSLock()
  private let map: UnsafeMutablePointer<PangoFontMap>
  private let context: OpaquePointer
  private let layout: OpaquePointer
  private var descriptions: [FontRole: OpaquePointer] = [:]
  private var widths: [FontRole: [String: Double]] = [:]
  private var heights: [FontRole: (ascent: Double, descent: Double)] = [:]
  private var familyOfFont: [UnsafeMutablePointer<PangoFont>: String] = [:]
  private var drawnByOther: [String: Set<Character>] = [:]
  private var drawnByNone: Set<Character> = []

  public init(
    families: [String] = FontFamilies.serif, monoFamilies: [String] = FontFamilies.mono,
    installed: InstalledFonts = InstalledFonts()
  ) {
    self.families = families
    self.monoFamilies = monoFamilies
    self.installed = installed
    // Pango aborts where it has no memory for these; they are never nil.
    map = pango_cairo_font_map_new()
    context = pango_font_map_create_context(map)
    pango_context_set_round_glyph_positions(context, 0)
    pango_cairo_context_set_resolution(context, 72)
    pango_context_set_language(context, pango_language_from_string("en"))
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR)
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    pango_cairo_context_set_font_options(context, options)
    cairo_font_options_destroy(options)
    layout = pango_layout_new(context)
    pango_layout_set_single_paragraph_mode(layout, 1)
    for role in [FontRole.text, .bold, .italic, .mono] { descriptions[role] = describe(role) }
  }

  deinit {
    for font in familyOfFont.keys { g_object_unref(font) }
    for description in descriptions.values { pango_font_description_free(description) }
    g_object_unref(UnsafeMutableRawPointer(layout))
    g_object_unref(UnsafeMutableRawPointer(context))
    g_object_unref(map)
  }

  // MARK: Measuring

  /// Advance width in points.
  public func width(of text: String, role: FontRole, size: Double) -> Double {
    lock.withLock {
      if let known = widths[role]?[text] { return known * size }
      set(text, role: role, size: Self.measuringSize)
      var width: Int32 = 0
      pango_layout_get_size(layout, &width, nil)
      note(text, role: role)
      let share = Double(width) / Double(PANGO_SCALE) / Self.measuringSize
      widths[role, default: [:]][text] = share
      return share * size
    }
  }

  /// From the baseline to the top and foot of the tallest and deepest common letters, in points.
  ///
  /// The face's own line metrics are no use here: TeX Gyre's are twice as high as its letters.
  public func heights(role: FontRole, size: Double) -> (ascent: Double, descent: Double) {
    lock.withLock {
      if let known = heights[role] { return (known.ascent * size, known.descent * size) }
      set("bdfhklÅ(|gjpqy", role: role, size: Self.measuringSize)
      var ink = PangoRectangle()
      pango_layout_get_extents(layout, &ink, nil)
      let unit = Double(PANGO_SCALE) * Self.measuringSize
      let baseline = pango_layout_get_baseline(layout)
      let share = (Double(baseline - ink.y) / unit, Double(ink.y + ink.height - baseline) / unit)
      heights[role] = share
      return (share.0 * size, share.1 * size)
    }
  }

  // MARK: Drawing

  /// Draws one line with its baseline's anchor at (x, y) of the current transformation.
  func show(_ text: DrawOperation.Text, on cairo: OpaquePointer) {
    let width = text.anchor == .start ? 0 : width(of: text.string, role: text.role, size: text.size)
    lock.withLock {
      set(text.string, role: text.role, size: text.size)
      guard let line = pango_layout_get_line_readonly(layout, 0) else { return }
      let offset = text.anchor == .middle ? -width / 2 : text.anchor == .end ? -width : 0
      if text.rotation == 0 {
        cairo_move_to(cairo, text.at.x + offset, text.at.y)
        pango_cairo_show_layout_line(cairo, line)
      } else {
        cairo_save(cairo)
        cairo_translate(cairo, text.at.x, text.at.y)
        cairo_rotate(cairo, text.rotation * Double.pi / 180)
        cairo_move_to(cairo, offset, 0)
        pango_cairo_show_layout_line(cairo, line)
        cairo_restore(cairo)
      }
    }
  }

  // MARK: What was used

  /// Faces asked for and used, and characters that the chosen faces lacked in all texts measured or drawn so far.
  public var report: FontReport {
    let faces = [FontRole.text, .bold, .italic, .mono].map { role in
      FontReport.Face(role: role, asked: chain(role), used: chosenFamily(role))
    }
    return lock.withLock {
      var missing = drawnByOther.sorted { $0.key < $1.key }
        .map { FontReport.Missing(characters: String($0.value.sorted()), drawnBy: $0.key) }
      if !drawnByNone.isEmpty {
        missing.append(.init(characters: String(drawnByNone.sorted()), drawnBy: nil))
      }
      return FontReport(faces: faces, missing: missing)
    }
  }

  private func chain(_ role: FontRole) -> [String] { role == .mono ? monoFamilies : families }

  /// The first installed family of the role's chain; where there is none, what fontconfig gives.
  private func chosenFamily(_ role: FontRole) -> String {
    if let family = installed.first(of: chain(role)) { return family }
    return lock.withLock {
      guard let font = pango_font_map_load_font(map, context, descriptions[role]) else { return "none" }
      defer { g_object_unref(font) }
      return family(of: font)
    }
  }

  private func describe(_ role: FontRole) -> OpaquePointer {
    let description: OpaquePointer = pango_font_description_new()
    // Only installed families: fontconfig would answer for the others with one of its own choice.
    let present = chain(role).filter(installed.families.contains)
    let names = present.isEmpty ? chain(role) : present
    pango_font_description_set_family(description, names.joined(separator: ","))
    if role == .bold { pango_font_description_set_weight(description, PANGO_WEIGHT_BOLD) }
    if role == .italic { pango_font_description_set_style(description, PANGO_STYLE_ITALIC) }
    return description
  }

  private func set(_ text: String, role: FontRole, size: Double) {
    let unit = Double(PANGO_SCALE)
    if let description = descriptions[role] {
      pango_font_description_set_absolute_size(description, size * unit)
      pango_layout_set_font_description(layout, description)
    }
    let runs = TextRun.split(text)
    let plain = runs.map(\.string).joined()
    guard runs.contains(where: { $0.position != .normal }) else {
      pango_layout_set_attributes(layout, nil)
      pango_layout_set_text(layout, plain, -1)
      return
    }
    let attributes = pango_attr_list_new()
    var start: UInt32 = 0
    for run in runs {
      let end = start + UInt32(run.string.utf8.count)
      if run.position != .normal {
        let marks = [
          pango_attr_size_new_absolute(Int32(size * TextRun.smallSize * unit)), pango_attr_rise_new(Int32(run.rise * size * unit)),
        ]
        for mark in marks {
          mark?.pointee.start_index = start
          mark?.pointee.end_index = end
          pango_attr_list_insert(attributes, mark)
        }
      }
      start = end
    }
    pango_layout_set_text(layout, plain, -1)
    pango_layout_set_attributes(layout, attributes)
    pango_attr_list_unref(attributes)
  }

  /// Remembers the characters of the current layout that another face than the chosen one draws.
  private func note(_ text: String, role: FontRole) {
    guard let chosen = installed.first(of: chain(role)) else { return }
    let isUnknown = pango_layout_get_unknown_glyphs_count(layout) > 0
    let bytes = Array(TextRun.split(text).map(\.string).joined().utf8)
    let iterator = pango_layout_get_iter(layout)
    defer { pango_layout_iter_free(iterator) }
    repeat {
      guard let run = pango_layout_iter_get_run_readonly(iterator), let item = run.pointee.item,
        let font = item.pointee.analysis.font
      else { continue }
      let start = Int(item.pointee.offset)
      let end = min(start + Int(item.pointee.length), bytes.count)
      guard start < end else { continue }
      let characters = String(decoding: bytes[start..<end], as: UTF8.self).filter { !$0.isWhitespace }
      if isUnknown, hasUnknown(run.pointee.glyphs) {
        drawnByNone.formUnion(characters)
      } else if family(of: font) != chosen, !characters.isEmpty {
        drawnByOther[family(of: font), default: []].formUnion(characters)
      }
    } while pango_layout_iter_next_run(iterator) != 0
  }

  private func hasUnknown(_ glyphs: UnsafeMutablePointer<PangoGlyphString>?) -> Bool {
    guard let glyphs else { return false }
    // PANGO_GLYPH_UNKNOWN_FLAG, a macro that Swift does not import.
    return (0..<Int(glyphs.pointee.num_glyphs)).contains { glyphs.pointee.glyphs[$0].glyph & 0x1000_0000 != 0 }
  }

  private func family(of font: UnsafeMutablePointer<PangoFont>) -> String {
    if let known = familyOfFont[font] { return known }
    guard let description = pango_font_describe(font) else { return "" }
    defer { pango_font_description_free(description) }
    let name = pango_font_description_get_family(description).map { String(cString: $0) } ?? ""
    g_object_ref(font)
    familyOfFont[font] = name
    return name
  }
}
