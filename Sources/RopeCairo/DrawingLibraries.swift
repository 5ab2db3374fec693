import CCairo
import CPangoCairo

/// The versions of the libraries that draw.
public enum DrawingLibraries {
  public static var versions: [String: String] {
    [
      "cairo": String(cString: cairo_version_string()),
      "pango": String(cString: pango_version_string()),
    ]
  }
}
