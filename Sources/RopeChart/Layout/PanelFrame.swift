/// The area between a panel's axes, its top left corner at (0, 0), and the scales that fill it.
struct PanelFrame: Sendable {
  let x: AxisScale
  let y: AxisScale
  let width: Double
  let height: Double
  let style: FigureStyle

  init(
    panel: Panel, xDomain: ClosedRange<Double>, yDomain: ClosedRange<Double>, width: Double, height: Double,
    style: FigureStyle
  ) {
    self.width = width
    self.height = height
    self.style = style
    x = AxisScale(
      panel.x.scale, domain: xDomain, start: panel.x.reversed ? width : 0, end: panel.x.reversed ? 0 : width)
    var fromTop = panel.y.reversed
    if case .categories = panel.y.scale { fromTop.toggle() }
    y = AxisScale(panel.y.scale, domain: yDomain, start: fromTop ? 0 : height, end: fromTop ? height : 0)
  }

  var rectangle: Rectangle { Rectangle(x: 0, y: 0, width: width, height: height) }
  /// What is 1 for type of 8 pt grows with larger type, as on slides.
  var unit: Double { max(1, style.tickSize / 8) }
  var markerSize: Double { style.lineWidth * 3.4 }

  func point(_ xValue: Double, _ yValue: Double) -> Point? {
    guard let px = x.position(xValue), let py = y.position(yValue) else { return nil }
    return Point(px, py)
  }

  func contains(_ xValue: Double, _ yValue: Double) -> Bool { x.contains(xValue) && y.contains(yValue) }

  /// The series' points, broken where a value has no place on the scales.
  func lines(_ xs: [Double], _ ys: [Double]) -> [[Point]] {
    var lines: [[Point]] = []
    var current: [Point] = []
    for (xValue, yValue) in zip(xs, ys) {
      if let point = point(xValue, yValue) {
        current.append(point)
      } else if !current.isEmpty {
        lines.append(current)
        current = []
      }
    }
    if !current.isEmpty { lines.append(current) }
    return lines
  }
}
