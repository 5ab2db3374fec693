/// The one list of figure styles: widths and type sizes of venues, of the report and of the screen.
///
/// Widths are the text and column widths of the venues' style files, as tueplots 0.2 and SciencePlots list them (ACL,
/// Nature's and IEEE's full widths from the venues' own instructions); type is one point smaller than the caption's,
/// ticks two points smaller again. A thesis has A4 paper with margins of 3 cm; slides fill a page of 13⅓ in × 7½ in; a
/// poster's column is read from two metres.
public enum FigureStyles {
  public static let all: [FigureStyle] = [
    serif("neurips", inches: 5.5, 9, 7),
    serif("iclr", inches: 5.5, 9, 7),
    serif("icml", inches: 3.25, 8, 6),
    serif("icml-full", inches: 6.75, 8, 6),
    serif("acl", inches: 3.03, 9, 7),
    serif("acl-full", inches: 6.30, 9, 7),
    serif("aaai", inches: 3.3, 9, 7),
    serif("aaai-full", inches: 6.975, 9, 7),
    serif("cvpr", inches: 3.25, 8, 6),
    serif("cvpr-full", inches: 6.875, 8, 6),
    serif("ieee", inches: 3.3, 8, 7),
    serif("ieee-full", inches: 7.16, 8, 7),
    serif("tmlr", inches: 6.5, 9, 7),
    FigureStyle(id: "jmlr", width: 6 * 72, labelSize: 10, tickSize: 8, families: FontFamilies.modern),
    sans("nature", inches: 3.3, 7, 6),
    sans("nature-full", inches: 7.2, 7, 6),
    FigureStyle(
      id: "thesis", width: 5.8 * 72, labelSize: 10, tickSize: 8.5, families: FontFamilies.modern),
    FigureStyle(
      id: "beamer", width: 0.9 * 398.34 / 72.27 * 72, labelSize: 9, tickSize: 7, drawsTitle: true,
      families: FontFamilies.sans, largestAspect: 0.6),
    FigureStyle(
      id: "slides", width: 12 * 72, labelSize: 18, tickSize: 15, drawsTitle: true, families: FontFamilies.sans,
      lineWidth: 2.2, largestAspect: 0.5, padding: 4),
    FigureStyle(
      id: "poster", width: 15 * 72, labelSize: 26, tickSize: 22, families: FontFamilies.sans, lineWidth: 3, padding: 6),
    FigureStyle(
      id: "report", width: 6.27 * 72, labelSize: 8.5, tickSize: 7, drawsTitle: false, families: FontFamilies.serif),
    FigureStyle(
      id: "screen", width: 660, labelSize: 12, tickSize: 10.5, drawsTitle: false, families: FontFamilies.sans,
      lineWidth: 1.5),
  ]

  /// The style of this name; `NAME-full` is the full width of a venue with two columns.
  public static func style(named id: String) -> FigureStyle? {
    all.first { $0.id == id.lowercased() }
  }

  /// A width as people write it, `3.25in`, `8cm`, `84mm`, `234pt` (1/72 in) or `487px` (1/96 in), in points; nil where
  /// it is none of these or outside `least` … 40 in.
  public static func points(parsing text: String, atLeast least: Double = 72) -> Double? {
    let units: [(String, Double)] = [("in", 72), ("cm", 72 / 2.54), ("mm", 72 / 25.4), ("pt", 1), ("px", 0.75)]
    for (unit, points) in units where text.lowercased().hasSuffix(unit) {
      guard let number = Double(text.dropLast(unit.count)), number.isFinite else { return nil }
      let width = number * points
      return (least...2880).contains(width) ? width : nil
    }
    return nil
  }

  private static func serif(_ id: String, inches: Double, _ label: Double, _ tick: Double) -> FigureStyle {
    FigureStyle(id: id, width: inches * 72, labelSize: label, tickSize: tick, families: FontFamilies.serif)
  }

  private static func sans(_ id: String, inches: Double, _ label: Double, _ tick: Double) -> FigureStyle {
    FigureStyle(id: id, width: inches * 72, labelSize: label, tickSize: tick, families: FontFamilies.sans)
  }
}
