import RopeChart
import RopeText

extension Figure {
  /// Lines that coincide within a panel drawn once, in the look of the first, under all their names.
  func joiningEqualCurves(in language: Language) -> Figure {
    var figure = self
    var sentences: [String] = []
    // Names that a panel has and another one lacks would stand in the legend twice.
    let homes = Dictionary(
      panels.enumerated().flatMap { place, panel in panel.curveLabels.map { ($0, [place]) } }, uniquingKeysWith: +)
    for index in figure.panels.indices {
      let joined = figure.panels[index].joiningEqualCurves(in: language) { one, other in
        homes[one] == homes[other]
          && (homes[one] ?? []).allSatisfy { panels[$0].coincide(one, other) }
      }
      figure.panels[index] = joined.panel
      for names in joined.groups where names.count > 2 {
        let sentence = language("One curve stands for \(list: names).")
        if !sentences.contains(sentence), !caption.contains(sentence) { sentences.append(sentence) }
      }
    }
    if !sentences.isEmpty { figure.caption = language.paragraph([caption] + sentences) }
    return figure
  }

  /// Two or more figures as one, their panels in this order under the first one's width.
  ///
  /// - Parameters:
  ///   - figures: with what the panel of a figure with one panel is called.
  ///   - setting: what every caption says of the model, which the joint one says once.
  public static func joined(
    _ figures: [(figure: Figure, title: String)], setting: String = "", in language: Language = .english
  ) -> Figure? {
    guard let first = figures.first?.figure else { return nil }
    guard figures.count > 1 else { return first }
    var panels: [Panel] = []
    var captions: [String] = []
    for (figure, title) in figures {
      captions.append(figure.caption(from: panels.count, in: language))
      panels += figure.panels.map { panel in
        var panel = panel
        if panel.title.isEmpty, figure.panels.count == 1 { panel.title = title }
        return panel
      }
    }
    if !setting.isEmpty, captions.allSatisfy({ $0.contains(setting) }) {
      captions = captions.map { $0.replacing(" " + setting, with: "").replacing(setting, with: "") } + [setting]
    }
    let aspects = figures.map(\.figure.aspect)
    var joined = Figure(
      id: figures.map(\.figure.id).joined(separator: "-and-"),
      title: figures.dropFirst().reduce(first.title) { titles, next in language("\(titles). \(next.figure.title)") },
      caption: language.paragraph(captions),
      alternativeText: language.paragraph(figures.map(\.figure.alternativeText)), panels: panels,
      columns: min(panels.count, 4),
      aspect: min(max(aspects.reduce(0, +) / Double(aspects.count), 0.5), 1))
    joined.language = language.code
    return joined
  }

  /// The caption where its first panel has this place among others: its letters moved on, or set before it.
  private func caption(from place: Int, in language: Language) -> String {
    func letter(_ place: Int) -> String { "(\(AuthorStyleError.letter(place)))" }
    guard panels.count > 1, caption.contains(letter(0)) else {
      return language("\(list: panels.indices.map { letter(place + $0) }) \(caption)")
    }
    return panels.indices.reversed().reduce(caption) { $0.replacing(letter($1), with: letter(place + $1)) }
  }
}

extension Panel {
  fileprivate var curveLabels: Set<String> { Set(marks.compactMap { $0.curve?.label }.filter { !$0.isEmpty }) }

  fileprivate func coincide(_ one: String, _ other: String) -> Bool {
    let curves = marks.compactMap(\.curve)
    guard let first = curves.first(where: { $0.label == one }) else { return false }
    return curves.first { $0.label == other }?.coincides(with: first) ?? false
  }

  /// - Parameter mayJoin: whether two names may become one.
  /// - Returns: the panel, and the names of each group of lines that coincide.
  fileprivate func joiningEqualCurves(
    in language: Language, _ mayJoin: (String, String) -> Bool
  ) -> (panel: Panel, groups: [[String]]) {
    var panel = self
    var kept: [(mark: Int, names: [String])] = []
    var dropped: Set<String> = []
    panel.marks = []
    for mark in marks {
      guard let series = mark.curve, !series.label.isEmpty else {
        panel.marks.append(mark)
        continue
      }
      let place = kept.firstIndex { entry in
        panel.marks[entry.mark].curve.map { $0.coincides(with: series) } ?? false
          && (series.label == entry.names[0] || mayJoin(entry.names[0], series.label))
      }
      if let place {
        if !kept[place].names.contains(series.label) { kept[place].names.append(series.label) }
        if panel.marks[kept[place].mark].curve?.style.key != series.style.key { dropped.insert(series.style.key) }
      } else {
        kept.append((panel.marks.count, [series.label]))
        panel.marks.append(mark)
      }
    }
    guard kept.contains(where: { $0.names.count > 1 }) else { return (self, []) }
    for entry in kept where entry.names.count > 1 {
      panel.marks[entry.mark].setLabel(FigureData.label(entry.names, isShort: { $0.count <= 24 }, in: language))
    }
    // Points and bands of a curve that is gone would stand there without a name.
    panel.marks.removeAll { mark in
      switch mark {
      case .points(let series), .band(let series): series.label.isEmpty && dropped.contains(series.style.key)
      default: false
      }
    }
    return (panel, kept.map(\.names).filter { $0.count > 1 })
  }
}

extension Mark {
  fileprivate var curve: Series? {
    switch self {
    case .line(let series), .steps(let series): series
    default: nil
    }
  }

  fileprivate mutating func setLabel(_ label: String) {
    switch self {
    case .line(var series):
      series.label = label
      self = .line(series)
    case .steps(var series):
      series.label = label
      self = .steps(series)
    default: break
    }
  }
}

extension Mark.Series {
  /// Whether two curves are the same to a billionth.
  fileprivate func coincides(with other: Mark.Series) -> Bool {
    x == other.x && y.count == other.y.count
      && zip(y, other.y).allSatisfy { left, right in
        left == right || (left.isNaN && right.isNaN) || abs(left - right) <= 1e-9 * max(abs(left), abs(right))
      }
  }
}
