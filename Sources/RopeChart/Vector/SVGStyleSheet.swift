import RopeText

/// The CSS that charts need: a class for each paint, and custom properties with the colours of light, dark and print.
///
/// In a page: put `rules` in the style sheet once, `properties(.light)` in `:root`, `properties(.dark)` where the page
/// is dark and `properties(.print)` in `@media print`. Without any properties the light colours are used.
public struct SVGStyleSheet: Sendable {
  private let paints: [Paint]
  /// What drawings in the mode `.shared` have in common; nil where none are.
  let parts: SVGParts?

  /// - Parameter isShared: whether drawings in the mode `.shared` are to refer to it.
  public init(lists: [DisplayList], isShared: Bool = false) {
    var seen = Set<Paint>()
    func add(_ paint: Paint?) { if let paint { seen.insert(paint) } }
    seen.insert(.ground)
    for operation in lists.flatMap(\.operations) {
      switch operation {
      case .path(let path):
        add(path.fill)
        add(path.stroke?.paint)
      case .text(let text): add(text.paint)
      case .markers(let markers): add(markers.paint)
      default: break
      }
    }
    // One paint a name, and the same one whatever the order of the set.
    var byName: [String: Paint] = [:]
    for paint in seen {
      let name = Self.name(paint)
      if let known = byName[name], Self.colours(known) <= Self.colours(paint) { continue }
      byName[name] = paint
    }
    paints = byName.sorted { $0.key < $1.key }.map(\.value)
    parts = isShared ? SVGParts(lists) : nil
  }

  private static let forms =
    ".chart path{stroke-linejoin:round}.chart .bold{font-weight:bold}.chart .italic{font-style:italic}"

  /// One fill and one stroke class for each paint, and the faces of text.
  public var rules: String {
    paints.reduce(".chart .n{fill:none}" + Self.forms) { css, paint in
      let value = Self.value(paint)
      return css + ".\(Self.fillClass(paint)){fill:\(value)}.\(Self.strokeClass(paint)){stroke:\(value)}"
    }
  }

  /// The rules of drawings in the mode `.shared`, which name what they have in common.
  public var sharedRules: String {
    parts.map { ":where(.chart,.symbols) path{fill:none}" + Self.forms + $0.rules } ?? rules
  }

  /// Elements that drawings in the mode `.shared` refer to: for an `<svg>` that stands once in the page, not hidden by
  /// `display: none`.
  public var definitions: String { parts?.definitions ?? "" }

  /// `--name:#colour;` for each paint that changes with the ground.
  public func properties(_ theme: Theme) -> String {
    if let parts { return parts.properties(theme) }
    return paints.compactMap { paint in
      Self.property(paint).map { "\($0):#\(theme.colour(of: paint).hex);" }
    }.joined()
  }

  /// Font families for `.chart` and its monospaced texts.
  public static func fonts(_ families: [String], mono: [String]) -> String {
    func list(_ names: [String], _ generic: String) -> String {
      (names.map { "'\($0.filter { $0 != "'" && $0 != "\\" && $0 != "<" })'" } + [generic]).joined(separator: ",")
    }
    let isSerif = families.first.map { FontFamilies.sans.contains($0) } == false
    return ".chart{font-family:\(list(families, isSerif ? "serif" : "sans-serif"))}"
      + ".chart .mono{font-family:\(list(mono, "monospace"))}"
  }

  var standalone: String {
    rules + "svg{\(properties(.light))}"
      + "@media (prefers-color-scheme:dark){svg{\(properties(.dark))}}"
      + "@media print{svg{\(properties(.print))}}"
  }

  private static func colours(_ paint: Paint) -> String {
    Theme.allCases.map { $0.colour(of: paint).hex }.joined()
  }

  static func fillClass(_ paint: Paint) -> String { "f-" + name(paint) }
  static func strokeClass(_ paint: Paint) -> String { "s-" + name(paint) }

  /// `var(--m-yarn,#009E73)`; a fixed colour is itself.
  private static func value(_ paint: Paint) -> String {
    let light = "#" + Theme.light.colour(of: paint).hex
    return property(paint).map { "var(\($0),\(light))" } ?? light
  }

  private static func property(_ paint: Paint) -> String? {
    switch paint {
    case .fixed: nil
    case .series(let style): "--m-\(Escaping.identifier(style.key))"
    case .seriesText(let style): "--m-\(Escaping.identifier(style.key))-text"
    default: "--chart-" + name(paint)
    }
  }

  private static func name(_ paint: Paint) -> String {
    switch paint {
    case .ink: "ink"
    case .mutedInk: "muted"
    case .grid: "grid"
    case .ground: "ground"
    case .shade: "shade"
    case .link: "link"
    case .fixed(let hex): "c" + Colour(hex: hex).hex
    case .series(let style): "m-" + Escaping.identifier(style.key)
    case .seriesText(let style): "m-" + Escaping.identifier(style.key) + "-text"
    }
  }
}
