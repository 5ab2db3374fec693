import Foundation

/// Arranges the panels of a figure on a page width: columns, shared axes, one frame size for all, key and title.
struct FigureComposer {
  let figure: Figure
  let style: FigureStyle
  let metrics: any TextMetrics
  private let keysSeries: Bool
  private let contents: [PanelContent]
  private var columns: Int
  private var rows: Int { (contents.count + columns - 1) / columns }
  private let sharesX: Bool
  private let sharesY: Bool
  private let sharesColours: Bool
  /// Where the whole figure's height decides it instead of the frames' aspect.
  private var frameHeight: Double?

  private static let columnGap = 10.0
  private static let rowGap = 8.0
  private static let keyGap = 8.0
  /// The least outer width of a panel, with and without its own y labels.
  private static let leastPanelWidth = 128.0
  private static let leastSharedPanelWidth = 96.0
  /// Frames are this wide at least, also where texts beside them leave less.
  private static let leastNarrowFrameWidth = 20.0
  /// Frames narrower than this go below each other instead.
  private static let leastFrameWidth = 64.0
  /// Names beside the frames that leave them less than this share of the width go into a key.
  private static let leastFrameShare = 0.45
  /// Frames are this high at least, also where the figure's height leaves less.
  private static let leastFrameHeight = 30.0

  init(_ figure: Figure, style: FigureStyle, metrics: any TextMetrics, keysSeries: Bool) {
    self.figure = figure
    self.style = style
    self.metrics = metrics
    self.keysSeries = keysSeries
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
    guard !contents.isEmpty else {
      return DisplayList(
        width: style.width, height: style.height ?? max(titleHeight(title), 1), operations: titleOperations(title))
    }
    var arranged = arrangement()
    while columns > 1, arranged.panels[0].frame.width < Self.leastFrameWidth {
      columns = balanced(columns - 1)
      arranged = arrangement()
    }
    // Margins depend a little on the frames' height, so that the wanted height is reached in steps.
    for _ in 0..<6 {
      let total = height(arranged, title)
      guard let wanted = style.height ?? (limit.map { min($0, total) }), abs(wanted - total) > 1e-6 else { break }
      let current = arranged.panels[0].frame.height
      let next = max(current + (wanted - total) / Double(rows), leastHeight)
      guard abs(next - current) > 1e-6 else { break }
      frameHeight = next
      arranged = arrangement()
    }
    return list(arranged, title)
  }

  /// The greatest height where none was asked for; more than three rows of panels get room for themselves.
  private var limit: Double? {
    style.aspect == nil ? style.largestAspect.map { $0 * style.width * max(1, Double(rows) / 3) } : nil
  }

  // MARK: Arrangement

  /// Panels with their margins and the key of what they do not name themselves.
  private struct Arrangement {
    var panels: [PanelLayout]
    var key: SeriesKey.Layout
  }

  private func arrangement() -> Arrangement {
    switch style.legend {
    case .direct: return arrangement(.direct)
    case .top, .right: return arrangement(.key)
    case Optional.none:
      let direct = layouts(.direct, keyWidth: 0)
      guard missing(direct).isEmpty else { return arrangement(.key) }
      let width = direct.first?.frame.width ?? 0
      if columns == 1, width < Self.leastFrameShare * style.width, case let keyed = arrangement(.key),
        (keyed.panels.first?.frame.width ?? 0) > 1.25 * width
      {
        return keyed
      }
      return Arrangement(panels: direct, key: key(of: direct))
    case .some(.none):
      return Arrangement(panels: layouts(.nowhere, keyWidth: 0), key: SeriesKey.Layout())
    }
  }

  private func arrangement(_ naming: PanelLayout.Naming) -> Arrangement {
    var panels = layouts(naming, keyWidth: 0)
    var key = key(of: panels)
    if style.legend == .right, key.width > 0 {
      panels = layouts(naming, keyWidth: key.width + Self.keyGap)
      key = self.key(of: panels)
    }
    return Arrangement(panels: panels, key: key)
  }

  /// Series that no panel names.
  private func missing(_ panels: [PanelLayout]) -> [SeriesKey.Entry] {
    let named = Set(panels.flatMap(\.namedSeries))
    return panels.flatMap(\.unnamedSeries).filter { !named.contains($0.label) }
  }

  private func key(of panels: [PanelLayout]) -> SeriesKey.Layout {
    let named = Set(panels.flatMap(\.namedSeries))
    let entries = panels.flatMap { $0.keyEntries + $0.unnamedSeries }.filter { entry in
      !named.contains(entry.label) && (keysSeries || !entry.isSeries)
    }
    return SeriesKey.layout(
      SeriesKey.distinct(entries), width: style.legend == .right ? style.width * 0.4 : style.width - 2 * style.padding,
      isColumn: style.legend == .right, style: style, metrics: metrics)
  }

  private func height(_ arranged: Arrangement, _ title: TextFitter.Block) -> Double {
    let keyHeight = arranged.key.height
    let frames = (0..<rows).map { row -> Double in
      let members = members(of: row)
      return (members.map { arranged.panels[$0].margins.top }.max() ?? 0) + arranged.panels[0].frame.height
        + (members.map { arranged.panels[$0].margins.bottom }.max() ?? 0)
    }.reduce(0, +)
    let panels = frames + Double(rows - 1) * Self.rowGap
    let top = arranged.panels.first?.margins.top ?? 0
    let body = style.legend == .right ? max(panels, top + keyHeight) : panels + (keyHeight > 0 ? keyHeight + 3 : 0)
    return titleHeight(title) + body + 2 * style.padding
  }

  private func members(of row: Int) -> [Int] { contents.indices.filter { $0 / columns == row } }

  private func list(_ arranged: Arrangement, _ title: TextFitter.Block) -> DisplayList {
    let panels = arranged.panels, key = arranged.key
    var list = DisplayList(
      width: style.width, height: height(arranged, title), operations: titleOperations(title))
    let lefts = columnMargins(panels, \.left)
    let rights = columnMargins(panels, \.right)
    var y = style.padding + titleHeight(title)
    if style.legend != .right {
      list.append(DisplayList(width: 0, height: 0, operations: key.operations), x: style.padding, y: y)
      y += key.height > 0 ? key.height + 3 : 0
    } else {
      let top = y + (panels.first?.margins.top ?? 0)
      let x = style.width - style.padding - key.width
      list.append(DisplayList(width: 0, height: 0, operations: key.operations), x: x, y: top)
    }
    for row in 0..<rows {
      let members = members(of: row)
      let top = members.map { panels[$0].margins.top }.max() ?? 0
      let bottom = members.map { panels[$0].margins.bottom }.max() ?? 0
      var x = style.padding
      for index in members {
        let column = index % columns
        x += lefts[column]
        let operations = panels[index].operations(top: top)
        list.append(DisplayList(width: 0, height: 0, operations: operations), x: x, y: y + top)
        x += panels[index].frame.width + rights[column] + Self.columnGap
      }
      y += top + (panels[members[0]].frame.height) + bottom + (row + 1 < rows ? Self.rowGap : 0)
    }
    if let height = style.height { list.height = max(height, list.height) }
    return list
  }

  // MARK: Sizes

  /// Layouts that all have the same frame, as wide as the margins leave room for.
  private func layouts(_ naming: PanelLayout.Naming, keyWidth: Double) -> [PanelLayout] {
    let page = style.width - 2 * style.padding - keyWidth - Self.columnGap * Double(columns - 1)
    let outer = page / Double(columns)
    var width = max(outer - 60, 40)
    var panels = layouts(width: width, outer: outer, naming)
    for round in 0..<10 {
      let margins = columnMargins(panels, \.left).reduce(0, +) + columnMargins(panels, \.right).reduce(0, +)
      let free = max((page - margins) / Double(columns), Self.leastNarrowFrameWidth)
      // Ticks and labels depend on the width and the other way round; from the third round on frames only shrink, so
      // that this ends with everything on the page.
      let isSettled = round < 2 ? abs(free - width) < 1e-6 : free > width - 1e-6
      if isSettled { break }
      width = free
      panels = layouts(width: width, outer: outer, naming)
    }
    return panels
  }

  /// With names of series in the same size beside all frames: the smallest that one of them needs.
  private func layouts(width: Double, outer: Double, _ naming: PanelLayout.Naming) -> [PanelLayout] {
    let panels = layouts(width: width, outer: outer, naming, nameSize: .infinity)
    let sizes = Set(panels.compactMap(\.sideLabels.nameSize))
    guard sizes.count > 1, let smallest = sizes.min() else { return panels }
    return layouts(width: width, outer: outer, naming, nameSize: smallest)
  }

  private func layouts(
    width: Double, outer: Double, _ naming: PanelLayout.Naming, nameSize: Double
  ) -> [PanelLayout] {
    let height = frameHeight ?? naturalHeight(width: width)
    let wantedX = AxisTicks.wanted(length: width, spacing: style.tickSize * PanelLayout.xSpacing)
    let wantedY = AxisTicks.wanted(length: height, spacing: style.tickSize * PanelLayout.ySpacing)
    let allX = union(contents.map(\.xValues))
    let allY = union(contents.map(\.yValues))
    return contents.indices.map { index in
      let content = contents[index]
      let isLastInColumn = index + columns >= contents.count
      let isInLastColumn = index % columns == columns - 1
      var options = PanelLayout.Options(naming: naming, outerWidth: outer, nameSize: nameSize)
      options.showsXLabels = !sharesX || isLastInColumn
      options.showsYLabels = !sharesY || index % columns == 0
      options.showsColourBar = !sharesColours || isInLastColumn
      if contents.count > 1 { options.letter = Self.letter(index) }
      return PanelLayout(
        content,
        xDomain: AxisDomain.across(
          content.panel.x, values: sharesX ? allX : content.xValues, wanted: wantedX, of: content),
        yDomain: AxisDomain.resolve(
          content.panel.y, values: sharesY ? allY : content.yValues, wanted: wantedY, of: content),
        width: width, height: height, options: options, style: style, metrics: metrics)
    }
  }

  private var lineHeight: Double {
    metrics.ascent(role: .text, size: style.tickSize) + metrics.descent(role: .text, size: style.tickSize)
  }

  /// Named rows along y, the most of any panel.
  private var categoryRows: Double { Double(contents.compactMap { $0.panel.y.scale.categoryCount }.max() ?? 0) }

  /// The figure's aspect, but never too low for the rows of a table of dots or for reading a curve.
  private func naturalHeight(width: Double) -> Double {
    let aspect = style.aspect ?? (figure.aspect.isFinite && figure.aspect > 0 ? figure.aspect : 0.618)
    // Dots of several series in one row stand below each other.
    let lanes = Double(contents.map(\.lanes).max() ?? 1)
    let row = max(lineHeight + 4, (lanes - 1) * PointsMark.rowSize(style))
    return max(width * aspect, categoryRows * row, style.aspect == nil ? 54 : Self.leastFrameHeight)
  }

  private var leastHeight: Double { max(Self.leastFrameHeight, categoryRows * (lineHeight + PanelLayout.rowGap)) }

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

  /// `(a)`, after the twenty-sixth again from the beginning.
  static func letter(_ index: Int) -> String {
    "(\(Character(UnicodeScalar(UInt8(97 + index % 26)))))"
  }

  // MARK: Title

  private func titleBlock() -> TextFitter.Block {
    TextFitter(metrics: metrics).block(
      style.drawsTitle ? figure.title : "", role: .bold, size: style.labelSize + 1,
      width: style.width - 2 * style.padding, lines: 4, most: 8)
  }

  private func titleHeight(_ block: TextFitter.Block) -> Double { block.lines.isEmpty ? 0 : block.height + 5 }

  private func titleOperations(_ block: TextFitter.Block) -> [DrawOperation] {
    block.lines.enumerated().map { index, line in
      let baseline =
        style.padding + metrics.ascent(role: .bold, size: block.size)
        + Double(index) * block.size * block.lineSpacing
      return .text(.init(line, at: Point(style.padding, baseline), role: .bold, size: block.size))
    }
  }
}
