import RopeChart
import RopeFigures
import RopeReport
import Testing

/// Every kind of figure at a column's width, a page's and a slide's, with few methods and with many: by values, nothing
/// is drawn.
@Suite struct FigureMatrixTests {
  private let metrics = TableMetrics()

  @Test func roundingIsDrawnOfPairs() async throws {
    let data = try await FigureRuns.data(2, FigureRuns.rounded)
    let figure = try #require(RoundingFigure.figure(data))
    #expect(figure.panels.count == 2 && figure.title.contains("by 0.010 nats a token"), "\(figure.title)")
    for id in ["icml", "neurips", "slides"] {
      let style = try #require(FigureStyles.style(named: id))
      let list = FigureLayout(style: style, metrics: metrics).displayList(for: figure)
      #expect(TextBoxes.collisions(list, metrics: metrics).prefix(3) == [], "\(id)")
      #expect(TextBoxes.outside(list, metrics: metrics).prefix(3) == [], "\(id)")
    }
    // The name that is shown is the method's, and a record of bfloat16 alone is not one with float32.
    #expect(data.measured.map(\.name).contains("no scaling (bfloat16)"))
    let other = try await FigureRuns.data(2)
    #expect(RoundingFigure.figure(other) == nil && RoundingFigure.absence(other).contains("--beside bfloat16"))
  }

  @Test(arguments: [2, 6, 12]) func everyKindKeepsTheRules(count: Int) async throws {
    let data = try await FigureRuns.data(count)
    var drawn: Set<String> = []
    for kind in FigureCatalogue.all {
      guard let figure = kind.figure(data) else {
        #expect(kind.absence(data).count > 20)
        continue
      }
      drawn.insert(kind.card.id)
      for id in ["icml", "neurips", "slides"] {
        let style = try #require(FigureStyles.style(named: id))
        let list = FigureLayout(style: style, metrics: metrics).displayList(for: figure)
        let name = "\(kind.card.id), \(count) methods, \(id)"
        #expect(TextBoxes.collisions(list, metrics: metrics).prefix(3) == [], "\(name)")
        #expect(TextBoxes.outside(list, metrics: metrics).prefix(3) == [], "\(name)")
        #expect(TextBoxes.crossings(list, metrics: metrics).prefix(3) == [], "\(name)")
        #expect(TextBoxes.marked(list, metrics: metrics).prefix(3) == [], "\(name)")
        #expect(TextBoxes.smallest(list) >= 6, "\(name)")
        #expect(list.width == style.width && list.height <= 1.2 * style.width + 1, "\(name): \(list.height)")
        #expect(namesOf(figure).isSubset(of: texts(list)), "\(name): \(namesOf(figure).subtracting(texts(list)))")
        let told = list.operations.compactMap { operation -> String? in
          if case .text(let text) = operation { text.string } else { nil }
        }
        .joined(separator: " ")
        #expect(rowsOf(figure).filter { !told.contains($0) } == [], "\(name)")
      }
    }
    // Only with hidden keys, a drifting method or a scaled file is there something to show.
    let all = Set(FigureCatalogue.all.map { $0.card.id })
    if count == 12 { #expect(all.subtracting(drawn) == ["parity", "rounding"]) }
    #expect(drawn.count > 20)
  }

  /// What the rows of its tables of dots are called; a name on two lines is one text after the other.
  private func rowsOf(_ figure: Figure) -> Set<String> {
    Set(
      figure.panels.flatMap { panel -> [String] in if case .categories(let names) = panel.y.scale { names } else { [] }
      })
  }

  /// What the figure's series are called.
  private func namesOf(_ figure: Figure) -> Set<String> {
    Set(
      figure.panels.flatMap(\.marks).compactMap { mark in
        switch mark {
        case .line(let series), .steps(let series), .dots(let series): series.label
        default: nil
        }
      }.filter { !$0.isEmpty })
  }

  /// Texts, without the values that lines which leave the frame say.
  private func texts(_ list: DisplayList) -> Set<String> {
    Set(
      list.operations.compactMap { operation -> String? in
        guard case .text(let text) = operation else { return nil }
        return text.string.split(whereSeparator: { "↑↓".contains($0) }).first.map { $0.trimmingSpaces }
      })
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
