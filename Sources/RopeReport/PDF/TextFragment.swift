import RopeChart

/// How a piece of text is set.
struct TextLook: Hashable {
  var role: FontRole = .text
  var size: Double
  var paint: Paint = .ink
  /// Upwards from the baseline.
  var rise: Double = 0
  var target: DrawOperation.Target?
}

/// Text in one look, on one line, or mathematics laid out.
struct TextFragment {
  var text: String
  var look: TextLook
  var width: Double
  /// The mathematics that stands in place of the text.
  var box: MathBox?
}

/// Fragments that stay on one line, and the space after them where the line goes on.
struct TextAtom {
  var fragments: [TextFragment] = []
  var space: TextFragment?

  var width: Double { fragments.reduce(0) { $0 + $1.width } }
}

/// One set line: fragments with their place from the line's left end.
struct TextLine {
  var fragments: [(x: Double, fragment: TextFragment)] = []
  var width = 0.0

  /// How far mathematics reaches above and below the baseline; 0 for a line of text alone.
  var ascent: Double { fragments.compactMap { $0.fragment.box?.ascent }.max() ?? 0 }
  var descent: Double { fragments.compactMap { $0.fragment.box?.descent }.max() ?? 0 }

  /// Operations with the left end of the baseline at (x, y).
  func operations(x: Double, y: Double, ruler: TextRuler) -> [DrawOperation] {
    var operations: [DrawOperation] = []
    for (offset, fragment) in fragments {
      let look = fragment.look
      if let box = fragment.box {
        operations += box.operations(x: x + offset, y: y - look.rise, paint: look.paint)
        continue
      }
      operations.append(
        .text(
          .init(
            fragment.text, at: Point(x + offset, y - look.rise), role: look.role, size: look.size, paint: look.paint)))
      if let target = look.target {
        let ascent = ruler.ascent(look.role, look.size)
        let area = Rectangle(
          x: x + offset, y: y - look.rise - ascent, width: fragment.width,
          height: ascent + ruler.descent(look.role, look.size))
        operations.append(.link(area, target))
      }
    }
    return operations
  }
}
