import Foundation

/// Polylines and steps: dash and colour of the series, a few markers, arrows where they leave the frame.
enum LineMark {
  /// `order` of `count` series staggers the markers, so that those of coinciding lines stand side by side.
  ///
  /// - Parameter overCells: whether a map lies below, on whose colours no line is seen everywhere: each gets a casing of
  ///   the ground's colour.
  static func draw(
    _ series: Mark.Series, _ trace: SeriesTrace, frame: PanelFrame, order: Int, count: Int, overCells: Bool
  ) -> [DrawOperation] {
    let width = trace.isDense ? frame.style.lineWidth * 0.4 : frame.style.lineWidth
    let paint = Paint.series(series.style)
    var operations: [DrawOperation] = []
    if !trace.parts.isEmpty {
      let dash = trace.isDense ? [] : series.style.dash.map { $0 * width }
      if overCells {
        operations.append(.path(.init(segments: trace.parts, stroke: .init(.ground, width: width + 1, dash: dash))))
      }
      operations.append(.path(.init(segments: trace.parts, stroke: .init(paint, width: width, dash: dash))))
    }
    let points = trace.isDense ? [] : markerPoints(series, parts: trace.parts, frame: frame, order: order, count: count)
    if series.style.marker != .none, !points.isEmpty {
      operations.append(
        .markers(.init(series.style.marker, size: frame.markerSize, at: points, paint: paint, lineWidth: width * 0.7)))
    }
    if let exit = trace.exit, let end = trace.end { operations.append(arrow(at: end, exit, paint, frame)) }
    return operations
  }

  /// A filled arrow head at the edge by which the line leaves.
  private static func arrow(
    at point: Point, _ exit: SeriesTrace.Exit, _ paint: Paint, _ frame: PanelFrame
  ) -> DrawOperation {
    let size = frame.style.lineWidth * 4.6
    let tip = exit == .top ? -size * 0.45 : frame.height + size * 0.45
    let base = exit == .top ? tip + size : tip - size
    let x = min(max(point.x, size * 0.4), frame.width)
    let head = [Point(x, tip), Point(x + size * 0.42, base), Point(x - size * 0.42, base)]
    return .path(.init(segments: [head], closed: true, fill: paint))
  }

  private static func markerPoints(
    _ series: Mark.Series, parts: [[Point]], frame: PanelFrame, order: Int, count: Int
  ) -> [Point] {
    if series.x.count <= 24 {
      return zip(series.x, series.y).filter { frame.contains($0, $1) }.compactMap { frame.point($0, $1) }
    }
    // On longer lines markers are signs of recognition, not data: a few at even distances along x.
    let spacing = max(frame.width / 5, 40)
    let first = spacing * (Double(order) + 0.5) / Double(max(count, 1))
    return stride(from: first, to: frame.width, by: spacing).compactMap { x in
      for part in parts {
        for (a, b) in zip(part, part.dropFirst()) where min(a.x, b.x) <= x && x <= max(a.x, b.x) && a.x != b.x {
          return Point(x, a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x))
        }
      }
      return nil
    }
  }
}
