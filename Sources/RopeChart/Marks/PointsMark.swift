/// Markers without a line, with error bars: upright for points, lying for the dots of a row.
enum PointsMark {
  /// Width and height of a dot in a row.
  static func rowSize(_ style: FigureStyle) -> Double { style.lineWidth * 3.4 * 1.4 }

  static func draw(_ series: Mark.Series, inRows: Bool, frame: PanelFrame) -> [DrawOperation] {
    let paint = Paint.series(series.style)
    var points: [Point] = []
    var bars: [[Point]] = []
    for index in 0..<min(series.x.count, series.y.count) {
      let (x, y) = (series.x[index], series.y[index])
      guard frame.contains(x, y), let point = frame.point(x, y) else { continue }
      points.append(point)
      guard index < series.lower.count, index < series.upper.count else { continue }
      let scale = inRows ? frame.x : frame.y
      let ends = [series.lower[index], series.upper[index]].map { value in
        scale.position(min(max(value, scale.domain.lowerBound), scale.domain.upperBound))
      }
      guard let low = ends[0], let high = ends[1], abs(high - low) > 0.3 else { continue }
      bars.append(inRows ? [Point(low, point.y), Point(high, point.y)] : [Point(point.x, low), Point(point.x, high)])
    }
    var operations: [DrawOperation] = []
    if !bars.isEmpty {
      operations.append(.path(.init(segments: bars, stroke: .init(paint, width: frame.style.lineWidth * 0.6))))
    }
    if !points.isEmpty {
      let shape = series.style.marker.onPoint
      let size = inRows ? rowSize(frame.style) : frame.markerSize * 1.1
      operations.append(
        .markers(.init(shape, size: size, at: points, paint: paint, lineWidth: frame.style.lineWidth * 0.8)))
    }
    return operations
  }
}
