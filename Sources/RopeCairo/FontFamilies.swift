import CPangoCairo
import RopeChart

/// The families that text is set in: what was asked for, and what is installed.
public struct FontFamilies: Sendable, Hashable {
  /// For text, bold and italic; the first that is installed.
  public let text: String
  public let mono: String
  /// The first choices that are not installed, with what stands in for them.
  public let missing: [Substitution]

  public struct Substitution: Sendable, Hashable {
    public let asked: String
    public let got: String
    /// The distribution's package that holds it, where known.
    public let package: String?

    public var sentence: String {
      let advice = package.map { "; install \($0)" } ?? ""
      return "font “\(asked)” is not installed, “\(got)” is used\(advice)"
    }
  }

  /// - Parameters:
  ///   - text: families by preference.
  ///   - mono: families by preference for code.
  public init(text: [String], mono: [String] = ["TeX Gyre Cursor", "DejaVu Sans Mono", "Liberation Mono"]) {
    let installed = Self.installed
    var missing: [Substitution] = []
    func choose(_ wanted: [String], _ last: String) -> String {
      let got = wanted.first { installed.contains($0.lowercased()) } ?? last
      if let asked = wanted.first, asked != got {
        missing.append(Substitution(asked: asked, got: got, package: Self.packages[asked]))
      }
      return got
    }
    self.text = choose(text, "Serif")
    self.mono = choose(mono, "Monospace")
    self.missing = missing
  }

  func family(for role: FontRole) -> String { role == .mono ? mono : text }

  private static let packages = [
    "TeX Gyre Termes": "fonts-texgyre", "TeX Gyre Heros": "fonts-texgyre", "TeX Gyre Cursor": "fonts-texgyre",
    "Latin Modern Roman": "fonts-lmodern", "STIXGeneral": "fonts-stix", "Liberation Serif": "fonts-liberation2",
    "Liberation Sans": "fonts-liberation2", "DejaVu Sans Mono": "fonts-dejavu-core",
  ]

  /// Lower-case names of every installed family.
  public static let installed: Set<String> = {
    guard let map = pango_cairo_font_map_new() else { return [] }
    defer { g_object_unref(map) }
    var list: UnsafeMutablePointer<UnsafeMutablePointer<PangoFontFamily>?>?
    var count: Int32 = 0
    pango_font_map_list_families(map, &list, &count)
    defer { g_free(list) }
    return Set((0..<Int(count)).compactMap { index in
      list?[index].flatMap { pango_font_family_get_name($0) }.map { String(cString: $0).lowercased() }
    })
  }()
}
