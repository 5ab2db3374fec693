import CCairo

/// A text as glyphs of open faces, in points at the size that it was shaped at: every drawing of it takes them from here,
/// since Pango opens a set of fonts, with threads of its own, for each new size.
///
/// It does not change, and Cairo's faces may be used by several threads: it goes from one to another.
final class ShapedText: @unchecked Sendable {
  struct Run {
    let face: OpaquePointer
    /// From the face's unit square to points.
    let matrix: cairo_matrix_t
    /// Places from the start of the text's baseline.
    let glyphs: [cairo_glyph_t]
    let clusters: [cairo_text_cluster_t]
    let isBackward: Bool
    let text: [UInt8]
  }

  private let runs: [Run]

  init(_ runs: [Run]) {
    self.runs = runs
    for run in runs { cairo_font_face_reference(run.face) }
  }

  deinit {
    for run in runs { cairo_font_face_destroy(run.face) }
  }

  /// Draws the text with its baseline's start at (x, y), `scale` times the size that it was shaped at.
  func show(atX x: Double, y: Double, scale: Double, options: OpaquePointer?, on cairo: OpaquePointer) {
    cairo_set_font_options(cairo, options)
    for run in runs {
      var matrix = run.matrix
      cairo_matrix_scale(&matrix, scale, scale)
      cairo_set_font_face(cairo, run.face)
      cairo_set_font_matrix(cairo, &matrix)
      let glyphs = run.glyphs.map { cairo_glyph_t(index: $0.index, x: x + $0.x * scale, y: y + $0.y * scale) }
      run.text.withUnsafeBytes { bytes in
        // The text and its clusters make a PDF's words findable.
        cairo_show_text_glyphs(
          cairo, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), glyphs,
          Int32(glyphs.count),
          run.clusters, Int32(run.clusters.count),
          run.isBackward ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : cairo_text_cluster_flags_t(rawValue: 0))
      }
    }
  }
}
