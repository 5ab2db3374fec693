import RopeChart

/// Text widths from a small table, so that goldens do not depend on installed fonts: roughly Times, in ems.
struct TableMetrics: TextMetrics {
  func width(of text: String, role: FontRole, size: Double) -> Double {
    let factor = role == .bold ? 1.06 : 1
    return text.unicodeScalars.reduce(0) { $0 + Self.width($1) } * size * factor
  }

  func ascent(role: FontRole, size: Double) -> Double { 0.72 * size }
  func descent(role: FontRole, size: Double) -> Double { 0.22 * size }

  private static func width(_ character: Unicode.Scalar) -> Double {
    switch character {
    case "i", "j", "l", "t", "f", "'", ",", ".", ":", ";", "|", " ", "\u{00A0}": 0.28
    case "\u{2009}": 0.2
    case "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹": 0.35
    case "m", "w", "M", "W", "%", "…": 0.85
    case "A"..."Z": 0.68
    case "×", "−", "⁻", "+", "=", "<", ">": 0.56
    case "\u{3000}"..."\u{9FFF}", "\u{FF01}"..."\u{FF60}": 1
    default: 0.5
    }
  }
}
