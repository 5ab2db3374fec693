import RopeChart

extension AuthorStyle {
  /// The figure with axes, names, title and notes as the author wants them. Methods are named and styled before, in
  /// `FigureData.styled(by:)`; here follow series that are no methods.
  ///
  /// - Throws: `AuthorStyleError` for a wish that the figure cannot fulfil.
  public func applied(to figure: Figure, of data: FigureData) throws(AuthorStyleError) -> Figure {
    var figure = figure
    if let title { figure.title = title }
    try applySeries(to: &figure, of: data)
    try apply(x, \.x, "x", to: &figure)
    try apply(y, \.y, "y", to: &figure)
    if let pairs {
      var found = false
      for index in figure.panels.indices {
        for axis in [\Panel.x, \Panel.y] where figure.panels[index][keyPath: axis].format == .pairIndex {
          found = true
          figure.panels[index][keyPath: axis].domain =
            (Double(pairs.lowerBound) - 0.5)...(Double(pairs.upperBound) + 0.5)
        }
      }
      guard found else { throw .noPairs }
    }
    if !x.limits.isEmpty || pairs != nil { try requireData(\.x, "x", in: figure) }
    if !y.limits.isEmpty || pairs != nil { try requireData(\.y, "y", in: figure) }
    for annotation in annotations {
      for index in try panels(annotation.panel ?? 0, of: figure) {
        let note = annotation.value
        if let y = note.y {
          figure.panels[index].marks.append(.note(Mark.Note(x: note.x, y: y, text: note.text)))
        } else {
          figure.panels[index].marks.append(.rule(Mark.Rule(.vertical, at: note.x, label: note.text)))
        }
      }
    }
    return figure
  }

  /// Names and looks of series that are no methods: `as trained`, a runtime, a pair.
  private func applySeries(to figure: inout Figure, of data: FigureData) throws(AuthorStyleError) {
    let methods = data.all + data.measured
    for (key, change) in series.sorted(by: { $0.key < $1.key })
    where !methods.contains(where: { Self.names(key, $0) || $0.name == change.name }) {
      var found = false
      figure.changeSeries { series in
        let names = [key.lowercased(), data.language(foreign: key).lowercased()]
        guard names.contains(series.label.lowercased()) else { return }
        found = true
        if let name = change.name { series.label = name }
        series.style = change.changed(series.style)
      }
      guard found else {
        let labels = (data.methods + data.measured).map(\.label) + figure.seriesLabels + methods.map(\.label)
        throw .unknownSeries(
          key, known: labels.reduce(into: []) { list, label in if !list.contains(label) { list.append(label) } })
      }
    }
  }

  private func apply(
    _ wishes: AxisWishes, _ axis: WritableKeyPath<Panel, Axis> & Sendable, _ name: String, to figure: inout Figure
  ) throws(AuthorStyleError) {
    for label in wishes.label {
      for index in try panels(label.panel, of: figure) { figure.panels[index][keyPath: axis].label = label.value }
    }
    for scale in wishes.scale {
      for index in try panels(scale.panel, of: figure) {
        try requireNumbers(figure.panels[index][keyPath: axis], name)
        figure.panels[index][keyPath: axis].scale = scale.value
      }
    }
    for limits in wishes.limits {
      if let lower = limits.value.lower, let upper = limits.value.upper, lower >= upper {
        throw .emptyRange(axis: name)
      }
      var isCut = false
      let places = try panels(limits.panel, of: figure)
      for index in places {
        try requireNumbers(figure.panels[index][keyPath: axis], name)
        // Limits for every panel are meant for those whose data they show.
        if limits.panel == nil, figure.panels[index].dataRange(axis).map(limits.value.overlap) == false { continue }
        isCut = figure.panels[index].limit(axis, to: limits.value) || isCut
      }
      if !isCut, let data = places.compactMap({ figure.panels[$0].dataRange(axis) }).first {
        throw .nothingWithin(axis: name, data: data)
      }
    }
  }

  /// Limits that leave all data out are a slip of the pen, and so are those of a logarithm below 0.
  private func requireData(
    _ axis: WritableKeyPath<Panel, Axis>, _ name: String, in figure: Figure
  ) throws(AuthorStyleError) {
    let ranges = figure.panels.compactMap { panel in
      panel[keyPath: axis].domain.flatMap { domain in panel.dataRange(axis).map { (shown: domain, data: $0) } }
    }
    if let first = ranges.first, !ranges.contains(where: { $0.shown.overlaps($0.data) }) {
      throw .nothingWithin(axis: name, data: first.data)
    }
    let isBelow = figure.panels.contains { panel in
      let axis = panel[keyPath: axis]
      return (axis.scale == .log2 || axis.scale == .log10) && (axis.domain?.lowerBound ?? 1) <= 0
    }
    if isBelow { throw .logarithmBelowZero(axis: name) }
  }

  private func requireNumbers(_ axis: Axis, _ name: String) throws(AuthorStyleError) {
    if case .categories = axis.scale { throw .rowsHaveNoNumbers(axis: name) }
  }

  private func panels(_ panel: Int?, of figure: Figure) throws(AuthorStyleError) -> [Int] {
    guard let panel else { return Array(figure.panels.indices) }
    guard figure.panels.indices.contains(panel) else {
      throw .noSuchPanel(letter: AuthorStyleError.letter(panel), count: figure.panels.count)
    }
    return [panel]
  }
}

extension Figure {
  mutating func changeSeries(_ change: (inout Mark.Series) -> Void) {
    for panel in panels.indices {
      for mark in panels[panel].marks.indices {
        switch panels[panel].marks[mark] {
        case .line(var series):
          change(&series)
          panels[panel].marks[mark] = .line(series)
        case .steps(var series):
          change(&series)
          panels[panel].marks[mark] = .steps(series)
        case .points(var series):
          change(&series)
          panels[panel].marks[mark] = .points(series)
        case .band(var series):
          change(&series)
          panels[panel].marks[mark] = .band(series)
        case .dots(var series):
          change(&series)
          panels[panel].marks[mark] = .dots(series)
        case .rule, .region, .cells, .note: break
        }
      }
    }
  }

  /// Names of series, each once, in order.
  var seriesLabels: [String] {
    var labels: [String] = []
    var copy = self
    copy.changeSeries { if !$0.label.isEmpty, !labels.contains($0.label) { labels.append($0.label) } }
    return labels
  }
}
