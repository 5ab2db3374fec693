/// The area between two curves, in a light tint of the series' colour.
enum BandMark {
  static let opacity = 0.18

  static func draw(_ series: Mark.Series, frame: PanelFrame) -> [DrawOperation] {
    var areas: [[Point]] = []
    var upper: [Point] = []
    var lower: [Point] = []
    func close() {
      let outline =
        Polyline.simplified(Polyline.decimated(upper))
        + Polyline.simplified(Polyline.decimated(lower)).reversed()
      let area = Polyline.clippedArea(outline, to: frame.rectangle)
      if upper.count > 1, area.count > 2 { areas.append(area) }
      upper = []
      lower = []
    }
    for index in 0..<min(series.x.count, series.lower.count, series.upper.count) {
      if let low = frame.point(series.x[index], series.lower[index]),
        let high = frame.point(series.x[index], series.upper[index])
      {
        upper.append(high)
        lower.append(low)
      } else {
        close()
      }
    }
    close()
    guard !areas.isEmpty else { return [] }
    return [.path(.init(segments: areas, closed: true, fill: .series(series.style), fillOpacity: opacity))]
  }
}
