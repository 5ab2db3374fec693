import Foundation

/// Arranges the panels of a figure on a page width: columns, shared axes, one frame size for all, key and title.
struct FigureComposer {
  let figure: Figure
  let style: FigureStyle
  let metrics: any TextMetrics
  private let contents: [PanelContent]
  private var columns: Int
  private var rows: Int { (contents.count + columns - 1) / columns }
  private let sharesX: Bool
  private let sharesY: Bool
  private let sharesColours: Bool

  private static let columnGap = 10.0
  private static let rowGap = 8.0
  /// Free space at both sides, for letters that reach beyond their advance.
  private static let edge = 1.0
  /// The least outer width of a panel, with and without its own y labels.
  private static let leastPanelWidth = 128.0
  private static let leastSharedPanelWidth = 105.0
  /// Frames narrower than this go below each other instead.
  private static let leastFrameWidth = 64.0

  init(_ figure: Figure, style: FigureStyle, metrics: any TextMetrics) {
    self.figure = figure
    self.style = style
    self.metrics = metrics
    contents = figure.panels.map(PanelContent.init)
    sharesX = figure.panels.count > 1 && figure.panels.dropFirst().allSatisfy { $0.x == figure.panels[0].x }
    sharesY = figure.panels.count > 1 && figure.panels.dropFirst().allSatisfy { $0.y == figure.panels[0].y }
    let maps = contents.compactMap(\.cells)
    sharesColours =
      maps.count == contents.count
      && maps.dropFirst().allSatisfy { map in
        map.label == maps[0].label && map.domain == maps[0].domain && map.colours == maps[0].colours
      }
    columns = 1
    let least = sharesY ? Self.leastSharedPanelWidth : Self.leastPanelWidth
    columns = balanced(min(figure.columns, Int(style.width / least)))
  }

  /// The fewest columns, at most `most`, that do with as few rows.
  private func balanced(_ most: Int) -> Int {
    let count = max(contents.count, 1)
    let wanted = min(max(most, 1), count)
    let rows = (count + wanted - 1) / wanted
    return (count + rows - 1) / rows
  }

  mutating func compose() -> DisplayList {
    let title = titleBlock()
    let titleHeight = title.lines.isEmpty ? 0 : title.height + 5
    guard !contents.isEmpty else {
      return DisplayList(width: style.width, height: max(titleHeight, 1), operations: titleOperations(title))
    }
    var panels = labelled()
    while columns > 1, panels[0].frame.width < Self.leastFrameWidth {
      columns = balanced(columns - 1)
      panels = labelled()
    }

    var list = DisplayList(width: style.width, height: 0, operations: titleOperations(title))
    var entries: [SeriesKey.Entry] = []
    for entry in panels.flatMap(\.keyEntries) where !entries.contains(entry) { entries.append(entry) }
    let lefts = columnMargins(panels, \.left)
    let rights = columnMargins(panels, \.right)
    let key = SeriesKey.layout(entries, width: style.width, style: style, metrics: metrics)
    list.append(DisplayList(width: 0, height: 0, operations: key.operations), x: 0, y: titleHeight)

    var y = titleHeight + (key.height > 0 ? key.height + 3 : 0)
    for row in 0..<rows {
      let members = panels.indices.filter { $0 / columns == row }
      let top = members.map { panels[$0].margins.top }.max() ?? 0
      let bottom = members.map { panels[$0].margins.bottom }.max() ?? 0
      var x = Self.edge
      for index in members {
        let column = index % columns
        x += lefts[column]
        let operations = panels[index].operations(top: top)
        list.append(DisplayList(width: 0, height: 0, operations: operations), x: x, y: y + top)
        x += panels[index].frame.width + rights[column] + Self.columnGap
      }
      y += top + (panels[members[0]].frame.height) + bottom + (row + 1 < rows ? Self.rowGap : 0)
    }
    list.height = y + 1
    return list
  }

  // MARK: Sizes

  /// Series named at their ends where that works in all panels, else in a key.
  private func labelled() -> [PanelLayout] {
    let direct = layouts(direct: true)
    return direct.allSatisfy(\.isFullyLabelled) ? direct : layouts(direct: false)
  }

  /// Layouts that all have the same frame, as wide as the margins leave room for.
  private func layouts(direct: Bool) -> [PanelLayout] {
    let outer = (style.width - 2 * Self.edge - Self.columnGap * Double(columns - 1)) / Double(columns)
    var width = max(outer - 60, 40)
    var panels = layouts(width: width, outer: outer, direct: direct)
    for round in 0..<10 {
      let margins = columnMargins(panels, \.left).reduce(0, +) + columnMargins(panels, \.right).reduce(0, +)
      let room = (style.width - 2 * Self.edge - margins - Self.columnGap * Double(columns - 1)) / Double(columns)
      let free = max(room, 30)
      // Ticks and labels depend on the width and the other way round; from the third round on frames only shrink, so
      // that this ends with everything on the page.
      let isSettled = round < 2 ? abs(free - width) < 1e-6 : free > width - 1e-6
      if isSettled { break }
      width = free
      panels = layouts(width: width, outer: outer, direct: direct)
    }
    return panels
  }

  private func layouts(width: Double, outer: Double, direct: Bool) -> [PanelLayout] {
    let height = frameHeight(width: width)
    let wantedX = AxisTicks.wanted(length: width, spacing: style.tickSize * PanelLayout.xSpacing)
    let wantedY = AxisTicks.wanted(length: height, spacing: style.tickSize * PanelLayout.ySpacing)
    let allX = union(contents.map(\.xValues))
    let allY = union(contents.map(\.yValues))
    return contents.indices.map { index in
      let content = contents[index]
      let isLastInColumn = index + columns >= contents.count
      let isInLastColumn = index % columns == columns - 1
      var options = PanelLayout.Options(labelsDirectly: direct, outerWidth: outer)
      options.showsXLabels = !sharesX || isLastInColumn
      options.showsYLabels = !sharesY || index % columns == 0
      options.showsColourBar = !sharesColours || isInLastColumn
      if contents.count > 1 { options.letter = Self.letter(index) }
      return PanelLayout(
        content,
        xDomain: AxisDomain.resolve(
          content.panel.x, values: sharesX ? allX : content.xValues, wanted: wantedX,
          isExact: content.cells != nil),
        yDomain: AxisDomain.resolve(
          content.panel.y, values: sharesY ? allY : content.yValues, wanted: wantedY,
          isExact: content.cells != nil),
        width: width, height: height, options: options, style: style, metrics: metrics)
    }
  }

  /// The figure's aspect, but never too low for the rows of a table of dots or for reading a curve.
  private func frameHeight(width: Double) -> Double {
    let aspect = figure.aspect.isFinite && figure.aspect > 0 ? figure.aspect : 0.618
    let line = metrics.ascent(role: .text, size: style.tickSize) + metrics.descent(role: .text, size: style.tickSize)
    let rows = contents.compactMap { $0.panel.y.scale.categoryCount }.max() ?? 0
    return max(width * aspect, Double(rows) * (line + 4), 54)
  }

  private func columnMargins(_ panels: [PanelLayout], _ side: KeyPath<PanelLayout.Margins, Double>) -> [Double] {
    (0..<columns).map { column in
      panels.indices.filter { $0 % columns == column }.map { panels[$0].margins[keyPath: side] }.max() ?? 0
    }
  }

  private func union(_ ranges: [ClosedRange<Double>?]) -> ClosedRange<Double>? {
    ranges.compactMap { $0 }.reduce(nil) { whole, range in
      guard let whole else { return range }
      return min(whole.lowerBound, range.lowerBound)...max(whole.upperBound, range.upperBound)
    }
  }

  private static func letter(_ index: Int) -> String {
    "(\(Character(UnicodeScalar(UInt8(97 + index % 26)))))"
  }

  // MARK: Title

  private func titleBlock() -> TextFitter.Block {
    TextFitter(metrics: metrics).block(
      style.drawsTitle ? figure.title : "", role: .bold, size: style.labelSize + 1, width: style.width, lines: 4)
  }

  private func titleOperations(_ block: TextFitter.Block) -> [DrawOperation] {
    block.lines.enumerated().map { index, line in
      let baseline = metrics.ascent(role: .bold, size: block.size) + Double(index) * block.size * block.lineSpacing
      return .text(.init(line, at: Point(0, baseline), role: .bold, size: block.size))
    }
  }
}
