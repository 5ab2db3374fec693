import RopeChart
import RopeText

/// Turns blocks into strips of a page: the look of the PDF report.
struct PageComposer {
  let style: PageStyle
  let figureStyle: FigureStyle
  let metrics: any TextMetrics
  let setter: TextSetter

  var ruler: TextRuler { setter.ruler }
  var index: DocumentIndex { setter.index }
  var language: Language { index.language }
  var textLook: TextLook { TextLook(size: style.textSize) }
  var smallSize: Double { style.textSize * 0.86 }
  var smallLeading: Double { style.leading * 0.84 }
  var paragraphGap: Double { style.leading * 0.55 }
  var blockGap: Double { style.leading }

  func pieces(_ section: Section, level: Int = 1) -> [FlowPiece] {
    let number = index[section.id]?.number ?? ""
    let size = style.textSize * (level == 1 ? 1.5 : 1.14)
    var heading = lines(
      "\(number)\u{2002}\(section.title)", look: TextLook(role: .bold, size: size), measure: style.columnWidth,
      leading: size * 1.25)
    for place in heading.indices { heading[place].keepsWithNext = true }
    if !heading.isEmpty {
      heading[0].spaceBefore = style.leading * (level == 1 ? 2 : 1.4)
      heading[0].operations.insert(.destination(name: section.id, x: 0, y: 0), at: 0)
      if level == 1 { heading[0].sectionTitle = "\(number)\u{2002}\(section.title)" }
    }
    return heading.tagged("H\(min(level + 1, 6))") + pieces(section.blocks)
      + section.subsections.flatMap { pieces($0, level: level + 1) }
  }

  /// Blocks below each other. A paragraph ends on the page of what it announces: "Why" alone at the foot of a page leads to
  /// nothing. Where it is the first and a figure follows, all of it stays with the figure, and with the heading above.
  func pieces(_ blocks: [Block]) -> [FlowPiece] {
    blocks.indices.flatMap { place in
      var pieces = pieces(blocks[place])
      guard case .prose = blocks[place], place + 1 < blocks.count, !pieces.isEmpty else { return pieces }
      switch blocks[place + 1] {
      case .chart where place == 0:
        for line in pieces.indices { pieces[line].keepsWithNext = true }
      case .list, .keyValues, .table, .formula, .code, .findings, .citations:
        pieces[pieces.count - 1].keepsWithNext = true
      case .prose, .verdict, .chart, .details, .note: break
      }
      return pieces
    }
  }

  func pieces(_ block: Block) -> [FlowPiece] {
    switch block {
    case .prose(let prose): spaced(lines(prose, look: textLook, measure: style.measure), by: paragraphGap)
    case .verdict(let verdict): pieces(verdict)
    case .list(let list): pieces(list)
    case .keyValues(let values): pieces(values)
    case .table(let table): pieces(table)
    case .chart(let chart): pieces(chart)
    case .formula(let formula): pieces(formula)
    case .code(let code): pieces(code)
    case .findings(let findings): pieces(findings)
    case .citations(let citations): pieces(citations)
    case .details(let details): pieces(details)
    case .note(let note): pieces(note)
    }
  }

  /// A paragraph as strips, one a line; its first two and its last two lines stay together.
  func lines(
    _ prose: Prose, look: TextLook, x: Double = 0, measure: Double, leading: Double? = nil
  ) -> [FlowPiece] {
    let leading = leading ?? style.leading * look.size / style.textSize
    let lines = setter.lines(prose, look: look, measure: measure - x)
    let isLinked = lines.contains { line in line.fragments.contains { $0.fragment.look.target != nil } }
    return lines.enumerated().map { place, line in
      // Fractions and the like push the lines apart.
      let usual = baseline(leading, look)
      let base = max(usual, line.ascent + 1)
      let operations = line.operations(x: x, y: base, ruler: ruler)
      return FlowPiece(
        height: base + max(leading - usual, line.descent + 1),
        operations: isLinked ? operations.inParts : operations, baseline: base,
        tags: [StructureTag("P")], continued: place > 0 ? 1 : 0,
        keepsWithNext: lines.count > 1 && (place == 0 || place == lines.count - 2))
    }
  }

  /// Where the baseline lies in a line of this height.
  func baseline(_ leading: Double, _ look: TextLook) -> Double {
    let ascent = ruler.ascent(look.role, look.size)
    let descent = ruler.descent(look.role, look.size)
    return (leading - ascent - descent) / 2 + ascent
  }

  func spaced(_ pieces: [FlowPiece], by space: Double) -> [FlowPiece] {
    var pieces = pieces
    if !pieces.isEmpty { pieces[0].spaceBefore = space }
    return pieces
  }

  func keptTogether(_ pieces: [FlowPiece]) -> [FlowPiece] {
    var pieces = pieces
    for place in pieces.indices.dropLast() { pieces[place].keepsWithNext = true }
    return pieces
  }

  func horizontalRule(y: Double, from: Double = 0, to: Double, width: Double, paint: Paint = .ink) -> DrawOperation {
    .path(.init(segments: [[Point(from, y), Point(to, y)]], stroke: .init(paint, width: width)))
  }

  func box(_ frame: Rectangle, fill: Paint) -> DrawOperation {
    let corners = [
      Point(frame.x, frame.y), Point(frame.right, frame.y), Point(frame.right, frame.bottom),
      Point(frame.x, frame.bottom),
    ]
    return .path(.init(segments: [corners], closed: true, fill: fill))
  }
}
