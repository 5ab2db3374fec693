/// Why nothing was drawn.
public enum DrawingError: Error, Sendable, CustomStringConvertible {
  case noFonts
  case cairo(String)
  case missingFonts([String])

  public var description: String {
    switch self {
    case .noFonts: "Pango gives no fonts; is fontconfig installed?"
    case .cairo(let reason): "Cairo cannot draw: \(reason)"
    case .missingFonts(let sentences): sentences.joined(separator: "; ")
    }
  }
}
