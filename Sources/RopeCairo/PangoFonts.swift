import CPangoCairo
import Foundation
import RopeChart

/// Faces, shaping and measuring: one Pango context for all text of a document, behind a lock.
public final class PangoFonts: @unchecked Sendable {
  public let families: [String]
  public let monoFamilies: [String]
  private let lock = NSLock()
  private let engine: PangoEngine
  private var gaps = PangoEngine.Gaps()

  public init(
    families: [String] = FontFamilies.serif, monoFamilies: [String] = FontFamilies.mono,
    installed: InstalledFonts = InstalledFonts()
  ) {
    self.families = families
    self.monoFamilies = monoFamilies
    engine = PangoEnginePool.shared.take(
      PangoEngine.Key(families: families, monoFamilies: monoFamilies, installed: installed.families))
  }

  deinit { PangoEnginePool.shared.give(engine) }

  // MARK: Measuring

  /// Advance width in points.
  public func width(of text: String, role: FontRole, size: Double) -> Double {
    lock.withLock {
      let measured = engine.measurement(of: text, role: role)
      if let found = measured.gaps { gaps.formUnion(found) }
      return measured.width * size
    }
  }

  /// From the baseline to the top and foot of the tallest and deepest common letters, in points.
  public func heights(role: FontRole, size: Double) -> (ascent: Double, descent: Double) {
    lock.withLock {
      let heights = engine.heights(role: role)
      return (heights.ascent * size, heights.descent * size)
    }
  }

  // MARK: Drawing

  /// Draws one line with its baseline's anchor at (x, y) of the current transformation.
  func show(_ text: DrawOperation.Text, on cairo: OpaquePointer) {
    // A text's faces are open once it has been measured.
    let width = width(of: text.string, role: text.role, size: text.size)
    lock.withLock {
      engine.set(text.string, role: text.role, size: text.size)
      guard let line = pango_layout_get_line_readonly(engine.layout, 0) else { return }
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

  /// Faces asked for and used, and characters that the chosen faces lacked in all texts measured so far.
  public var report: FontReport {
    lock.withLock {
      let faces = [FontRole.text, .bold, .italic, .mono].map { role in
        FontReport.Face(
          role: role, asked: engine.key.chain(role), used: engine.key.chosen(role) ?? engine.loadedFamily(role))
      }
      var missing = gaps.drawnByOther.sorted { $0.key < $1.key }
        .map { FontReport.Missing(characters: String($0.value.sorted()), drawnBy: $0.key) }
      if !gaps.drawnByNone.isEmpty {
        missing.append(.init(characters: String(gaps.drawnByNone.sorted()), drawnBy: nil))
      }
      return FontReport(faces: faces, missing: missing)
    }
  }
}
