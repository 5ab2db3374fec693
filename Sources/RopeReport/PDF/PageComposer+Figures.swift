import RopeChart

extension PageComposer {
  /// Message above, chart, exact description below.
  func pieces(_ chart: Block.Chart) -> [FlowPiece] {
    let label = index[chart.id]?.label ?? language("Figure")
    let look = TextLook(size: style.textSize * 0.95)
    var title = lines(
      Prose(runs: [.strong("\(label).\u{2002}")] + bold(Prose(mathIn: chart.figure.title))), look: look,
      measure: style.columnWidth)
    if title.isEmpty { title = [FlowPiece(height: 0)] }
    title[0].operations.insert(.destination(name: chart.id, x: 0, y: 0), at: 0)

    var picture = self.picture(chart, aspect: Self.aspect)
    let height = picture.height
    picture.lowered = { space in
      // The texts around the frame keep their size, so two steps find the frame's height.
      var aspect = Self.aspect
      var piece: FlowPiece?
      for _ in 0..<4 {
        let current = piece?.height ?? height
        if current <= space + 0.01 { return piece }
        aspect *= max((space - 0.25 * height) / (current - 0.25 * height), 0.2) * 0.995
        guard aspect >= Self.aspect * 0.62 else { return nil }
        piece = self.picture(chart, aspect: aspect)
      }
      return nil
    }

    var caption = Prose(mathIn: chart.figure.caption)
    if !chart.files.isEmpty {
      let files = chart.files.map { [Inline.code($0.path)] }.joined(separator: [.text(language(", "))])
      caption = Prose("\(caption) Files: \(Prose(runs: Array(files))).", in: language)
    }
    let description = spaced(
      lines(
        caption, look: TextLook(size: smallSize, paint: .mutedInk), measure: style.columnWidth, leading: smallLeading),
      by: 4)
    return spaced(keptTogether(title + [picture] + description), by: blockGap * 1.5)
  }

  /// Height of a frame as a share of the figure's own: a page is wide for its figures, two should fit on one.
  private static let aspect = 0.86

  private func picture(_ chart: Block.Chart, aspect: Double) -> FlowPiece {
    var style = figureStyle
    style.width = min(figureStyle.width, self.style.columnWidth)
    style.drawsTitle = false
    var figure = chart.figure
    figure.aspect *= aspect
    let drawing = FigureLayout(style: style, metrics: metrics).displayList(for: figure)
    let group = DrawOperation.Group("figure", key: chart.id, title: figure.alternativeText)
    return FlowPiece(
      height: drawing.height, operations: [.beginGroup(group)] + drawing.operations + [.endGroup],
      tags: [StructureTag("Figure", text: figure.alternativeText)], spaceBefore: 4)
  }

  func pieces(_ formula: Block.Formula) -> [FlowPiece] {
    let look = TextLook(size: style.textSize * 1.05)
    let leading = style.leading * 1.25
    let indent = 24.0
    var lines = lines(
      Prose(runs: [.formula(formula.text)]), look: look, x: indent, measure: style.measure - 30, leading: leading)
    guard !lines.isEmpty else { return [] }
    if let id = formula.id, let number = index[id]?.number {
      let text = ruler.fragment("(\(number))", look)
      let line = lines[lines.count - 1]
      lines[lines.count - 1].operations += TextLine(fragments: [(style.measure - text.width, text)], width: 0)
        .operations(x: 0, y: line.baseline, ruler: ruler)
      lines[0].operations.append(.destination(name: id, x: 0, y: 0))
    }
    let symbols = formula.symbols.map { symbol -> ProseTemplate in
      "\(Prose(runs: [.formula(symbol.symbol)])) is \(symbol.meaning)"
    }
    let explanation = [
      symbols.isEmpty ? nil : Prose("where \(list: symbols).", in: language),
      formula.reference.map { Prose("From \($0).", in: language) }, formula.remark,
    ].compactMap { $0 }.reduce(Prose("")) { text, next in
      text.isEmpty ? next : Prose("\(text) \(next)", in: language)
    }
    let words = self.lines(
      explanation, look: TextLook(size: smallSize), x: indent, measure: style.columnWidth,
      leading: smallLeading)
    let title = self.lines(
      Prose(formula.title), look: TextLook(role: .bold, size: style.textSize), measure: style.columnWidth)
    let set = lines.tagged("Formula", text: MathText(formula.text).plainText)
    return spaced(keptTogether(title + set + words), by: formula.title.isEmpty ? 4 : paragraphGap * 1.4)
  }

  private func bold(_ prose: Prose) -> [Inline] {
    prose.runs.map { if case .text(let text) = $0 { .strong(text) } else { $0 } }
  }
}
