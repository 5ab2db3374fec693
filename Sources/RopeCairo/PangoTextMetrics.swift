import RopeChart

/// Text measured as Cairo will draw it, in PDF and PNG alike.
public struct PangoTextMetrics: TextMetrics {
  public let fonts: PangoFonts

  public init(_ fonts: PangoFonts) { self.fonts = fonts }

  public func width(of text: String, role: FontRole, size: Double) -> Double {
    fonts.width(of: text, role: role, size: size)
  }

  public func ascent(role: FontRole, size: Double) -> Double { fonts.heights(role: role, size: size).ascent }
  public func descent(role: FontRole, size: Double) -> Double { fonts.heights(role: role, size: size).descent }
}
