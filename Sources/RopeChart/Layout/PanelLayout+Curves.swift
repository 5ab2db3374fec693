/// Where the curves of a panel run and end, and what names must not cover.
extension PanelLayout {
  struct LineEnd {
    var point: Point
    var exit: SeriesTrace.Exit?
    /// The last value, and the x to which it belongs.
    var value: Double
    var at: Double
  }

  /// Where the mark that bears a name ends.
  func lineEnd(of named: PanelContent.Named) -> LineEnd? {
    for (label, trace) in traces where label == named.label {
      if let end = trace.end {
        return LineEnd(point: end, exit: trace.exit, value: trace.lastValue, at: trace.lastPlace)
      }
    }
    for mark in panel.marks {
      switch mark {
      case .points(let series) where series.label == named.label:
        if let end = lastPoint(series.x, series.y) { return end }
      case .band(let series) where series.label == named.label:
        let middles = zip(series.lower, series.upper).map { ($0 + $1) / 2 }
        if let end = lastPoint(series.x, middles) { return end }
      default: break
      }
    }
    return nil
  }

  private func lastPoint(_ xs: [Double], _ ys: [Double]) -> LineEnd? {
    let points = zip(xs, ys).filter { frame.contains($0, $1) }
    guard let last = points.max(by: { (frame.x.position($0.0) ?? 0) < (frame.x.position($1.0) ?? 0) }),
      let point = frame.point(last.0, last.1)
    else { return nil }
    return LineEnd(point: point, exit: nil, value: last.1, at: last.0)
  }

  /// The lines that the items name, in their order, and every other curve of the panel.
  func curveParts(_ items: [SideLabels.Item]) -> [[[Point]]] {
    func lying(_ y: Double) -> [[Point]] { [[Point(0, y), Point(frame.width, y)]] }
    let own = items.map { item -> [[Point]] in
      guard let named = item.named else { return lying(item.end.y) }
      return traces.first { $0.label == named.label }?.trace.parts ?? []
    }
    let labels = Set(items.compactMap(\.named?.label))
    return own + traces.filter { !labels.contains($0.label) }.map(\.trace.parts)
  }

  func lyingRules() -> [Double] {
    panel.marks.compactMap { mark in
      guard case .rule(let rule) = mark, rule.direction == .horizontal, frame.y.contains(rule.at) else { return nil }
      return frame.y.position(rule.at)
    }
  }

  /// Upright rules, points and their bars: no name is set on them.
  func fixedObstacles() -> [Rectangle] {
    panel.marks.flatMap { mark -> [Rectangle] in
      switch mark {
      case .rule(let rule) where rule.direction == .vertical:
        guard frame.x.contains(rule.at), let x = frame.x.position(rule.at) else { return [] }
        return [Rectangle(x: x - 0.5, y: 0, width: 1, height: frame.height)]
      case .points(let series):
        let reach = frame.markerSize * 0.6
        return zip(series.x, series.y).enumerated().compactMap { index, point in
          guard frame.contains(point.0, point.1), let place = frame.point(point.0, point.1) else { return nil }
          var ends = [place.y - reach, place.y + reach]
          for bound in [series.lower, series.upper] where index < bound.count {
            if let y = frame.y.position(bound[index]) { ends.append(min(max(y, 0), frame.height)) }
          }
          let top = ends.min() ?? place.y, bottom = ends.max() ?? place.y
          return Rectangle(x: place.x - reach, y: top, width: 2 * reach, height: bottom - top)
        }
      case .line(let series) where series.x.count <= 24 && series.style.marker != .none:
        let reach = frame.markerSize * 0.6
        return zip(series.x, series.y).compactMap { x, y in
          guard frame.contains(x, y), let place = frame.point(x, y) else { return nil }
          return Rectangle(x: place.x - reach, y: place.y - reach, width: 2 * reach, height: 2 * reach)
        }
      default: return []
      }
    }
  }
}
