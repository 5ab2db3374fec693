/// A part of a text that is set on the line, raised or lowered.
///
/// Few text fonts have ⁻³ or ₀, so backends set raised and lowered characters as smaller ordinary ones.
public struct TextRun: Sendable, Hashable {
  public enum Position: Sendable { case normal, superscript, `subscript` }

  /// Size of a raised or lowered character, and how far its baseline lies above the line's, as shares of the text's
  /// size.
  public static let smallSize = 0.7
  public static let superscriptRise = 0.36
  public static let subscriptRise = -0.16

  /// In ordinary characters: `−3` for `⁻³`.
  public var string: String
  public var position: Position

  public var rise: Double {
    switch position {
    case .normal: 0
    case .superscript: Self.superscriptRise
    case .subscript: Self.subscriptRise
    }
  }

  /// The runs of a text, in order; control characters are dropped.
  public static func split(_ text: String) -> [TextRun] {
    // Most texts are plain ASCII.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
      return text.isEmpty ? [] : [TextRun(string: text, position: .normal)]
    }
    var runs: [TextRun] = []
    for scalar in text.unicodeScalars {
      var position = Position.normal
      var plain = scalar
      if let raised = superscripts[scalar] {
        (plain, position) = (raised, .superscript)
      } else if let lowered = subscripts[scalar] {
        (plain, position) = (lowered, .subscript)
      }
      if plain.properties.generalCategory == .control { continue }
      if runs.last?.position == position {
        runs[runs.count - 1].string.unicodeScalars.append(plain)
      } else {
        runs.append(TextRun(string: String(plain), position: position))
      }
    }
    return runs
  }

  private static let superscripts = pairs("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ", "0123456789\u{2212}+n")
  private static let subscripts = pairs("₀₁₂₃₄₅₆₇₈₉₋₊ᵢⱼₘₙₖ", "0123456789\u{2212}+ijmnk")

  private static func pairs(_ special: String, _ plain: String) -> [Unicode.Scalar: Unicode.Scalar] {
    Dictionary(uniqueKeysWithValues: zip(special.unicodeScalars, plain.unicodeScalars))
  }
}
