import Foundation

/// The key outside the frames: samples with dash and marker, in rows from the left.
struct SeriesKey: Sendable {
  enum Sample: Sendable, Hashable {
    case series(PanelContent.Named)
    case rule
    case region
  }

  struct Entry: Sendable, Hashable {
    var label: String
    var sample: Sample

    var isSeries: Bool { series != nil }

    fileprivate var series: PanelContent.Named? { if case .series(let named) = sample { named } else { nil } }

    /// Whether both show the same, whatever a curve's markers.
    fileprivate func isTwin(of other: Entry) -> Bool {
      guard let series, let own = other.series else { return self == other }
      return series.label == own.label && series.style.key == own.style.key && series.sample == own.sample
    }
  }

  /// Every entry once; a curve that has markers in one panel alone is shown with them.
  static func distinct(_ entries: [Entry]) -> [Entry] {
    entries.reduce(into: []) { distinct, entry in
      guard let known = distinct.firstIndex(where: { $0.isTwin(of: entry) }) else { return distinct.append(entry) }
      if distinct[known].series?.style.marker == SeriesStyle.Marker.none { distinct[known] = entry }
    }
  }

  static let sampleWidth = 18.0
  private static let entryGap = 11.0
  private static let textGap = 4.0

  /// Operations with the top left corner at (0, 0), and their size.
  struct Layout: Sendable {
    var operations: [DrawOperation] = []
    var width = 0.0
    var height = 0.0
  }

  /// - Parameter isColumn: one entry a row, else as many as there is room for.
  static func layout(
    _ entries: [Entry], width: Double, isColumn: Bool = false, style: FigureStyle, metrics: any TextMetrics
  ) -> Layout {
    guard !entries.isEmpty else { return Layout() }
    let size = style.tickSize
    let ascent = metrics.ascent(role: .text, size: size)
    let rowHeight = ascent + metrics.descent(role: .text, size: size) + 3.5
    let fitter = TextFitter(metrics: metrics)
    var operations: [DrawOperation] = [.beginGroup(.init("key"))]
    var x = 0.0
    var y = 0.0
    var widest = 0.0
    for entry in entries {
      let text = fitter.block(entry.label, size: size, width: width - sampleWidth - textGap, lines: 1)
      let wide = sampleWidth + textGap + text.width
      if x > 0, isColumn || x + wide > width {
        x = 0
        y += rowHeight
      }
      let key: String? = if case .series(let named) = entry.sample { named.style.key } else { nil }
      operations.append(.beginGroup(.init("key-entry", key: key)))
      operations += sample(entry.sample, x: x, y: y + ascent * 0.55, style: style)
      operations.append(
        .text(.init(text.lines.first ?? "", at: Point(x + sampleWidth + textGap, y + ascent), size: text.size)))
      operations.append(.endGroup)
      widest = max(widest, x + wide)
      x += wide + entryGap
    }
    operations.append(.endGroup)
    return Layout(operations: operations, width: widest, height: y + rowHeight)
  }

  private static func sample(_ sample: Sample, x: Double, y: Double, style: FigureStyle) -> [DrawOperation] {
    func line(_ stroke: DrawOperation.Stroke) -> DrawOperation {
      .path(.init(segments: [[Point(x, y), Point(x + sampleWidth, y)]], stroke: stroke))
    }
    func box(_ fill: Paint, _ opacity: Double) -> DrawOperation {
      let area = Rectangle(x: x, y: y - 2.8, width: sampleWidth, height: 5.6)
      return .path(.init(segments: [area.corners], closed: true, fill: fill, fillOpacity: opacity))
    }
    switch sample {
    case .rule: return [line(.init(.mutedInk, width: RuleMark.width, dash: [3, 2]))]
    case .region: return [box(.shade, 1)]
    case .series(let named):
      let width = style.lineWidth
      let paint = Paint.series(named.style)
      var operations: [DrawOperation] = []
      var shape = named.style.marker
      switch named.sample {
      case .line: operations.append(line(.init(paint, width: width, dash: named.style.dash.map { $0 * width })))
      case .band: operations.append(box(paint, BandMark.opacity))
      case .marker: shape = shape.onPoint
      }
      guard shape != .none, named.sample != .band else { return operations }
      let middle = Point(x + sampleWidth / 2, y)
      operations.append(
        .markers(.init(shape, size: width * 3.6, at: [middle], paint: paint, lineWidth: width * 0.7)))
      return operations
    }
  }
}
