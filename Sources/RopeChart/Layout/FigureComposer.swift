import Foundation

/// Arranges the panels of a figure on a page width: columns, shared axes, one frame size for all, key and title.
struct FigureComposer {
  let figure: Figure
  let style: FigureStyle
  let metrics: any TextMetrics
  private let contents: [PanelContent]
  private let columns: Int
  private let rows: Int
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

  init(_ figure: Figure, style: FigureStyle, metrics: any TextMetrics) {
    self.figure = figure
    self.style = style
    self.metrics = metrics
    contents = figure.panels.map(PanelContent.init)
    sharesX = figure.panels.count > 1 && figure.panels.dropFirst().allSatisfy { $0.x == figure.panels[0].x }
    sharesY = figure.panels.count > 1 && figure.panels.dropFirst().allSatisfy { $0.y == figure.panels[0].y }
    let maps = contents.compactMap(\.cells)
    sharesColours = maps.count == contents.count && maps.dropFirst().allSatisfy { map in
      map.label == maps[0].label && map.domain == maps[0].domain && map.colours == maps[0].colours
    }
    let least = sharesY ? Self.leastSharedPanelWidth : Self.leastPanelWidth
    let most = max(1, Int(style.width / least))
    let wanted = min(max(figure.columns, 1), max(contents.count, 1), most)
    let rowCount = max(1, (contents.count + wanted - 1) / wanted)
    rows = rowCount
    columns = max(1, (contents.count + rowCount - 1) / rowCount)
  }

  func compose() -> DisplayList {
    let title = titleBlock()
    let titleHeight = title.lines.isEmpty ? 0 : title.height + 5
    guard !contents.isEmpty else {
      return DisplayList(width: style.width, height: max(titleHeight, 1), operations: titleOperations(title))
    }
    var panels = layouts(direct: true)
    if !panels.allSatisfy(\.isFullyLabelled) { panels = layouts(direct: false) }

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

  /// Layouts that all have the same frame, as wide as the margins leave room for.
  private func layouts(direct: Bool) -> [PanelLayout] {
    let outer = (style.width - 2 * Self.edge - Self.columnGap * Double(columns - 1)) / Double(columns)
    var width = max(outer - 60, 40)
    var panels = layouts(width: width, outer: outer, direct: direct)
    for _ in 0..<6 {
      let margins = columnMargins(panels, \.left).reduce(0, +) + columnMargins(panels, \.right).reduce(0, +)
      let free = (style.width - 2 * Self.edge - margins - Self.columnGap * Double(columns - 1)) / Double(columns)
      let next = max(free, 30)
      if abs(next - width) < 1e-6 { break }
      width = next
      panels = layouts(width: width, outer: outer, direct: direct)
    }
    return panels
  }

  private func layouts(width: Double, outer: Double, direct: Bool) -> [PanelLayout] {
    let height = frameHeight(width: width)
    let wantedX = min(max(width / (style.tickSize * 5) + 1, 2), 9)
    let wantedY = min(max(height / (style.tickSize * 3.4) + 1, 2), 9)
    let allX = union(contents.map(\.xValues))
    let allY = union(contents.map(\.yValues))
    return contents.indices.map { index in
      let content = contents[index]
      let isLastInColumn = index + columns >= contents.count
      let isLastInRow = index % columns == columns - 1 || index == contents.count - 1
      var options = PanelLayout.Options(labelsDirectly: direct, outerWidth: outer)
      options.showsXLabels = !sharesX || isLastInColumn
      options.showsYLabels = !sharesY || index % columns == 0
      options.showsColourBar = !sharesColours || isLastInRow
      if contents.count > 1 { options.letter = Self.letter(index) }
      return PanelLayout(
        content,
        xDomain: AxisDomain.resolve(content.panel.x, values: sharesX ? allX : content.xValues, wanted: wantedX,
          isExact: content.cells != nil),
        yDomain: AxisDomain.resolve(content.panel.y, values: sharesY ? allY : content.yValues, wanted: wantedY,
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
