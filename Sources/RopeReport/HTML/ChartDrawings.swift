import RopeChart
import RopeText

/// All charts of a document, laid out once for wide and once for narrow screens, with the style sheet that they share.
struct ChartDrawings {
  let wide: [String: DisplayList]
  let narrow: [String: DisplayList]
  let styleSheet: SVGStyleSheet
  /// One `<symbol>` for each series style, for keys and table rows.
  let symbols: String

  static let symbolWidth = 24.0
  static let symbolHeight = 10.0

  init(_ document: Document, renderer: HTMLRenderer) {
    var wide: [String: DisplayList] = [:]
    var narrow: [String: DisplayList] = [:]
    var styles: [String: SeriesStyle] = [:]
    for block in document.blocks {
      switch block {
      case .chart(let chart):
        func list(_ figure: Figure, _ style: FigureStyle) -> DisplayList {
          FigureLayout(style: style, metrics: renderer.metrics, keysSeries: !Self.listsSeries(of: chart))
            .displayList(for: figure).forScreen
        }
        wide[chart.id] = list(chart.figure, renderer.wideStyle)
        var upright = chart.figure
        upright.aspect *= 1.35
        narrow[chart.id] = list(upright, renderer.narrowStyle)
        for style in Self.styles(of: chart.figure) where styles[style.key] == nil { styles[style.key] = style }
      case .table(let table):
        for style in table.rows.compactMap(\.style) where styles[style.key] == nil { styles[style.key] = style }
      default: break
      }
    }
    self.wide = wide
    self.narrow = narrow
    let samples = styles.keys.sorted().compactMap { styles[$0] }.map { ($0, Self.sample($0)) }
    styleSheet = SVGStyleSheet(
      lists: (wide.keys.sorted().compactMap { wide[$0] } + narrow.keys.sorted().compactMap { narrow[$0] })
        + samples.map(\.1), isShared: true)
    let writer = SVGWriter(mode: .shared(styleSheet))
    symbols = samples.map { style, list in
      let svg = writer.write(list, title: "", description: "")
      // The writer's drawing without its root becomes the symbol's.
      let body = svg.split(separator: "\n").filter {
        !$0.hasPrefix("<svg") && !$0.hasPrefix("<title") && !$0.hasPrefix("<desc")
      }
      .dropLast().joined()
      return "<symbol id=\"key-\(Escaping.identifier(style.key))\" viewBox=\"0 0 24 10\">\(body)</symbol>"
    }.joined()
  }

  /// Whether the page lists a chart's series below it.
  static func listsSeries(of chart: Block.Chart) -> Bool { chart.showsKey && series(of: chart.figure).count > 1 }

  /// Whether a drawing of a chart leaves a series to that list.
  func leavesSeries(of chart: Block.Chart) -> Bool {
    [wide[chart.id], narrow[chart.id]].contains { list in
      let texts = (list?.operations ?? []).compactMap { if case .text(let text) = $0 { text.string } else { nil } }
      return Self.series(of: chart.figure).contains { series in !texts.contains { $0.contains(series.label) } }
    }
  }

  /// The series that a figure names, in order of appearance.
  static func series(of figure: Figure) -> [Mark.Series] {
    var seen = Set<String>()
    return figure.panels.flatMap(\.marks).compactMap { mark -> Mark.Series? in
      switch mark {
      case .line(let series), .points(let series), .steps(let series), .band(let series), .dots(let series):
        !series.label.isEmpty && seen.insert(series.style.key).inserted ? series : nil
      case .rule, .region, .cells, .note: nil
      }
    }
  }

  private static func styles(of figure: Figure) -> [SeriesStyle] { series(of: figure).map(\.style) }

  private static func sample(_ style: SeriesStyle) -> DisplayList {
    let middle = symbolHeight / 2
    let stroke = DrawOperation.Stroke(.series(style), width: 1.8, dash: style.dash.map { $0 * 1.8 })
    var operations: [DrawOperation] = [
      .path(.init(segments: [[Point(0, middle), Point(symbolWidth, middle)]], stroke: stroke))
    ]
    if style.marker != .none {
      operations.append(
        .markers(
          .init(
            style.marker, size: 6.5, at: [Point(symbolWidth / 2, middle)], paint: .series(style), lineWidth: 1.2)))
    }
    return DisplayList(width: symbolWidth, height: symbolHeight, operations: operations)
  }
}
