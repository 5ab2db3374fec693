import Foundation

extension PanelLayout {
  /// The largest share of a panel's width that names at line ends may take.
  static let labelShare = 0.34

  mutating func placeLabels() {
    var side: [SideLabels.Item] = []
    var top: [TopLabels.Item] = []
    var exits: [TopLabels.Item] = []
    let direct = options.labelsDirectly && panel.labelsSeries

    for named in content.named {
      let end = lineEnd(of: named)
      guard direct, named.isNamedAtEnd(in: panel) else {
        keyEntries.append(.init(label: named.label, sample: .series(named)))
        if let end, end.exit == .top { exits.append(topItem("↑\u{2009}" + NumberText.compact(end.value), end, named)) }
        continue
      }
      guard let end else {
        isFullyLabelled = false
        continue
      }
      let value = NumberText.text(end.value, format: panel.y.format)
      let text =
        switch end.exit {
        case .top: "\(named.label) ↑\u{2009}\(value)"
        case .bottom: "\(named.label) ↓\u{2009}\(value)"
        case nil: named.label
        }
      if end.exit == .top, end.point.x < frame.width * 0.97 {
        exits.append(topItem(text, end, named))
      } else {
        if end.point.x < frame.width * 0.6 { isFullyLabelled = false }
        side.append(
          .init(
            text: text, end: end.point, paint: .seriesText(named.style), leader: .series(named.style),
            key: named.style.key, size: style.labelSize))
      }
    }
    for mark in panel.marks {
      switch mark {
      case .rule(let rule) where !rule.label.isEmpty: addRule(rule, &side, &top)
      case .region(let region) where !region.label.isEmpty: addRegion(region, &side, &top)
      default: break
      }
    }
    place(side)
    placeTop(top, exits: exits)
    if options.showsColourBar, let cells = content.cells {
      colourBar = ColourBar(cells, height: frame.height, style: style, metrics: metrics)
    }
  }

  private func topItem(_ text: String, _ end: LineEnd, _ named: PanelContent.Named) -> TopLabels.Item {
    TopLabels.Item(
      text: text, width: metrics.width(of: text, role: .text, size: style.tickSize), x: end.point.x,
      paint: .seriesText(named.style), hasLeader: true, key: named.style.key)
  }

  private mutating func addRule(_ rule: Mark.Rule, _ side: inout [SideLabels.Item], _ top: inout [TopLabels.Item]) {
    switch rule.direction {
    case .vertical:
      guard frame.x.contains(rule.at), let x = frame.x.position(rule.at) else { return }
      let block = topBlock(rule.label)
      top.append(.init(text: block.text, width: block.width, x: x, paint: .mutedInk, hasLeader: true, key: nil))
    case .horizontal:
      guard frame.y.contains(rule.at), let y = frame.y.position(rule.at) else { return }
      addLying(rule.label, at: y, sample: .rule, &side)
    }
  }

  private mutating func addRegion(
    _ region: Mark.Region, _ side: inout [SideLabels.Item], _ top: inout [TopLabels.Item]
  ) {
    guard let span = RegionMark.span(region, frame: frame) else { return }
    let middle = (span.lowerBound + span.upperBound) / 2
    switch region.direction {
    case .vertical:
      let block = topBlock(region.label)
      top.append(.init(text: block.text, width: block.width, x: middle, paint: .mutedInk, hasLeader: false, key: nil))
    case .horizontal: addLying(region.label, at: middle, sample: .region, &side)
    }
  }

  /// A name beside the frame where it is short, in the key where it is long.
  private mutating func addLying(
    _ label: String, at y: Double, sample: SeriesKey.Sample, _ side: inout [SideLabels.Item]
  ) {
    let room = options.outerWidth * (options.labelsDirectly ? Self.labelShare : 0.2)
    if metrics.width(of: label, role: .text, size: style.tickSize) <= room {
      side.append(
        .init(
          text: label, end: Point(frame.width, y), paint: .mutedInk, leader: .mutedInk, key: nil, size: style.tickSize))
    } else {
      keyEntries.append(.init(label: label, sample: sample))
    }
  }

  private func topBlock(_ text: String) -> (text: String, width: Double) {
    let block = TextFitter(metrics: metrics).block(text, size: style.tickSize, width: frame.width, lines: 1)
    let line = block.size == style.tickSize ? block.lines.first ?? "" : shortened(text)
    return (line, metrics.width(of: line, role: .text, size: style.tickSize))
  }

  private func shortened(_ text: String) -> String {
    var kept = text
    while kept.count > 1, metrics.width(of: kept + "…", role: .text, size: style.tickSize) > frame.width {
      kept.removeLast()
    }
    return kept + "…"
  }

  private mutating func place(_ items: [SideLabels.Item]) {
    let room = options.outerWidth * Self.labelShare
    for size in [style.labelSize, style.tickSize] {
      var sized = items
      for index in sized.indices { sized[index].size = min(sized[index].size, size) }
      guard let labels = SideLabels.place(sized, frame: frame, metrics: metrics) else { continue }
      sideLabels = labels
      if labels.width <= room { return }
    }
    isFullyLabelled = false
    // Rules keep a place even where the series have gone to the key.
    if sideLabels.placed.count < items.count {
      let rules = items.filter { $0.key == nil }
      sideLabels = SideLabels.place(rules, frame: frame, metrics: metrics) ?? SideLabels()
    }
  }

  private mutating func placeTop(_ items: [TopLabels.Item], exits: [TopLabels.Item]) {
    let bounds = 0...frame.width
    if let placed = TopLabels.place(items + exits, within: bounds) {
      topLabels = placed
      return
    }
    if options.labelsDirectly, !exits.isEmpty { isFullyLabelled = false }
    // Names of rules matter more than those of strips, and both more than values that the data table has as well.
    let attempts = [items, items.filter(\.hasLeader), items.filter(\.hasLeader).suffix(2)]
    topLabels = attempts.lazy.compactMap { TopLabels.place(Array($0), within: bounds) }.first ?? []
  }

  struct LineEnd {
    var point: Point
    var exit: SeriesTrace.Exit?
    var value: Double
  }

  /// Where the mark that bears a name ends.
  func lineEnd(of named: PanelContent.Named) -> LineEnd? {
    var found: LineEnd?
    for mark in panel.marks {
      switch mark {
      case .line(let series) where series.label == named.label:
        let trace = SeriesTrace(series, asSteps: false, frame: frame)
        if let end = trace.end { return LineEnd(point: end, exit: trace.exit, value: trace.lastValue) }
      case .steps(let series) where series.label == named.label:
        let trace = SeriesTrace(series, asSteps: true, frame: frame)
        if let end = trace.end { return LineEnd(point: end, exit: trace.exit, value: trace.lastValue) }
      case .points(let series) where series.label == named.label:
        found = found ?? lastPoint(series.x, series.y)
      case .band(let series) where series.label == named.label:
        let middles = zip(series.lower, series.upper).map { ($0 + $1) / 2 }
        found = found ?? lastPoint(series.x, middles)
      default: break
      }
    }
    return found
  }

  private func lastPoint(_ xs: [Double], _ ys: [Double]) -> LineEnd? {
    let points = zip(xs, ys).filter { frame.contains($0, $1) }
    guard let last = points.max(by: { (frame.x.position($0.0) ?? 0) < (frame.x.position($1.0) ?? 0) }),
      let point = frame.point(last.0, last.1)
    else { return nil }
    return LineEnd(point: point, exit: nil, value: last.1)
  }
}

extension PanelContent.Named {
  /// Dots in rows have no end; they are named in the key.
  func isNamedAtEnd(in panel: Panel) -> Bool {
    !panel.marks.contains { mark in
      if case .dots(let series) = mark { return series.label == label }
      return false
    }
  }
}
