import Foundation

extension PanelLayout {
  /// The largest share of a panel's width that names at line ends may take.
  static let labelShare = 0.34

  mutating func placeLabels() {
    var side: [SideLabels.Item] = []
    var top: [TopLabels.Item] = []
    var exits: [TopLabels.Item] = []
    let direct = options.naming == .direct && panel.labelsSeries

    for named in content.named where options.naming != .nowhere {
      let end = lineEnd(of: named)
      guard direct, named.isNamedAtEnd(in: panel) else {
        keyEntries.append(.init(label: named.label, sample: .series(named)))
        if let end, end.exit == .top {
          var item = topItem(exitText(end), end, named)
          item.named = nil
          exits.append(item)
        }
        continue
      }
      guard let end else {
        unnamedSeries.append(.init(label: named.label, sample: .series(named)))
        continue
      }
      let text = end.exit == nil ? named.label : "\(named.label) \(exitText(end))"
      if end.exit == .top, end.point.x < frame.width * 0.97 {
        exits.append(topItem(text, end, named))
      } else {
        side.append(
          .init(
            text: text, end: end.point, paint: .seriesText(named.style), leader: .series(named.style),
            key: named.style.key, size: style.labelSize, named: named))
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
    if direct {
      let open = Set(unnamedSeries.map(\.label))
      namedSeries = content.named.filter { $0.isNamedAtEnd(in: panel) && !open.contains($0.label) }.map(\.label)
    }
  }

  /// The value of a line that leaves the frame, and the length to which it belongs where it leaves before: `↑ 900 (128k)`.
  private func exitText(_ end: LineEnd) -> String {
    let arrow = end.exit == .bottom ? "↓" : "↑"
    let text = "\(arrow)\u{2009}\(NumberText.text(end.value, format: panel.y.format))"
    guard panel.x.format == .tokens, let last = frame.x.position(end.at), last > end.point.x + 2 else { return text }
    return "\(text) (\(NumberText.tokens(end.at)))"
  }

  private func topItem(_ text: String, _ end: LineEnd, _ named: PanelContent.Named) -> TopLabels.Item {
    TopLabels.Item(
      text: text, width: metrics.width(of: text, role: .text, size: style.tickSize), x: end.point.x,
      paint: .seriesText(named.style), hasLeader: true, key: named.style.key, named: named)
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
    let room = options.outerWidth * (options.naming == .key ? 0.2 : Self.labelShare)
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

  /// Names at the ends of lines where they stand near enough to them, on the curves where ends crowd; what has room
  /// nowhere is left to the key.
  private mutating func place(_ items: [SideLabels.Item]) {
    var side = items
    var onCurves: [(item: SideLabels.Item, label: CurveLabels.Placed)] = []
    // Looked at only where ends crowd.
    lazy var parts = curveParts(items)
    lazy var curves = parts.map { CurveLabels.Columns(parts: $0, width: frame.width) }
    lazy var upright = parts.prefix(items.count).map { parts in
      CurveLabels.Columns(parts: parts.map { $0.map { Point($0.y, $0.x) } }, width: frame.height)
    }
    // The leader of a line that ends early runs to the frame's edge.
    let leaders = items.filter { $0.end.x < frame.width - 4 }.map {
      Rectangle(x: $0.end.x + frame.markerSize, y: $0.end.y - 0.5, width: frame.width - $0.end.x, height: 1)
    }
    func moveToCurves(_ indices: [Int]) -> Bool {
      let wanted = indices.compactMap { index -> (index: Int, item: CurveLabels.Item)? in
        let item = side[index]
        guard let curve = items.firstIndex(of: item) else { return nil }
        return (index, .init(text: item.text, curve: curve, paint: item.paint, key: item.key, size: style.tickSize))
      }
      let placed = CurveLabels.place(
        wanted.map(\.item), curves: curves, upright: Array(upright), rules: lyingRules(),
        obstacles: fixedObstacles() + leaders + onCurves.map(\.label.box), frame: frame, metrics: metrics)
      onCurves += placed.sorted { $0.key < $1.key }.map { (side[wanted[$0.key].index], $0.value) }
      let gone = Set(placed.keys.map { wanted[$0].index })
      side = side.indices.filter { !gone.contains($0) }.map { side[$0] }
      return !gone.isEmpty
    }
    // First those that crowd, then, should that not do, every one; last the longest where they take too much room.
    var crowded = crowdedItems(side)
    if !crowded.isEmpty, moveToCurves(crowded) { crowded = crowdedItems(side) }
    if !crowded.isEmpty { _ = moveToCurves(Array(side.indices)) }
    while let widest = side.indices.max(by: { textWidth(side[$0]) < textWidth(side[$1]) }),
      textWidth(side[widest]) + SideLabels.padding(frame) + SideLabels.leaderWidth > options.outerWidth
        * Self.labelShare,
      moveToCurves([widest])
    {}
    curveLabels = onCurves.map(\.label)
    // Whoever still crowds goes to the key: first who has most neighbours, names of rules last.
    while let worst = crowdedItems(side, isLast: true).max(by: { crowd(of: $0, side) < crowd(of: $1, side) }) {
      if let named = side[worst].named { unnamedSeries.append(.init(label: named.label, sample: .series(named))) }
      side.remove(at: worst)
    }
    let room = options.outerWidth * Self.labelShare
    for size in [min(style.labelSize, options.nameSize), style.tickSize] {
      var sized = side
      for index in sized.indices { sized[index].size = min(sized[index].size, size) }
      guard let labels = SideLabels.place(sized, frame: frame, metrics: metrics) else { continue }
      sideLabels = labels
      if labels.width <= room { return }
    }
    unnamedSeries += side.compactMap(\.named).map { .init(label: $0.label, sample: .series($0)) }
    sideLabels = SideLabels.place(side.filter { $0.named == nil }, frame: frame, metrics: metrics) ?? SideLabels()
  }

  /// How many other names want to stand where this one does; none counts for the name of a rule.
  private func crowd(of index: Int, _ items: [SideLabels.Item]) -> Int {
    guard items[index].named != nil else { return 0 }
    let height = lineHeight(style.tickSize)
    return items.count { abs($0.end.y - items[index].end.y) < height }
  }

  /// Items whose name would stand too far from the end of its line, or whose line ends long before the frame: with no
  /// other place left, only very long before.
  private func crowdedItems(_ items: [SideLabels.Item], isLast: Bool = false) -> [Int] {
    var sized = items
    for index in sized.indices { sized[index].size = min(sized[index].size, style.tickSize) }
    guard let labels = SideLabels.place(sized, frame: frame, metrics: metrics) else { return Array(items.indices) }
    let height = lineHeight(style.tickSize)
    return items.indices.filter { index in
      guard let placed = labels.placed.first(where: { $0.index == index }) else { return true }
      let isEarly = items[index].named != nil && items[index].end.x < frame.width * (isLast ? 0.6 : 0.85)
      return isEarly || abs(placed.centre - items[index].end.y) > height * (items[index].named == nil ? 1.8 : 1.15)
    }
  }

  private func textWidth(_ item: SideLabels.Item) -> Double {
    metrics.width(of: item.text, role: .text, size: min(item.size, style.tickSize))
  }

  private mutating func placeTop(_ items: [TopLabels.Item], exits: [TopLabels.Item]) {
    let bounds = 0...frame.width
    if let placed = TopLabels.place(items + exits, within: bounds) {
      topLabels = placed
      return
    }
    unnamedSeries += exits.compactMap(\.named).map { .init(label: $0.label, sample: .series($0)) }
    // Names of rules matter more than those of strips, and both more than values that the data table has as well.
    let attempts = [items, items.filter(\.hasLeader), items.filter(\.hasLeader).suffix(2)]
    topLabels = attempts.lazy.compactMap { TopLabels.place(Array($0), within: bounds) }.first ?? []
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
