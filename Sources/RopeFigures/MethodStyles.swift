import RopeChart
import RopeMath

/// The one table of how each method looks: colour on light and dark ground, dash and marker, the same in every figure,
/// table and terminal.
///
/// The first eight colours keep a contrast of at least 3:1 on white and stay apart under the three common colour-vision
/// deficiencies; further methods take the colour of their family with another dash and marker.
public enum MethodStyles {
  public static let trained = SeriesStyle(key: "trained", light: "595959", dark: "B0B0B0", dash: [3, 2])

  /// What was measured on the model itself.
  public static let measured = SeriesStyle(key: "measured", light: "000000", dark: "F2F2F2", marker: .filledSquare)

  fileprivate static let table: [SeriesStyle] = [
    style("none", "000000", "F2F2F2", [], .none),
    style("linear", "0072B2", "1EAEFF", [5, 2], .circle),
    style("ntk", "D55E00", "FE7000", [1, 1.5], .triangle),
    style("dynamic", "CC79A7", "DDA5C4", [5, 1.5, 1, 1.5], .square),
    style("yarn", "009E73", "00E5A7", [], .filledDiamond),
    style("longrope", "332288", "806DDB", [8, 2], .invertedTriangle),
    style("llama3", "8C564B", "B57F74", [3, 1.5, 1, 1.5, 1, 1.5], .cross),
    style("clex", "225555", "388C8C", [2, 1], .star),
    style("ntk-fixed", "D55E00", "FE7000", [4, 1.5], .filledTriangle),
    style("ntk-mixed", "D55E00", "FE7000", [6, 1.5, 1, 1.5], .plus),
    style("dynamic-linear", "0072B2", "1EAEFF", [1, 1.5], .filledCircle),
    style("ntk-by-parts", "8C564B", "B57F74", [6, 2], .filledSquare),
    style("ntk-by-parts-index", "8C564B", "B57F74", [1, 1], .square),
    style("yarn-paper", "009E73", "00E5A7", [4, 2], .diamond),
    style("dynamic-yarn", "009E73", "00E5A7", [1, 1.5], .filledTriangle),
    style("abf", "332288", "806DDB", [2, 1.5], .plus),
    style("proportional", "225555", "388C8C", [6, 2, 1, 2], .cross),
    style("lm-infinite", "8C564B", "B57F74", [5, 1.5, 1, 1.5], .filledSquare),
    style("self-extend", "332288", "806DDB", [3, 1.5], .filledTriangle),
    style("partial", "225555", "388C8C", [1, 2], .plus),
    style("resonance", "CC79A7", "DDA5C4", [2, 1], .star),
    style("logn", "595959", "B0B0B0", [1, 1], .plus),
    style("llama4-temperature", "595959", "B0B0B0", [4, 1], .cross),
    style("ministral-temperature", "595959", "B0B0B0", [6, 1, 1, 1], .star),
  ]

  private static func style(
    _ key: String, _ light: String, _ dark: String, _ dash: [Double], _ marker: SeriesStyle.Marker
  ) -> SeriesStyle {
    SeriesStyle(key: key, light: light, dark: dark, dash: dash, marker: marker)
  }

  /// The style of a method by the ids of its parts: the first part's, with the dash of the last where there are several.
  /// Methods of one figure that would look alike are told apart by `MethodLooks`.
  public static func style(ids: [String]) -> SeriesStyle {
    let known = ids.map { id in table.first { $0.key == id } ?? derived(id) }
    var style = known.first ?? table[0]
    style.key = ids.joined(separator: "-")
    if known.count > 1, let last = known.last {
      style.dash = last.dash
      style.marker = last.marker
    }
    return style
  }

  /// Colours on white and on near-black ground for what is no method of the catalogue: those that no method has, then
  /// those of the best known ones.
  static let freeColours: [(light: String, dark: String)] =
    [("AA3300", "EE3344"), ("7788FF", "CCDDFF"), ("552200", "FFFF33"), ("667777", "AA88BB"), ("0000EE", "FF0099")]
    + table[1..<principalCount].map { ($0.light, $0.dark) }

  /// Colours of `count` variants of one method, an ordered ramp of shades from dark to light (from light to dark on a
  /// dark ground): all keep a contrast of 3:1 on white and of 4.5:1 on near-black. Of two the first
  /// is the method's own.
  static func ramp(_ style: SeriesStyle, count: Int) -> [(light: String, dark: String)] {
    guard count > 1 else { return [(style.light, style.dark)] }
    let light = Colour(hex: style.light), dark = Colour(hex: style.dark)
    func shades(_ colour: Colour, _ from: Double, _ to: Double) -> [String] {
      (0..<count).map { colour.shade(lightness: from + (to - from) * Double($0) / Double(count - 1)).hex }
    }
    if count == 2 {
      let other = light.shade(lightness: light.lightness + (light.lightness > 38 ? -28 : 30))
      let bright = dark.shade(lightness: dark.lightness + (dark.lightness > 84 ? -28 : 20))
      return [(style.light, style.dark), (other.hex, bright.hex)]
    }
    return zip(shades(light, 14, 60), shades(dark, 93, 56)).map { (light: $0, dark: $1) }
  }
}

extension MethodStyles {
  /// The look of a method that has no row: colour, dash and marker by its place in the catalogue.
  private static func derived(_ id: String) -> SeriesStyle {
    ordered(MethodCatalogue.cards.firstIndex { $0.id == id } ?? 0, key: id)
  }

  /// The looks of things that are no methods, such as single pairs, one after the other.
  static func ordered(_ place: Int, key: String? = nil) -> SeriesStyle {
    let colour = table[1 + place % (principalCount - 1)]
    let dashes: [[Double]] = [[], [5, 2], [1, 1.5], [6, 1.5, 1, 1.5], [3, 1.5], [8, 2], [2, 1]]
    let markers = SeriesStyle.Marker.allCases.filter { $0 != .none }
    var style = colour
    style.key = key ?? "series-\(place)"
    style.dash = dashes[place / (principalCount - 1) % dashes.count]
    style.marker = markers[(3 * place + 1) % markers.count]
    return style
  }

  /// The first rows of the table: methods that figures show where none are asked for by name.
  public static let principalCount = 8

  /// Place in the table: the best known methods first.
  public static func rank(of ids: [String]) -> Int {
    guard ids.count == 1, let place = table.firstIndex(where: { $0.key == ids[0] }) else { return table.count }
    return place
  }
}
