import CPangoCairo
import Foundation
import RopeChart
import RopeText

/// A Pango context with a layout and what was shaped with it; used by one `PangoFonts` at a time.
///
/// What Pango does by default and this undoes: advances rounded to whole units even in PDF; 96 dpi; hinted metrics;
/// `<sub>` sized by the current transformation; families parsed out of description strings; silent substitution.
final class PangoEngine {
  /// What an engine is made for.
  struct Key: Hashable, Sendable {
    let families: [String]
    let monoFamilies: [String]
    let installed: Set<String>

    func chain(_ role: FontRole) -> [String] { role == .mono ? monoFamilies : families }

    /// The first installed family of the role's chain.
    func chosen(_ role: FontRole) -> String? { chain(role).first(where: installed.contains) }
  }

  struct Measurement: Sendable {
    /// Advance width as a share of the size.
    var width: Double
    /// Characters that another face than the chosen one drew, or none; nil, as nearly always, for no such.
    var gaps: Gaps?
    /// At the measuring size; nil where Pango has to draw the text.
    var shape: ShapedText?
  }

  struct Gaps: Sendable {
    var drawnByOther: [String: Set<Character>] = [:]
    var drawnByNone: Set<Character> = []

    var isEmpty: Bool { drawnByOther.isEmpty && drawnByNone.isEmpty }

    mutating func formUnion(_ other: Gaps) {
      drawnByOther.merge(other.drawnByOther) { $0.union($1) }
      drawnByNone.formUnion(other.drawnByNone)
    }
  }

  /// Sizes are measured once, at this many points, and scaled: unhinted advances are proportional to the size.
  static let measuringSize = 100.0
  /// Cairo 1.16 opens faces without a lock of its own, and of more than ten it closes one that no thread draws with at that
  /// moment, which another may begin to. So one thread opens faces at a time, and what is open stays so.
  private static let opening = NSLock()
  /// Texts beyond this many are not remembered.
  static let largestMemory = 20_000

  let key: Key
  let layout: OpaquePointer
  /// Unhinted, in shades of grey.
  let options = cairo_font_options_create()
  private let map: UnsafeMutablePointer<PangoFontMap>
  private let context: OpaquePointer
  private var descriptions: [FontRole: OpaquePointer] = [:]
  private let measured: MeasuredTexts
  private var heights: [FontRole: (ascent: Double, descent: Double)] = [:]
  private var familyOfFont: [UnsafeMutablePointer<PangoFont>: String] = [:]

  init(_ key: Key, measured: MeasuredTexts) {
    self.key = key
    self.measured = measured
    // Pango aborts where it has no memory for these; they are never nil.
    map = pango_cairo_font_map_new()
    context = pango_font_map_create_context(map)
    pango_context_set_round_glyph_positions(context, 0)
    pango_cairo_context_set_resolution(context, 72)
    pango_context_set_language(context, pango_language_from_string("en"))
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR)
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    pango_cairo_context_set_font_options(context, options)
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
    cairo_font_options_destroy(options)
  }

  /// The text at size 1.
  func measurement(of text: String, role: FontRole) -> Measurement {
    if let known = measured[text, role] { return known }
    let runs = TextRun.split(text), gaps = opened(runs, role: role)
    var width: Int32 = 0
    pango_layout_get_size(layout, &width, nil)
    let measurement = Measurement(
      width: Double(width) / Double(PANGO_SCALE) / Self.measuringSize, gaps: gaps.isEmpty ? nil : gaps,
      shape: glyphs(of: runs))
    measured[text, role] = measurement
    return measurement
  }

  /// From the baseline to the top and foot of the tallest and deepest common letters, at size 1.
  ///
  /// The face's own line metrics are no use here: TeX Gyre's are twice as high as its letters.
  func heights(role: FontRole) -> (ascent: Double, descent: Double) {
    if let known = heights[role] { return known }
    _ = opened(TextRun.split("bdfhklÅ(|gjpqy"), role: role)
    var ink = PangoRectangle()
    pango_layout_get_extents(layout, &ink, nil)
    let unit = Double(PANGO_SCALE) * Self.measuringSize
    let baseline = pango_layout_get_baseline(layout)
    let share = (Double(baseline - ink.y) / unit, Double(ink.y + ink.height - baseline) / unit)
    heights[role] = share
    return share
  }

  /// The family that fontconfig gives for a role.
  func loadedFamily(_ role: FontRole) -> String {
    Self.opening.withLock { load(descriptions[role]) ?? "none" }
  }

  private func load(_ description: OpaquePointer?) -> String? {
    guard let font = pango_font_map_load_font(map, context, description) else { return nil }
    defer { g_object_unref(font) }
    return family(of: font)
  }

  private func describe(_ role: FontRole) -> OpaquePointer {
    let description: OpaquePointer = pango_font_description_new()
    // Only installed families: fontconfig would answer for the others with one of its own choice.
    let present = key.chain(role).filter(key.installed.contains)
    let names = present.isEmpty ? key.chain(role) : present
    pango_font_description_set_family(description, names.joined(separator: ","))
    if role == .bold { pango_font_description_set_weight(description, PANGO_WEIGHT_BOLD) }
    if role == .italic { pango_font_description_set_style(description, PANGO_STYLE_ITALIC) }
    return description
  }

  /// Lets Pango draw a text, for what only it can.
  func show(_ text: DrawOperation.Text, atX x: Double, y: Double, on cairo: OpaquePointer) {
    let runs = TextRun.split(text.string)
    _ = opened(runs, role: text.role)
    set(runs, role: text.role, size: text.size)
    guard let line = pango_layout_get_line_readonly(layout, 0) else { return }
    cairo_move_to(cairo, x, y)
    pango_cairo_show_layout_line(cairo, line)
  }

  /// Makes the layout hold a text.
  private func set(_ runs: [TextRun], role: FontRole, size: Double) {
    let unit = Double(PANGO_SCALE)
    if let description = descriptions[role] {
      pango_font_description_set_absolute_size(description, size * unit)
      pango_layout_set_font_description(layout, description)
    }
    let plain = runs.map(\.string).joined()
    let squeezed = Self.squeezed(plain)
    guard !squeezed.isEmpty || runs.contains(where: { $0.position != .normal }) else {
      pango_layout_set_attributes(layout, nil)
      pango_layout_set_text(layout, plain, -1)
      return
    }
    let attributes = pango_attr_list_new()
    for range in squeezed {
      let mark = pango_attr_font_features_new("halt=1")
      mark?.pointee.start_index = UInt32(range.lowerBound)
      mark?.pointee.end_index = UInt32(range.upperBound)
      pango_attr_list_insert(attributes, mark)
    }
    var start: UInt32 = 0
    for run in runs {
      let end = start + UInt32(run.string.utf8.count)
      if run.position != .normal {
        let marks = [
          pango_attr_size_new_absolute(Int32(size * TextRun.smallSize * unit)),
          pango_attr_rise_new(Int32(run.rise * size * unit)),
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

  /// The bytes of the marks that are set in half a square.
  private static func squeezed(_ text: String) -> [Range<Int>] {
    // Marks of East Asia begin with U+3xxx or U+Fxxx.
    guard text.utf8.contains(where: { $0 == 0xE3 || $0 == 0xEF }) else { return [] }
    var ranges: [Range<Int>] = [], start = 0
    let characters = Array(text)
    for (place, character) in characters.enumerated() {
      let end = start + character.utf8.count
      defer { start = end }
      let before = place > 0 ? characters[place - 1] : nil
      let next = place + 1 < characters.count ? characters[place + 1] : nil
      if character.isSqueezed(after: before, before: next) { ranges.append(start..<end) }
    }
    return ranges
  }

  /// Makes the layout hold a text at the measuring size, and all its faces stay open.
  private func opened(_ runs: [TextRun], role: FontRole) -> Gaps {
    Self.opening.withLock {
      set(runs, role: role, size: Self.measuringSize)
      return gaps(runs, role: role)
    }
  }

  /// The characters of the current layout that another face than the chosen one draws; none where none was chosen.
  private func gaps(_ runs: [TextRun], role: FontRole) -> Gaps {
    var gaps = Gaps()
    let chosen = key.chosen(role)
    let isUnknown = pango_layout_get_unknown_glyphs_count(layout) > 0
    if isUnknown, let small = pango_font_description_copy(descriptions[role]) {
      // Boxes hold digits of this family.
      pango_font_description_set_family(small, "monospace")
      _ = load(small)
      pango_font_description_free(small)
    }
    let bytes = runs.flatMap(\.string.utf8)
    let iterator = pango_layout_get_iter(layout)
    defer { pango_layout_iter_free(iterator) }
    repeat {
      guard let run = pango_layout_iter_get_run_readonly(iterator), let item = run.pointee.item,
        let font = item.pointee.analysis.font
      else { continue }
      let family = family(of: font)
      guard let chosen else { continue }
      let start = Int(item.pointee.offset)
      let end = min(start + Int(item.pointee.length), bytes.count)
      guard start < end else { continue }
      let isMissing = isUnknown && hasUnknown(run.pointee.glyphs)
      guard isMissing || family != chosen else { continue }
      let characters = String(decoding: bytes[start..<end], as: UTF8.self).filter { !$0.isWhitespace }
      if isMissing {
        // A run is taken whole; its figures and Latin letters are in every face.
        gaps.drawnByNone.formUnion(characters.filter { !$0.isASCII })
      } else if !characters.isEmpty {
        gaps.drawnByOther[family, default: []].formUnion(characters)
      }
    } while pango_layout_iter_next_run(iterator) != 0
    return gaps
  }

  func hasUnknown(_ glyphs: UnsafeMutablePointer<PangoGlyphString>?) -> Bool {
    guard let glyphs else { return false }
    // PANGO_GLYPH_UNKNOWN_FLAG, a macro that Swift does not import.
    return (0..<Int(glyphs.pointee.num_glyphs)).contains { glyphs.pointee.glyphs[$0].glyph & 0x1000_0000 != 0 }
  }

  /// The family of a font, whose face stays open from now on.
  private func family(of font: UnsafeMutablePointer<PangoFont>) -> String {
    if let known = familyOfFont[font] { return known }
    cairo_ft_scaled_font_lock_face(pango_cairo_font_get_scaled_font(OpaquePointer(font)))
    guard let description = pango_font_describe(font) else { return "" }
    defer { pango_font_description_free(description) }
    let name = pango_font_description_get_family(description).map { String(cString: $0) } ?? ""
    g_object_ref(font)
    familyOfFont[font] = name
    return name
  }
}
