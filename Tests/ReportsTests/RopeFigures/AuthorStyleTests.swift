import RopeChart
import RopeFigures
import RopeMath
import Testing

@Suite struct AuthorStyleTests {
  private func drawn(
    _ kind: any FigureKind.Type, _ author: AuthorStyle, _ data: FigureData
  ) throws -> Figure {
    let styled = try data.styled(by: author)
    let figure = kind.figure(styled)
    return try author.applied(to: try #require(figure), of: data)
  }

  @Test func namesColoursAndOrderFollowTheAuthor() async throws {
    let data = try await FigureRuns.data(2)
    var author = AuthorStyle()
    author.series["yarn", default: .init()].name = "Ours"
    author.series["YaRN", default: .init()].colour = nil
    author.series["yarn", default: .init()].colour = "123456"
    author.series["yarn", default: .init()].dash = [7, 3]
    author.series["yarn", default: .init()].marker = .star
    author.order = ["yarn"]
    let figure = try drawn(InterpolationRatioFigure.self, author, data)
    let lines = figure.panels[0].marks.compactMap { mark -> Mark.Series? in
      if case .line(let series) = mark { return series }
      return nil
    }
    #expect(lines.map(\.label) == ["Ours", "no scaling"])
    #expect(lines[0].style.light == "123456" && lines[0].style.dash == [7, 3] && lines[0].style.marker == .star)
    #expect(figure.title.hasPrefix("Ours keeps"))
  }

  @Test func axesFollowTheAuthor() async throws {
    let data = try await FigureRuns.data(2)
    var author = AuthorStyle()
    author.pairs = 20...40
    author.y.limits = [.init(AxisLimits(lower: 1, upper: nil), panel: 1)]
    author.y.scale = [.init(.linear, panel: 1)]
    author.y.label = [.init("比率")]
    author.title = "Mine"
    author.annotations = [.init(.init(x: 30, y: 2, text: "here"), panel: 1), .init(.init(x: 24, y: nil, text: "ramp"))]
    let figure = try drawn(WavelengthFigure.self, author, data)
    #expect(figure.panels.allSatisfy { $0.x.domain == 19.5...40.5 && $0.y.label == "比率" })
    #expect(figure.panels[1].y.scale == .linear && figure.panels[1].y.domain?.lowerBound == 1)
    #expect(figure.title == "Mine")
    #expect(figure.panels[1].marks.contains(.note(.init(x: 30, y: 2, text: "here"))))
    #expect(figure.panels[0].marks.contains(.rule(.init(.vertical, at: 24, label: "ramp"))))
  }

  @Test func impossibleWishesAreRefused() async throws {
    let data = try await FigureRuns.data(2)
    func refused(_ kind: any FigureKind.Type, _ change: (inout AuthorStyle) -> Void) -> String {
      var author = AuthorStyle()
      change(&author)
      do {
        _ = try drawn(kind, author, data)
        return ""
      } catch { return "\(error)" }
    }
    #expect(
      refused(WavelengthFigure.self) { $0.series["yrn", default: .init()].name = "A" }.contains("did you mean “yarn”"))
    #expect(refused(WavelengthFigure.self) { $0.order = ["nothing"] }.contains("no series is called “nothing”"))
    #expect(refused(CacheMemoryFigure.self) { $0.pairs = 1...2 }.contains("--pairs"))
    #expect(
      refused(WavelengthFigure.self) { $0.x.limits = [.init(.init(lower: 0, upper: 1), panel: 7)] }
        .contains("there is no panel h; the figure has 2 (a to b)"))
    #expect(
      refused(PhaseSafeLengthFigure.self) { $0.y.scale = [.init(.log10)] }.contains("named rows"))
    #expect(
      refused(WavelengthFigure.self) { $0.x.limits = [.init(.init(lower: 4, upper: 4))] }.contains("must be smaller"))
  }

  @Test func equalCurvesAreOneWithAllNames() async throws {
    let data = try await FigureRuns.data(12)
    let figure = try #require(InterpolationRatioFigure.figure(data))
    let labels = figure.panels[0].marks.compactMap { mark -> String? in
      if case .line(let series) = mark { return series.label }
      return nil
    }
    // LM-Infinite and Self-Extend leave every frequency as it is.
    #expect(labels.contains("no scaling and 2 others") && labels.contains("YaRN, Dynamic YaRN"))
    #expect(figure.caption.contains("One curve stands for no scaling, LM-Infinite and Self-Extend."))
  }

  @Test func severalKindsAreOneFigure() async throws {
    let data = try await FigureRuns.data(6)
    let first = try #require(WavelengthFigure.figure(data))
    let second = try #require(InterpolationRatioFigure.figure(data))
    let figure = try #require(Figure.joined([(first, "one"), (second, InterpolationRatioFigure.card.title)]))
    #expect(figure.id == "wavelength-and-interpolation-ratio" && figure.panels.count == 3)
    #expect(figure.panels[2].title == "Interpolation ratio by pair")
    #expect(figure.caption.hasPrefix("(a) Wavelength") && figure.caption.contains(". (c) Ratio of scaled"))
    #expect(figure.title == first.title + ". " + second.title)
    let turned = try #require(Figure.joined([(second, "one"), (first, "two")], setting: data.setting))
    #expect(turned.caption.hasPrefix("(a) Ratio of scaled") && turned.caption.contains(". (b) Wavelength"))
    #expect(turned.caption.contains(". (c) How many times longer") && turned.caption.hasSuffix(data.setting))
    #expect(turned.caption.ranges(of: data.setting).count == 1)
    let style = try #require(FigureStyles.style(named: "neurips"))
    let list = FigureLayout(style: style, metrics: TableMetrics()).displayList(for: figure)
    #expect(TextBoxes.collisions(list, metrics: TableMetrics()) == [])
    // One legend: no name stands in it twice.
    let keys = list.operations.compactMap { operation -> String? in
      if case .beginGroup(let group) = operation, group.name == "key-entry" { return group.key }
      return nil
    }
    #expect(Set(keys).count == keys.count)
  }

  @Test func heightAspectAndLegendAreObeyed() async throws {
    let data = try await FigureRuns.data(6)
    let figure = try #require(InterpolationRatioFigure.figure(data))
    var style = try #require(FigureStyles.style(named: "icml"))
    func list() -> DisplayList { FigureLayout(style: style, metrics: TableMetrics()).displayList(for: figure) }
    func hasKey(_ list: DisplayList) -> Bool {
      list.operations.contains { if case .beginGroup(let group) = $0 { group.name == "key" } else { false } }
    }
    for height in [110.0, 180, 400] {
      style.height = height
      #expect(abs(list().height - height) < 0.01)
    }
    style.height = nil
    style.aspect = 2
    #expect(list().height > 1.25 * style.width)
    style.aspect = nil
    for legend in FigureStyle.Legend.allCases {
      style.legend = legend
      let list = list()
      #expect(
        TextBoxes.collisions(list, metrics: TableMetrics()) == []
          && TextBoxes.outside(list, metrics: TableMetrics()) == [], "\(legend)")
      if legend == .none {
        let texts = TextBoxes.boxes(of: list, metrics: TableMetrics()).map(\.text)
        #expect(!hasKey(list) && !texts.contains("no scaling"))
      }
      if legend == .top || legend == .right { #expect(hasKey(list)) }
    }
    // A figure that was asked to be lower than its key is as high as the key.
    style.legend = .right
    style.height = 60
    #expect(list().height > 60 && TextBoxes.outside(list(), metrics: TableMetrics()) == [])
  }
}
