import RopeChart

extension PageComposer {
  func pieces(_ table: Block.Table) -> [FlowPiece] {
    guard !table.columns.isEmpty else { return [] }
    let layout = TableLayout(table, setter: setter, width: style.columnWidth)
    let label = index[table.id]?.label ?? language("Table")
    var pieces: [FlowPiece] = []
    for (place, columns) in layout.parts.enumerated() {
      let text =
        place == 0
        ? Prose(runs: [.strong("\(label).\u{2002}")] + table.caption.runs)
        : Prose(runs: [.strong(language("\(label), continued with further columns"))])
      var caption = lines(text, look: TextLook(size: style.textSize * 0.95), measure: style.columnWidth)
      for line in caption.indices { caption[line].keepsWithNext = true }
      if !caption.isEmpty {
        caption[0].spaceBefore = blockGap * (place == 0 ? 1.3 : 1)
        if place == 0 { caption[0].operations.insert(.destination(name: table.id, x: 0, y: 0), at: 0) }
      }
      pieces += caption + part(layout, columns, label: label).inside("Table")
    }
    let notes = noteLines(layout)
    // Notes begin below the rows that they are for.
    if !notes.isEmpty { pieces[pieces.count - 1].keepsWithNext = true }
    return pieces + notes
  }

  private func part(_ layout: TableLayout, _ columns: [TableLayout.Column], label: String) -> [FlowPiece] {
    var starts: [Double] = []
    var x = 0.0
    for column in columns {
      starts.append(x)
      x += column.width + layout.gap
    }
    let width = max(x - layout.gap, 0)
    let head = head(layout, columns, starts, width)
    let continued = setter.lines(
      Prose(language("\(label), continued")), look: TextLook(role: setter.slanted, size: smallSize, paint: .mutedInk),
      measure: style.columnWidth)
    let repeated =
      continued.flatMap { $0.operations(x: 0, y: smallLeading * 0.75, ruler: ruler) }
      + [.beginStructure("TR")] + head.operations.map { $0.moved(0, smallLeading + 2) } + [.endGroup]
    var rows = layout.table.rows.indices.map { row -> FlowPiece in
      var piece = rowPiece(layout, columns, starts, row)
      piece.repeatedHead = repeated
      piece.repeatedHeadHeight = head.height + smallLeading + 2
      if row == layout.table.rows.count - 1 {
        piece.operations.append(horizontalRule(y: piece.height + 2, to: width, width: 0.8))
        piece.height += 3
      }
      return piece
    }
    // No page ends after a table's first row or begins with its last.
    if rows.count > 1 {
      rows[0].keepsWithNext = true
      rows[rows.count - 2].keepsWithNext = true
    }
    return [head] + rows
  }

  private func head(
    _ layout: TableLayout, _ columns: [TableLayout.Column], _ starts: [Double], _ width: Double
  ) -> FlowPiece {
    let leading = layout.size * 1.2
    let bold = TextLook(role: .bold, size: layout.size)
    let unitLook = TextLook(size: layout.size * 0.9, paint: .mutedInk)
    let cells = columns.map { column -> [(line: TextLine, look: TextLook)] in
      let definition = layout.table.columns[column.index]
      let title = setter.lines(Prose(definition.title), look: bold, measure: column.width)
      let unit = setter.lines(Prose(definition.unit), look: unitLook, measure: column.width)
      return title.prefix(6).map { ($0, bold) } + unit.prefix(3).map { ($0, unitLook) }
    }
    let count = cells.map(\.count).max() ?? 1
    let height = leading * Double(count) + 6
    var operations = [horizontalRule(y: 0.4, to: width, width: 0.8)]
    for ((column, start), lines) in zip(zip(columns, starts), cells) {
      operations.append(.beginStructure("TH", scope: "Column"))
      for (place, (line, look)) in lines.enumerated() {
        let row = count - lines.count + place
        let isLeft = layout.table.columns[column.index].alignment == .left
        operations += line.operations(
          x: isLeft ? start : start + column.width - line.width,
          y: 2.5 + leading * Double(row) + baseline(leading, look), ruler: ruler)
      }
      operations.append(.endGroup)
    }
    operations.append(horizontalRule(y: height - 0.5, to: width, width: 0.5))
    return FlowPiece(
      height: height + 1.5, operations: operations, tags: [StructureTag("TR")], spaceBefore: 4, keepsWithNext: true)
  }

  private func rowPiece(
    _ layout: TableLayout, _ columns: [TableLayout.Column], _ starts: [Double], _ row: Int
  ) -> FlowPiece {
    let look = TextLook(size: layout.size)
    let leading = layout.size * 1.25
    var operations: [DrawOperation] = []
    var count = 1
    for (column, start) in zip(columns, starts) {
      guard let cell = layout.table.cell(row, column.index) else { continue }
      let definition = layout.table.columns[column.index]
      let (text, mark) = TableLayout.prose(
        cell, isBest: layout.best[column.index].contains(row), notes: layout.notes)
      var markLook = TextLook(size: layout.size * 0.8, paint: .link)
      markLook.rise = layout.size * 0.3
      let markFragment = ruler.fragment(mark, markLook)
      var offset = 0.0
      if column.index == 0, let series = layout.table.rows[row].style {
        operations += swatch(series, x: start, y: 1 + leading * 0.5)
        offset = TableLayout.swatchWidth
      }
      let isNumber = definition.alignment == .decimal && cell.value != nil
      let measure = isNumber ? style.columnWidth : max(column.width - offset - markFragment.width, 10)
      // A row is never cut between pages, so no cell may grow without end.
      var lines = Array(setter.lines(text, look: look, measure: measure).prefix(isNumber ? 1 : 24))
      if !mark.isEmpty, !lines.isEmpty {
        let last = lines.count - 1
        lines[last].fragments.append((lines[last].width, markFragment))
      }
      count = max(count, lines.count)
      operations.append(.beginStructure(column.index == 0 ? "TH" : "TD", scope: column.index == 0 ? "Row" : nil))
      var content: [DrawOperation] = []
      for (place, line) in lines.enumerated() {
        let markWidth = place == lines.count - 1 ? markFragment.width : 0
        let x: Double =
          switch definition.alignment {
          case .left: start + offset
          case .decimal where isNumber:
            start + column.width - column.right - setter.decimalSides(text, look: look).left
          case .decimal, .right: start + column.width - line.width - markWidth
          }
        content += line.operations(x: x, y: 1 + leading * Double(place) + baseline(leading, look), ruler: ruler)
      }
      operations += content.withLinksTagged + [.endGroup]
    }
    return FlowPiece(
      height: leading * Double(count) + 2.5, operations: operations, tags: [StructureTag("TR")])
  }

  /// A sample of a series' line with its marker.
  private func swatch(_ series: SeriesStyle, x: Double, y: Double) -> [DrawOperation] {
    let stroke = DrawOperation.Stroke(.series(series), width: 1.1, dash: series.dash.map { $0 * 1.1 })
    var operations: [DrawOperation] = [.path(.init(segments: [[Point(x, y), Point(x + 16, y)]], stroke: stroke))]
    if series.marker != .none {
      operations.append(
        .markers(
          .init(series.marker, size: 4, at: [Point(x + 8, y)], paint: .series(series), lineWidth: 0.8)))
    }
    return operations
  }

  /// Words behind the marks, and what the columns mean.
  private func noteLines(_ layout: TableLayout) -> [FlowPiece] {
    let look = TextLook(size: style.textSize * 0.8)
    let leading = look.size * 1.28
    var pieces: [FlowPiece] = []
    for (place, note) in layout.notes.enumerated() {
      let prose = Prose("\(SourceLabel.noteMark(place + 1))\u{2009}\(note)")
      pieces += spaced(
        lines(prose, look: look, measure: style.columnWidth, leading: leading), by: place == 0 ? 5 : 0.5)
    }
    let told = layout.table.explanations.map { columns, text -> Prose in
      let titles = columns.map { column in
        Prose(runs: [column.term.map { .link(column.title, id: GlossaryLinks.id($0)) } ?? .emphasis(column.title)])
      }
      let title = titles.dropFirst().reduce(titles[0]) { Prose("\($0), \($1)", in: language) }
      return Prose("\(title): \(text).", in: language)
    }
    if let first = told.first {
      let text = told.dropFirst().reduce(first) { Prose("\($0) \($1)", in: language) }
      pieces += spaced(
        lines(text, look: look, measure: style.columnWidth, leading: leading), by: layout.notes.isEmpty ? 5 : 2)
    }
    return pieces
  }
}
