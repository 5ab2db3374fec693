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
  /// Texts whose gaps are among these.
  private var textsWithGaps: [FontRole: Set<String>] = [:]

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
    measurement(of: text, role: role).width * size
  }

  private func measurement(of text: String, role: FontRole) -> PangoEngine.Measurement {
    lock.withLock {
      let measured = engine.measurement(of: text, role: role)
      if let found = measured.gaps, textsWithGaps[role, default: []].insert(text).inserted { gaps.formUnion(found) }
      return measured
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
    let measured = measurement(of: text.string, role: text.role)
    let width = measured.width * text.size
    let offset = text.anchor == .middle ? -width / 2 : text.anchor == .end ? -width : 0
    lock.withLock {
      guard text.rotation != 0 else {
        return draw(measured.shape, text, x: text.at.x + offset, y: text.at.y, on: cairo)
      }
      cairo_save(cairo)
      cairo_translate(cairo, text.at.x, text.at.y)
      cairo_rotate(cairo, text.rotation * Double.pi / 180)
      draw(measured.shape, text, x: offset, y: 0, on: cairo)
      cairo_restore(cairo)
    }
  }

  private func draw(_ shape: ShapedText?, _ text: DrawOperation.Text, x: Double, y: Double, on cairo: OpaquePointer) {
    if let shape {
      shape.show(atX: x, y: y, scale: text.size / PangoEngine.measuringSize, options: engine.options, on: cairo)
    } else {
      engine.show(text, atX: x, y: y, on: cairo)
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
