import RopeChart
import RopeText

extension HTMLBlocks {
  func chart(_ chart: Block.Chart) -> String {
    let slug = Escaping.identifier(chart.id)
    let entry = index[chart.id]
    let tables = FigureTable.tables(chart.figure, rowLimit: renderer.dataRowLimit, in: language)
    let isComplete = tables.allSatisfy(\.isComplete)
    let csv = chart.files.first { $0.label.lowercased() == "csv" }
    let files = chart.files.map { file in html([.externalLink(file.label, address: file.path)]) }
    let series = ChartDrawings.listsSeries(of: chart) ? ChartDrawings.series(of: chart.figure) : []
    return renderer.fill(
      "chart",
      [
        "id": slug, "label": Escaping.html(entry?.label ?? language("Figure")),
        "title": html(Prose(mathIn: chart.figure.title)),
        "caption": html(Prose(mathIn: chart.figure.caption)),
        "about": Escaping.html(chart.figure.alternativeText),
        "wide": svg(charts.wide[chart.id], chart, id: slug + "-wide"),
        "narrow": svg(charts.narrow[chart.id], chart, id: slug + "-narrow"),
        "key": series.map { series in
          let key = Escaping.identifier(series.style.key)
          return
            "<li data-key=\"\(key)\"><svg class=\"key-line\" aria-hidden=\"true\"><use href=\"#key-\(key)\"/></svg>"
            + "\(Escaping.html(series.label))</li>"
        }.joined(),
        "only": !series.isEmpty && charts.leavesSeries(of: chart) ? " only" : "",
        "files": files.joined(separator: " · "),
        "tables": tables.map(dataTable).joined(),
        "rest": isComplete
          ? ""
          : chart.data.isEmpty
            ? language(
              csv == nil ? "A sample of the points." : "A sample of the points; all of them are in the CSV file.")
            : html(Prose("A sample of the points; all of them are in \(code: chart.data).", in: language)),
      ])
  }

  private func svg(_ list: DisplayList?, _ chart: Block.Chart, id: String) -> String {
    guard let list else { return "" }
    return SVGWriter(mode: .shared(charts.styleSheet), families: renderer.wideStyle.families)
      .write(
        list, title: chart.figure.title, description: "", id: id,
        describedBy: Escaping.identifier(chart.id) + "-about"
      )
      .split(separator: "\n").joined()
  }

  /// Without the end tags that HTML may leave out: a page has thousands of such cells.
  private func dataTable(_ table: FigureTable) -> String {
    guard !table.columns.isEmpty else { return "<table class=\"data\" hidden></table>" }
    let caption = table.title.isEmpty ? "" : "<caption>\(Escaping.html(table.title))</caption>"
    let head = table.columns.map { column in
      let key = column.key.map { " data-key=\"\(Escaping.identifier($0))\"" } ?? ""
      return "<th scope=\"col\"\(key)>\(Escaping.html(column.title))"
    }.joined()
    let rows = table.rows.map { row in
      let x = row.x.flatMap { $0.isFinite ? " data-x=\"\(Self.scriptNumber($0))\"" : nil } ?? ""
      return "<tr\(x)><th scope=\"row\">\(Escaping.html(row.cells.first ?? ""))"
        + row.cells.dropFirst().map { "<td>\(Escaping.html($0))" }.joined()
    }.joined(separator: "\n")
    return "<table class=\"data\">\(caption)<thead><tr>\(head)<tbody>\(rows)</table>"
  }
}
