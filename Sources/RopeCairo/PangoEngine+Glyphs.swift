import CPangoCairo
import RopeChart

extension PangoEngine {
  /// The glyphs of the layout's only line as they stand in it; nil where one is drawn as a box, which only Pango can.
  func glyphs(of parts: [TextRun]) -> ShapedText? {
    var ends: [(end: Int, rise: Double)] = []
    var bytes: [UInt8] = []
    for part in parts {
      bytes += part.string.utf8
      ends.append((bytes.count, part.rise * Self.measuringSize))
    }
    var runs: [ShapedText.Run] = []
    var x = 0.0
    let iterator = pango_layout_get_iter(layout)
    defer { pango_layout_iter_free(iterator) }
    repeat {
      guard let run = pango_layout_iter_get_run_readonly(iterator), let item = run.pointee.item,
        let string = run.pointee.glyphs, let font = item.pointee.analysis.font
      else { continue }
      guard !hasUnknown(string), let scaled = pango_cairo_font_get_scaled_font(OpaquePointer(font)),
        let face = cairo_scaled_font_get_font_face(scaled)
      else { return nil }
      let start = Int(item.pointee.offset)
      let end = start + Int(item.pointee.length)
      guard start < end, end <= bytes.count else { continue }
      let rise = ends.first { start < $0.end }?.rise ?? 0
      var matrix = cairo_matrix_t()
      cairo_scaled_font_get_font_matrix(scaled, &matrix)
      let placed = Self.placed(string.pointee, from: &x, rise: rise)
      runs.append(
        ShapedText.Run(
          face: face, matrix: matrix, glyphs: placed.compactMap { $0 }, clusters: Self.clusters(run, bytes, placed),
          isBackward: item.pointee.analysis.level % 2 == 1, text: Array(bytes[start..<end])))
    } while pango_layout_iter_next_run(iterator) != 0
    return ShapedText(runs)
  }

  /// The run's glyphs in points; nil for those that draw nothing.
  private static func placed(_ string: PangoGlyphString, from x: inout Double, rise: Double) -> [cairo_glyph_t?] {
    let unit = Double(PANGO_SCALE)
    return (0..<Int(string.num_glyphs)).map { index in
      let glyph = string.glyphs[index]
      defer { x += Double(glyph.geometry.width) / unit }
      // PANGO_GLYPH_EMPTY, a macro that Swift does not import.
      guard glyph.glyph != 0x0FFF_FFFF else { return nil }
      return cairo_glyph_t(
        index: UInt(glyph.glyph), x: x + Double(glyph.geometry.x_offset) / unit,
        y: Double(glyph.geometry.y_offset) / unit - rise)
    }
  }

  /// Which bytes each few glyphs stand for, in the order of the text.
  private static func clusters(
    _ run: UnsafeMutablePointer<PangoLayoutRun>, _ bytes: [UInt8], _ placed: [cairo_glyph_t?]
  ) -> [cairo_text_cluster_t] {
    var clusters: [cairo_text_cluster_t] = []
    bytes.withUnsafeBytes { bytes in
      var iterator = PangoGlyphItemIter()
      var isInside = pango_glyph_item_iter_init_start(
        &iterator, run, bytes.baseAddress?.assumingMemoryBound(to: CChar.self))
      while isInside != 0 {
        let ends = (Int(iterator.start_glyph), Int(iterator.end_glyph))
        // A backward run counts its glyphs from the last to before the first.
        let members = ends.0 <= ends.1 ? ends.0..<ends.1 : ends.1 + 1..<ends.0 + 1
        clusters.append(
          cairo_text_cluster_t(
            num_bytes: iterator.end_index - iterator.start_index,
            num_glyphs: Int32(members.count { placed.indices.contains($0) && placed[$0] != nil })))
        isInside = pango_glyph_item_iter_next_cluster(&iterator)
      }
    }
    return clusters
  }
}
