/// A shaded strip across the frame.
enum RegionMark {
  static func draw(_ region: Mark.Region, frame: PanelFrame) -> [DrawOperation] {
    guard let span = span(region, frame: frame) else { return [] }
    let corners: [Point]
    switch region.direction {
    case .vertical:
      corners = [
        Point(span.lowerBound, 0), Point(span.upperBound, 0), Point(span.upperBound, frame.height),
        Point(span.lowerBound, frame.height),
      ]
    case .horizontal:
      corners = [
        Point(0, span.lowerBound), Point(frame.width, span.lowerBound), Point(frame.width, span.upperBound),
        Point(0, span.upperBound),
      ]
    }
    return [.path(.init(segments: [corners], closed: true, fill: .shade))]
  }

  /// The visible part in points along the region's axis; nil where nothing is visible. Infinite ends reach the edge.
  static func span(_ region: Mark.Region, frame: PanelFrame) -> ClosedRange<Double>? {
    let scale = region.direction == .vertical ? frame.x : frame.y
    let low = max(min(region.from, region.to), scale.domain.lowerBound)
    let high = min(max(region.from, region.to), scale.domain.upperBound)
    guard low < high, let a = scale.position(low), let b = scale.position(high) else { return nil }
    return min(a, b)...max(a, b)
  }
}
