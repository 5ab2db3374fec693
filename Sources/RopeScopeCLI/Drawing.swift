import RopeCairo
import RopeChart
import RopeMath
import RopeReport

/// Styles and fonts as options name them.
enum Drawing {
  static func style(named id: String, width: String?) throws -> FigureStyle {
    guard var style = FigureStyles.named(id) else {
      let known = FigureStyles.all.map(\.id)
      throw Failure.usage("no style is called “\(id)”\(Nearest.hint(id, in: known)); there are \(known.joined(separator: ", "))")
    }
    if let width { style.width = try points(width) }
    return style
  }

  /// A length of 1 … 40 inches in points.
  static func points(_ text: String) throws -> Double {
    let units: [(String, Double)] = [("in", 72), ("cm", 72 / 2.54), ("mm", 72 / 25.4), ("pt", 1)]
    for (unit, scale) in units where text.hasSuffix(unit) {
      if let number = Double(text.dropLast(unit.count)), (72...2880).contains(number * scale) { return number * scale }
    }
    throw Failure.usage("--width “\(text)”: write 3.25in, 8.2cm or 234pt, between 1 and 40 inches")
  }

  /// Fonts of a style; what is missing is told, and refused where `strict`.
  static func metrics(
    style: FigureStyle, strict: Bool, _ console: Console, _ output: OutputOptions
  ) throws -> PangoTextMetrics {
    let families = FontFamilies(text: style.families)
    let sentences = families.missing.map(\.sentence)
    if strict, !sentences.isEmpty { throw Failure(kind: "fonts", sentences.joined(separator: "; ")) }
    for sentence in sentences { output.note("note: \(sentence)", console) }
    return try PangoTextMetrics(families)
  }
}
