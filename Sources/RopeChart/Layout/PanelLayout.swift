import Foundation

/// A panel at a given frame size: its ticks, labels and the margins that they need, measured around a frame whose top
/// left corner is (0, 0).
struct PanelLayout: Sendable {
  /// Where a panel's series are named.
  enum Naming: Sendable { case direct, key, nowhere }

  struct Options: Sendable {
    var naming: Naming
    var showsXLabels = true
    var showsYLabels = true
    var showsColourBar = true
    /// `(a)`, empty where the figure has one panel.
    var letter = ""
    /// Room for frame and margins together.
    var outerWidth: Double
    /// The largest type of names beside the frame; the panels of a figure have the same.
    var nameSize = Double.infinity
  }

  struct Margins: Sendable {
    var left = 0.0
    var top = 0.0
    var right = 0.0
    var bottom = 0.0
  }

  var tickLength: Double { 3 * frame.unit }
  var minorTickLength: Double { 1.8 * frame.unit }
  var tickPadding: Double { 2.5 * frame.unit }
  var labelPadding: Double { 3.5 * frame.unit }
  /// Room for one tick along each axis, in sizes of its label.
  static let xSpacing = 5.0
  static let ySpacing = 3.2
  /// The least distance between the names of two rows.
  static let rowGap = 0.6

  let content: PanelContent
  let frame: PanelFrame
  let options: Options
  let metrics: any TextMetrics
  /// Lines and steps as they are drawn, in the order of their marks.
  let traces: [(label: String, trace: SeriesTrace)]
  let xTicks: [Tick]
  let yTicks: [Tick]
  let xTickLabels: [TextFitter.Block]
  let yTickLabels: [TextFitter.Block]
  let xLabel: TextFitter.Block
  let yLabel: TextFitter.Block
  let header: TextFitter.Block
  var topLabels: [TopLabels.Placed] = []
  var sideLabels = SideLabels()
  var curveLabels: [CurveLabels.Placed] = []
  var colourBar: ColourBar?
  /// What a key must explain because the panel itself does not.
  var keyEntries: [SeriesKey.Entry] = []
  /// Labels of series that the panel names itself, and those for which it has no room.
  var namedSeries: [String] = []
  var unnamedSeries: [SeriesKey.Entry] = []
  var margins = Margins()

  var panel: Panel { content.panel }
  var style: FigureStyle { frame.style }

  init(
    _ content: PanelContent, xDomain: ClosedRange<Double>, yDomain: ClosedRange<Double>, width: Double, height: Double,
    options: Options, style: FigureStyle, metrics: any TextMetrics
  ) {
    self.content = content
    self.options = options
    self.metrics = metrics
    let panel = content.panel
    let frame = PanelFrame(
      panel: panel, xDomain: xDomain, yDomain: yDomain, width: width, height: height, style: style)
    self.frame = frame
    traces = panel.marks.compactMap { mark in
      switch mark {
      case .line(let series), .steps(let series):
        (series.label, SeriesTrace(series, asSteps: mark.isSteps, frame: frame))
      default: nil
      }
    }
    let fitter = TextFitter(metrics: metrics)
    let size = style.tickSize
    let line = metrics.ascent(role: .text, size: size) + metrics.descent(role: .text, size: size)

    let columns = panel.x.scale.categoryCount.map { max(width / Double($0) - 2, 12) } ?? .infinity
    let xBlock: @Sendable (String, Double) -> TextFitter.Block = { text, size in
      columns.isFinite
        ? fitter.block(
          text, size: size, width: max(columns, metrics.width(of: text, role: .text, size: style.tickSize) / 2.2),
          lines: 2)
        : .init(lines: [text], size: size, width: metrics.width(of: text, role: .text, size: size))
    }
    // A row has its name, on two lines only where rows are that far apart.
    let rowCount = panel.y.scale.categoryCount
    let rowLines = rowCount.map { height / Double($0) >= line + size * 1.2 + Self.rowGap ? 2 : 1 } ?? 1
    let rowWidth = rowLines == 2 ? options.outerWidth * 0.4 : max(options.outerWidth * 0.4, style.width * 0.3)
    let yBlock: @Sendable (String, Double) -> TextFitter.Block = { text, size in
      rowCount != nil
        ? fitter.block(text, size: size, width: rowWidth, lines: rowLines)
        : .init(lines: [text], size: size, width: metrics.width(of: text, role: .text, size: size))
    }
    let xAxis = AxisTicks(panel.x, scale: frame.x, spacing: size * Self.xSpacing, gap: size * 0.6) {
      xBlock($0, size).width
    }
    let yGap = rowCount == nil ? size * 0.25 : Self.rowGap / 2
    let yAxis = AxisTicks(panel.y, scale: frame.y, spacing: size * Self.ySpacing, gap: yGap) {
      line + Double(yBlock($0, size).lines.count - 1) * size * 1.2
    }
    xTicks = xAxis.ticks()
    yTicks = yAxis.ticks()
    xTickLabels = Self.level(xTicks.map(\.label), size: size, xBlock)
    yTickLabels = Self.level(yTicks.map(\.label), size: size, yBlock)
    xLabel = fitter.block(
      options.showsXLabels ? panel.x.label : "", size: style.labelSize, width: width + 8, lines: 2, most: 4)
    yLabel = fitter.block(
      options.showsYLabels ? panel.y.label : "", size: style.labelSize, width: height + 6, lines: 2, most: 4)
    let letterWidth =
      options.letter.isEmpty
      ? 0 : metrics.width(of: options.letter + " ", role: .bold, size: max(style.tickSize, 8)) + 2
    header = fitter.block(panel.title, size: style.labelSize, width: max(width - letterWidth, 30), lines: 3, most: 6)
    placeLabels()
    measure()
  }

  /// Labels of one axis in one size: the smallest that any of them needs.
  private static func level(
    _ labels: [String], size: Double, _ block: (String, Double) -> TextFitter.Block
  ) -> [TextFitter.Block] {
    let needed = labels.filter { !$0.isEmpty }.map { block($0, size).size }.min() ?? size
    return labels.map { block($0, needed) }
  }

  /// Height of a line of text, from the top of the tallest to the foot of the lowest letter.
  func lineHeight(_ size: Double) -> Double {
    metrics.ascent(role: .text, size: size) + metrics.descent(role: .text, size: size)
  }

  var topRowHeight: Double { lineHeight(style.tickSize) + 2.5 }
  /// From the frame's upper edge to the foot of the first row above it: clear of a marker on the edge.
  var topPadding: Double { max(3, frame.markerSize * 0.5 + 0.5) }
  var topRows: Int { (topLabels.map(\.row).max() ?? -1) + 1 }
  var headerHeight: Double {
    let lines = max(header.lines.count, options.letter.isEmpty ? 0 : 1)
    return lines == 0 ? 0 : Double(lines - 1) * header.size * 1.2 + lineHeight(max(header.size, 8)) + 2.5
  }

  private mutating func measure() {
    let half = lineHeight(style.tickSize) / 2
    let widest = yTickLabels.map(\.width).max() ?? 0
    if options.showsYLabels { margins.left = tickLength + tickPadding + widest }
    if !yLabel.lines.isEmpty { margins.left += labelPadding + yLabel.height }
    margins.bottom = tickLength
    var overhangLeft = 0.0
    var overhangRight = 0.0
    if options.showsXLabels {
      let tallest = xTickLabels.map { $0.lines.count }.max() ?? 1
      margins.bottom +=
        tickPadding + lineHeight(style.tickSize) + Double(max(tallest, 1) - 1) * style.tickSize * 1.2
      for (tick, block) in zip(xTicks, xTickLabels) where !tick.label.isEmpty {
        guard let x = frame.x.position(tick.value) else { continue }
        overhangLeft = max(overhangLeft, block.width / 2 - x)
        overhangRight = max(overhangRight, x + block.width / 2 - frame.width)
      }
      overhangLeft = max(overhangLeft, (xLabel.width - frame.width) / 2)
      overhangRight = max(overhangRight, (xLabel.width - frame.width) / 2)
    }
    if !xLabel.lines.isEmpty { margins.bottom += labelPadding + xLabel.height }
    margins.left = max(margins.left, overhangLeft, 1)
    margins.right = max(overhangRight, sideLabels.width + (colourBar?.width ?? 0), style.lineWidth)
    margins.top = max(half, 2.5, -sideLabels.top(metrics: metrics))
    if topRows > 0 { margins.top = max(margins.top, topPadding + Double(topRows) * topRowHeight) }
    if headerHeight > 0 { margins.top += 2 + headerHeight }
  }
}

extension Axis.Scale {
  /// How many named rows or columns, nil on a scale of numbers.
  var categoryCount: Int? {
    if case .categories(let names) = self { return max(names.count, 1) }
    return nil
  }
}
