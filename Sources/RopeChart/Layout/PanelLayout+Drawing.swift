import Foundation

extension PanelLayout {
  /// The panel with its frame's top left corner at (0, 0).
  ///
  /// `top` is the height of the row's upper margin, so that the titles of a row stand on one line. Axis lines lie below
  /// the data: a line along an axis stays visible.
  func operations(top: Double) -> [DrawOperation] {
    let group = DrawOperation.Group("panel", attributes: scaleAttributes, frame: frame.rectangle)
    // Only over a map do they lie on top, where cells would cover half of them.
    let drawn = content.cells == nil ? axes() + marks() : marks() + axes()
    return [.beginGroup(group)] + shading() + grid() + drawn + names() + header(top: top) + notes() + [.endGroup]
  }

  private func shading() -> [DrawOperation] {
    panel.marks.flatMap { mark -> [DrawOperation] in
      if case .region(let region) = mark { return RegionMark.draw(region, frame: frame) }
      return []
    }
  }

  /// Hairlines at the major ticks: lying ones, or upright ones where the rows are categories; none under a map.
  private func grid() -> [DrawOperation] {
    guard content.cells == nil else { return [] }
    let isRows = panel.y.scale.categoryCount != nil
    var lines: [[Point]] = []
    if isRows {
      for tick in xTicks where tick.isMajor {
        if let x = frame.x.position(tick.value) { lines.append([Point(x, 0), Point(x, frame.height)]) }
      }
    }
    for tick in yTicks where tick.isMajor {
      guard let y = frame.y.position(tick.value), isRows || abs(y - frame.height) > 0.1 else { continue }
      lines.append([Point(0, y), Point(frame.width, y)])
    }
    guard !lines.isEmpty else { return [] }
    return [.path(.init(segments: lines, stroke: .init(.grid, width: 0.4)))]
  }

  private func marks() -> [DrawOperation] {
    let hasCells = content.cells != nil
    let lineCount = panel.marks.count { $0.isLine }
    var order = 0
    // Solid lines first: where lines coincide, the gaps of a dashed one show the solid one below it.
    var lines: [(share: Double, operations: [DrawOperation])] = []
    var below: [DrawOperation] = []
    var rules: [DrawOperation] = []
    var above: [DrawOperation] = []
    func grouped(_ series: Mark.Series, _ operations: [DrawOperation]) -> [DrawOperation] {
      guard !operations.isEmpty else { return [] }
      let title = series.label.isEmpty ? nil : series.label
      return [.beginGroup(.init("series", key: series.style.key, title: title))] + operations + [.endGroup]
    }
    for mark in panel.marks {
      switch mark {
      case .line(let series), .steps(let series):
        let drawn = LineMark.draw(
          series, traces[order].trace, frame: frame, order: order, count: lineCount, overCells: hasCells)
        lines.append((series.style.inkShare, grouped(series, drawn)))
        order += 1
      case .points(let series):
        above += grouped(series, PointsMark.draw(series, inRows: false, frame: frame))
      case .dots(let series):
        above += grouped(series, PointsMark.draw(series, inRows: true, frame: frame))
      case .band(let series): below += grouped(series, BandMark.draw(series, frame: frame))
      case .rule(let rule): rules += RuleMark.draw(rule, frame: frame, overCells: hasCells)
      case .cells(let cells):
        below.append(.beginGroup(.init("cells", title: cells.label.isEmpty ? nil : cells.label)))
        below += CellsMark.draw(cells, frame: frame, metrics: metrics)
        below.append(.endGroup)
      case .region, .note: break
      }
    }
    let sorted = lines.enumerated().sorted {
      ($0.element.share, $1.offset) > ($1.element.share, $0.offset)
    }
    return below + rules + sorted.flatMap(\.element.operations) + above
  }

  /// Names above and beside the frame, title and letter, colour bar.
  private func names() -> [DrawOperation] {
    var operations: [DrawOperation] = []
    let ascent = metrics.ascent(role: .text, size: style.tickSize)
    let descent = metrics.descent(role: .text, size: style.tickSize)
    for label in topLabels {
      let foot = -topPadding - Double(label.row) * topRowHeight
      let top = label.isBeside ? foot - ascent - descent : foot
      if let key = label.item.key { operations.append(.beginGroup(.init("series-label", key: key))) }
      if label.item.hasLeader {
        let paint: Paint = label.item.paint
        let leader = [Point(label.item.x, -0.5), Point(label.item.x, top + (label.isBeside ? 0 : 1))]
        operations.append(.path(.init(segments: [leader], stroke: .init(paint, width: 0.4))))
      }
      operations.append(
        .text(
          .init(label.item.text, at: Point(label.left, foot - descent), size: style.tickSize, paint: label.item.paint)))
      if label.item.key != nil { operations.append(.endGroup) }
    }
    operations += CurveLabels.operations(curveLabels, metrics: metrics)
    operations += sideLabels.operations(frame: frame, metrics: metrics)
    if let colourBar { operations += colourBar.operations(x: frame.width + sideLabels.width) }
    return operations
  }

  private func header(top: Double) -> [DrawOperation] {
    guard headerHeight > 0 else { return [] }
    var operations: [DrawOperation] = []
    let letterSize = max(style.tickSize, 8)
    let size = max(header.size, options.letter.isEmpty ? 0 : letterSize)
    let baseline = -top + metrics.ascent(role: .text, size: size)
    var x = 0.0
    if !options.letter.isEmpty {
      operations.append(.text(.init(options.letter, at: Point(0, baseline), role: .bold, size: letterSize)))
      x = metrics.width(of: options.letter + " ", role: .bold, size: letterSize) + 2
    }
    for (index, line) in header.lines.enumerated() {
      let y = baseline + Double(index) * header.size * header.lineSpacing
      operations.append(.text(.init(line, at: Point(x, y), size: header.size)))
    }
    return operations
  }

  /// What a script needs to turn places into values: scale, format and the values at the frame's left and right,
  /// bottom and top.
  private var scaleAttributes: [String: String] {
    func ends(_ scale: AxisScale, reversed: Bool) -> String {
      let values = [scale.domain.lowerBound, scale.domain.upperBound]
      return (reversed ? values.reversed() : values).map { "\($0)" }.joined(separator: " ")
    }
    return [
      "x-scale": panel.x.scale.name, "x-format": panel.x.format.rawValue,
      "x-domain": ends(frame.x, reversed: frame.x.start > frame.x.end),
      "y-scale": panel.y.scale.name, "y-format": panel.y.format.rawValue,
      "y-domain": ends(frame.y, reversed: frame.y.start < frame.y.end),
    ]
  }
}

extension Mark {
  var isSteps: Bool { if case .steps = self { true } else { false } }
  var isLine: Bool { if case .line = self { true } else { isSteps } }
}

extension SeriesStyle {
  /// The share of a dashed line that is drawn; 1 for a solid one.
  var inkShare: Double {
    let total = dash.reduce(0, +)
    guard total > 0 else { return 1 }
    return stride(from: 0, to: dash.count, by: 2).map { dash[$0] }.reduce(0, +) / total
  }
}

extension Axis.Scale {
  /// `linear`, `log10`, `log2` or `categories`.
  var name: String {
    switch self {
    case .linear: "linear"
    case .log10: "log10"
    case .log2: "log2"
    case .categories: "categories"
    }
  }
}
