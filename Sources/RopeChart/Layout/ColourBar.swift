import Foundation

/// The scale of a heat map's colours, with ticks and unit, at the right of the frame.
struct ColourBar: Sendable {
  static let gap = 7.0
  static let barWidth = 7.0
  private static let tickLength = 2.0
  private static let steps = 128

  let cells: Mark.Cells
  let height: Double
  let style: FigureStyle
  let metrics: any TextMetrics
  let ticks: [Tick]
  let label: TextFitter.Block
  let width: Double

  init(_ cells: Mark.Cells, height: Double, style: FigureStyle, metrics: any TextMetrics) {
    self.cells = cells
    self.height = height
    self.style = style
    self.metrics = metrics
    let size = style.tickSize
    let line = metrics.ascent(role: .text, size: size) + metrics.descent(role: .text, size: size)
    let axis = Axis(cells.label, format: cells.format, domain: cells.domain)
    let scale = AxisScale(.linear, domain: Self.usable(cells.domain), start: height, end: 0)
    ticks = AxisTicks(axis, scale: scale, spacing: size * PanelLayout.ySpacing, gap: size * 0.25) { _ in line }.ticks()
    label = TextFitter(metrics: metrics).block(cells.label, size: style.tickSize, width: height + 6, lines: 2)
    let widest = ticks.map { metrics.width(of: $0.label, role: .text, size: size) }.max() ?? 0
    width = Self.gap + Self.barWidth + Self.tickLength + 2 + widest + (label.lines.isEmpty ? 0 : 3 + label.height)
  }

  private static func usable(_ domain: ClosedRange<Double>) -> ClosedRange<Double> {
    domain.lowerBound < domain.upperBound ? domain : domain.lowerBound...(domain.lowerBound + 1)
  }

  /// With the left edge of the gap at `x` and the frame's top at 0.
  func operations(x: Double) -> [DrawOperation] {
    let map = ColourMap(cells.colours)
    let left = x + Self.gap
    let box = Rectangle(x: left, y: 0, width: Self.barWidth, height: height)
    let pixels = (0..<Self.steps).map { map.rgb(at: 1 - (Double($0) + 0.5) / Double(Self.steps)) }
    var operations: [DrawOperation] = [
      .beginGroup(.init("colour-bar", title: cells.label)),
      .image(.init(frame: box, columns: 1, rows: Self.steps, pixels: pixels)),
      .path(.init(segments: [box.corners], closed: true, stroke: .init(.ink, width: style.lineWidth * 0.4))),
    ]
    let scale = AxisScale(.linear, domain: Self.usable(cells.domain), start: height, end: 0)
    let size = style.tickSize
    let middle = (metrics.ascent(role: .text, size: size) - metrics.descent(role: .text, size: size)) / 2
    var marks: [[Point]] = []
    for tick in ticks where tick.isMajor {
      guard let y = scale.position(tick.value) else { continue }
      marks.append([Point(box.right, y), Point(box.right + Self.tickLength, y)])
      guard !tick.label.isEmpty else { continue }
      operations.append(.text(.init(tick.label, at: Point(box.right + Self.tickLength + 2, y + middle), size: size)))
    }
    operations.append(.path(.init(segments: marks, stroke: .init(.ink, width: style.lineWidth * 0.4))))
    for (index, line) in label.lines.enumerated() {
      let baseline =
        x + width - label.height + metrics.ascent(role: .text, size: label.size)
        + Double(index) * label.size * label.lineSpacing
      operations.append(
        .text(.init(line, at: Point(baseline, height / 2), anchor: .middle, size: label.size, rotation: -90)))
    }
    operations.append(.endGroup)
    return operations
  }
}
