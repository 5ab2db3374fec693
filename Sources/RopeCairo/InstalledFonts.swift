import CPangoCairo

/// The font families that fontconfig knows on this machine.
public struct InstalledFonts: Sendable {
  public let families: Set<String>

  public init() { families = Self.known }

  /// Asked once in a process: fontconfig takes its time to answer.
  private static let known: Set<String> = {
    guard let map = pango_cairo_font_map_new() else { return [] }
    defer { g_object_unref(UnsafeMutableRawPointer(map)) }
    return list(map)
  }()

  /// For tests: pretends that these are installed.
  public init(families: Set<String>) { self.families = families }

  /// The first of a chain that is installed.
  public func first(of chain: [String]) -> String? { chain.first(where: families.contains) }

  /// The Debian package that brings a family, where it is one that figures ask for.
  public static func debianPackage(for family: String) -> String? {
    packages.first { family.hasPrefix($0.prefix) }?.package
  }

  private static let packages: [(prefix: String, package: String)] = [
    ("TeX Gyre", "fonts-texgyre"), ("Latin Modern", "fonts-lmodern"), ("LM ", "fonts-lmodern"), ("STIX", "fonts-stix"),
    ("Liberation", "fonts-liberation2"), ("DejaVu", "fonts-dejavu-core"), ("CMU", "fonts-cmu"),
    ("Noto Sans CJK", "fonts-noto-cjk"), ("Noto Serif CJK", "fonts-noto-cjk"),
    ("WenQuanYi Micro Hei", "fonts-wqy-microhei"), ("WenQuanYi Zen Hei", "fonts-wqy-zenhei"),
    ("Droid Sans Fallback", "fonts-droid-fallback"),
  ]

  private static func list(_ map: UnsafeMutablePointer<PangoFontMap>) -> Set<String> {
    var array: UnsafeMutablePointer<UnsafeMutablePointer<PangoFontFamily>?>?
    var count: Int32 = 0
    pango_font_map_list_families(map, &array, &count)
    var names: Set<String> = []
    for index in 0..<Int(count) {
      guard let family = array?[index], let name = pango_font_family_get_name(family) else { continue }
      names.insert(String(cString: name))
    }
    g_free(array)
    return names
  }
}
