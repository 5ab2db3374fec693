import RopeChart

/// Measures text for pages.
struct TextRuler {
  let metrics: any TextMetrics

  init(_ metrics: any TextMetrics) { self.metrics = metrics }

  func width(_ text: String, _ role: FontRole, _ size: Double) -> Double {
    text.isEmpty ? 0 : metrics.width(of: text, role: role, size: size)
  }

  func ascent(_ role: FontRole, _ size: Double) -> Double { metrics.ascent(role: role, size: size) }
  func descent(_ role: FontRole, _ size: Double) -> Double { metrics.descent(role: role, size: size) }

  func fragment(_ text: String, _ look: TextLook) -> TextFragment {
    TextFragment(text: text, look: look, width: width(text, look.role, look.size))
  }
}
