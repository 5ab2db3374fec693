import Foundation

/// What a panel shows, gathered before any size is known: the range of its data and the series that need a name.
struct PanelContent: Sendable {
  /// A series that is named once, at its end or in the key.
  struct Named: Sendable, Hashable {
    enum Sample: Sendable, Hashable { case line, marker, band }
    var label: String
    var style: SeriesStyle
    var sample: Sample
  }

  let panel: Panel
  let xValues: ClosedRange<Double>?
  let yValues: ClosedRange<Double>?
  let named: [Named]

  init(_ panel: Panel) {
    self.panel = panel
    // Where x is cut, y fits what is left to see.
    let shown = panel.x.domain
    func visible(_ xs: [Double], _ ys: [Double]) -> [Double] {
      guard let shown else { return ys }
      return zip(xs, ys).filter { shown.contains($0.0) }.map(\.1)
    }
    var xs = Extent(axis: panel.x)
    var ys = Extent(axis: panel.y)
    var named: [Named] = []
    func name(_ series: Mark.Series, _ sample: Named.Sample) {
      guard !series.label.isEmpty else { return }
      if let known = named.firstIndex(where: { $0.label == series.label }) {
        if named[known].sample != .line, sample == .line { named[known].sample = .line }
      } else {
        named.append(Named(label: series.label, style: series.style, sample: sample))
      }
    }
    for mark in panel.marks {
      switch mark {
      case .line(let series):
        xs.add(series.x, where: series.y)
        ys.add(visible(series.x, series.y))
        name(series, .line)
      case .steps(let series):
        xs.add(series.x, where: series.y)
        ys.add(visible(series.x, series.y))
        name(series, .line)
      case .points(let series):
        xs.add(series.x, where: series.y)
        ys.add([series.y, series.lower, series.upper].flatMap { visible(series.x, $0) })
        name(series, .marker)
      case .band(let series):
        xs.add(series.x, where: series.lower)
        ys.add([series.lower, series.upper].flatMap { visible(series.x, $0) })
        name(series, .band)
      case .dots(let series):
        xs.add(series.x + series.lower + series.upper)
        ys.add(series.y)
        name(series, .marker)
      case .rule(let rule):
        if rule.direction == .vertical { xs.add([rule.at]) } else { ys.add([rule.at]) }
      case .region: break
      case .cells(let cells):
        xs.add(cells.xEdges)
        ys.add(cells.yEdges)
      case .note(let note):
        xs.add([note.x])
        ys.add([note.y])
      }
    }
    xs.add(panel.x.requiredTicks)
    ys.add(panel.y.requiredTicks)
    xValues = xs.range
    yValues = ys.range
    self.named = named.map { Self.marked($0, by: panel.marks) }
  }

  /// A line whose points are a mark of their own, such as simulated ones, is named with their marker.
  private static func marked(_ named: Named, by marks: [Mark]) -> Named {
    guard named.sample == .line, named.style.marker == .none else { return named }
    let points = marks.lazy.compactMap { mark -> Mark.Series? in
      if case .points(let series) = mark { series } else { nil }
    }.first { $0.style.key == named.style.key && $0.x.contains(where: \.isFinite) }
    guard let points else { return named }
    var named = named
    named.style.marker = points.style.marker.onPoint
    return named
  }

  /// How many heights the dots of a row have.
  var lanes: Int {
    let offsets = panel.marks.flatMap { mark -> [Double] in
      if case .dots(let series) = mark { series.y.filter(\.isFinite).map { $0 - $0.rounded() } } else { [] }
    }
    return max(1, Set(offsets.map { ($0 * 1000).rounded() }).count)
  }

  /// Whether it has points alone, no lines and no rows.
  var isScatter: Bool {
    !panel.marks.isEmpty
      && panel.marks.allSatisfy { mark in
        if case .points = mark { true } else { false }
      }
  }

  /// The map that the panel's colour bar explains.
  var cells: Mark.Cells? {
    for case .cells(let cells) in panel.marks { return cells }
    return nil
  }

  /// The least and greatest value that an axis can show.
  private struct Extent {
    let axis: Axis
    var range: ClosedRange<Double>?

    mutating func add(_ values: [Double]) {
      let positive = axis.scale == .log10 || axis.scale == .log2
      for value in values where value.isFinite && (!positive || value > 0) {
        range = range.map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
      }
    }

    mutating func add(_ values: [Double], where others: [Double]) {
      add(zip(values, others).filter { $0.1.isFinite }.map(\.0))
    }
  }
}
