/// Measures text for layout. Pango stands behind it in the product, a table in tests.
public protocol TextMetrics: Sendable {
  /// Advance width in points of one line of text.
  func width(of text: String, role: FontRole, size: Double) -> Double
  /// Distance from the baseline to the top and bottom of the face, both positive, in points.
  func ascent(role: FontRole, size: Double) -> Double
  func descent(role: FontRole, size: Double) -> Double
}
