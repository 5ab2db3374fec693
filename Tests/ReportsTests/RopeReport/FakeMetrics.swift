import RopeChart

/// Widths from a small table, so that layouts do not depend on installed fonts: near those of Times and Courier.
struct FakeMetrics: TextMetrics {
  func width(of text: String, role: FontRole, size: Double) -> Double {
    if role == .mono { return Double(text.count) * 0.6 * size }
    let bold = role == .bold ? 1.06 : 1
    return text.unicodeScalars.reduce(0) { $0 + Self.width($1) } * size * bold
  }

  func ascent(role: FontRole, size: Double) -> Double { 0.75 * size }
  func descent(role: FontRole, size: Double) -> Double { 0.25 * size }

  private static func width(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "t", "f", "I", "'", "|", "!": 0.3
    case " ", ".", ",", ":", ";", "\u{A0}", "\u{2009}": 0.25
    case "m", "w", "M", "W", "—", "@", "%": 0.82
    case "A"..."Z": 0.66
    default: 0.49
    }
  }
}
