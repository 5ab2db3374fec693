import RopeChart

/// Text metrics that remember: words recur, and asking Pango is the slow part of a page.
final class TextRuler {
  private struct Key: Hashable {
    var text: String
    var role: FontRole
    var size: Double
  }

  private let metrics: any TextMetrics
  private var widths: [Key: Double] = [:]
  private var ascents: [Key: Double] = [:]
  private var descents: [Key: Double] = [:]

  init(_ metrics: any TextMetrics) { self.metrics = metrics }

  func width(_ text: String, _ role: FontRole, _ size: Double) -> Double {
    remembered(in: \.widths, Key(text: text, role: role, size: size)) {
      metrics.width(of: text, role: role, size: size)
    }
  }

  func ascent(_ role: FontRole, _ size: Double) -> Double {
    remembered(in: \.ascents, Key(text: "", role: role, size: size)) { metrics.ascent(role: role, size: size) }
  }

  func descent(_ role: FontRole, _ size: Double) -> Double {
    remembered(in: \.descents, Key(text: "", role: role, size: size)) { metrics.descent(role: role, size: size) }
  }

  func fragment(_ text: String, _ look: TextLook) -> TextFragment {
    TextFragment(text: text, look: look, width: width(text, look.role, look.size))
  }

  private func remembered(
    in store: ReferenceWritableKeyPath<TextRuler, [Key: Double]>, _ key: Key, _ compute: () -> Double
  ) -> Double {
    if let known = self[keyPath: store][key] { return known }
    let value = compute()
    self[keyPath: store][key] = value
    return value
  }
}
