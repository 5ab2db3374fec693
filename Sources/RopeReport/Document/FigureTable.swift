import RopeChart
import RopeText

/// The numbers of one panel as text, for readers who cannot see the chart and for the crosshair.
public struct FigureTable: Sendable, Hashable {
  public struct Column: Sendable, Hashable {
    public var title: String
    /// Key of the series' style; nil for the first column, which holds x.
    public var key: String?
  }

  public struct Row: Sendable, Hashable {
    /// Place along the x axis; nil where rows are categories or cells of a map.
    public var x: Double?
    /// As many as there are columns; empty where a series has no value at this x.
    public var cells: [String]
  }

  /// The panel's title, empty where the figure has one panel.
  public var title: String
  public var columns: [Column]
  public var rows: [Row]
  /// Whether every point of the figure is here.
  public var isComplete: Bool

  /// One table for each panel.
  public static func tables(
    _ figure: Figure, rowLimit: Int = 40, in language: Language = .english
  ) -> [FigureTable] {
    figure.panels.map { panel in
      var table = Self.table(panel, rowLimit: rowLimit, language)
      guard !language.isEnglish else { return table }
      for row in table.rows.indices { table.rows[row].cells = table.rows[row].cells.map(\.withTightPercentSigns) }
      return table
    }
  }

  private static func table(_ panel: Panel, rowLimit: Int, _ language: Language) -> FigureTable {
    if let cells = panel.marks.lazy.compactMap({ mark -> Mark.Cells? in
      if case .cells(let cells) = mark { cells } else { nil }
    }).first {
      return table(panel, cells: cells, rowLimit: rowLimit)
    }
    if case .categories(let names) = panel.y.scale { return table(panel, categories: names, language) }
    return table(panel, alongX: curves(panel), rowLimit: rowLimit, language)
  }

  private static func curves(_ panel: Panel) -> [Mark.Series] {
    panel.marks.compactMap { mark in
      switch mark {
      case .line(let series), .points(let series), .steps(let series), .dots(let series), .band(let series): series
      case .rule, .region, .cells, .note: nil
      }
    }
  }

  /// The series' own name, or that of the named one that looks alike, or what its axis says.
  private static func label(
    _ series: Mark.Series, among all: [Mark.Series], _ axis: Axis, _ language: Language
  ) -> String {
    if !series.label.isEmpty { return series.label }
    let likeness = all.first { $0.style.key == series.style.key && !$0.label.isEmpty }
    return likeness.map { language("\($0.label): points") } ?? axis.label
  }

  /// The value with its interval, where it has one.
  private static func text(
    _ series: Mark.Series, _ index: Int, _ format: Axis.Format, _ language: Language
  ) -> String {
    func value(_ list: [Double]) -> String? {
      list.indices.contains(index) && list[index].isFinite ? number(list[index], format) : nil
    }
    let interval = value(series.lower).flatMap { low in value(series.upper).map { language("\(low) to \($0)") } }
    guard let own = value(series.y) else { return interval ?? "" }
    guard let interval, !interval.isEmpty else { return own }
    return language("\(own) (\(interval))")
  }

  private static func number(_ value: Double, _ format: Axis.Format) -> String {
    format == .number ? NumberText.compact(value, digits: 4) : NumberText.text(value, format: format)
  }

  private static func table(
    _ panel: Panel, alongX series: [Mark.Series], rowLimit: Int, _ language: Language
  ) -> FigureTable {
    var places: [Double: [Int: Int]] = [:]
    for (column, curve) in series.enumerated() {
      for (index, x) in curve.x.enumerated() where x.isFinite { places[x, default: [:]][column] = index }
    }
    // A simulation's few points weigh more than those of a finely drawn line.
    let weights = places.mapValues { columns in
      columns.keys.sorted().reduce(0) { $0 + 1 / Double(max(series[$1].x.count, 1)) }
    }
    let kept = thinned(weights, to: rowLimit)
    let rows = kept.map { x -> Row in
      let cells = series.enumerated().map { column, curve in
        places[x]?[column].map { text(curve, $0, panel.y.format, language) } ?? ""
      }
      return Row(x: x, cells: [number(x, panel.x.format)] + cells)
    }
    return FigureTable(
      title: panel.title,
      columns: [Column(title: panel.x.label)]
        + series.map { Column(title: label($0, among: series, panel.y, language), key: $0.style.key) },
      rows: rows, isComplete: kept.count == places.count)
  }

  /// At most `limit` places: the weightiest first, those of equal weight evenly spread, with both ends.
  private static func thinned(_ weights: [Double: Double], to limit: Int) -> [Double] {
    guard weights.count > limit else { return weights.keys.sorted() }
    var kept = Set<Double>()
    for weight in Set(weights.values).sorted(by: >) {
      let places = weights.filter { $0.value == weight }.keys.sorted()
      let room = limit - kept.count
      guard room > 0 else { break }
      if places.count <= room {
        kept.formUnion(places)
      } else if room == 1 {
        kept.insert(places[0])
      } else {
        for step in 0..<room { kept.insert(places[step * (places.count - 1) / (room - 1)]) }
      }
    }
    return kept.sorted()
  }

  private static func table(_ panel: Panel, categories names: [String], _ language: Language) -> FigureTable {
    let series = curves(panel)
    let rows = names.enumerated().map { row, name -> Row in
      let cells = series.map { curve -> String in
        let places = curve.y.indices.filter { curve.y[$0] == Double(row) && curve.x.indices.contains($0) }
        return places.map { number(curve.x[$0], panel.x.format) }.joined(separator: language(", "))
      }
      return Row(x: nil, cells: [name] + cells)
    }
    return FigureTable(
      title: panel.title,
      columns: [Column(title: panel.y.label)]
        + series.map { Column(title: label($0, among: series, panel.x, language), key: $0.style.key) },
      rows: rows.filter { row in series.isEmpty || row.cells.dropFirst().contains { !$0.isEmpty } }, isComplete: true)
  }

  /// A coarse sample of a map: at most eight columns and rows.
  private static func table(_ panel: Panel, cells: Mark.Cells, rowLimit: Int) -> FigureTable {
    let columns = max(cells.xEdges.count - 1, 0)
    let rows = max(cells.yEdges.count - 1, 0)
    guard columns > 0, rows > 0, cells.values.count == rows * columns else {
      return FigureTable(title: panel.title, columns: [], rows: [], isComplete: true)
    }
    func sample(_ count: Int, _ limit: Int) -> [Int] {
      count <= limit ? Array(0..<count) : (0..<limit).map { $0 * (count - 1) / (limit - 1) }
    }
    func name(_ edges: [Double], _ cell: Int, _ axis: Axis) -> String {
      if case .categories(let names) = axis.scale, names.indices.contains(cell) { return names[cell] }
      let middle = (edges[cell] + edges[cell + 1]) / 2
      return number(axis.format == .tokens || axis.format == .pairIndex ? middle.rounded() : middle, axis.format)
    }
    let shownColumns = sample(columns, 8)
    let shownRows = sample(rows, min(8, max(rowLimit, 2)))
    return FigureTable(
      title: panel.title,
      columns: [Column(title: "\(panel.y.label) \\ \(panel.x.label)")]
        + shownColumns.map { Column(title: name(cells.xEdges, $0, panel.x)) },
      rows: shownRows.map { row in
        Row(
          x: nil,
          cells: [name(cells.yEdges, row, panel.y)]
            + shownColumns.map { column in
              let value = cells.values[row * columns + column]
              return value.isFinite ? number(value, cells.format) : "–"
            })
      }, isComplete: shownColumns.count == columns && shownRows.count == rows)
  }
}
