import Foundation
import RopeChart
import RopeConfig
import RopeFigures
import RopeMath
import RopeReport
import RopeTemplates
import RopeTestSupport
import RopeText
import Testing

/// Figures told in Chinese: every word of every kind.
@Suite struct ChineseFigureTests {
  private static let mark = "◆"
  private static let marked = Language(
    code: "zh", catalogue: Language.chineseCatalogue, markOfMissing: ChineseFigureTests.mark)

  /// Runs that hold something for every kind.
  private static func runs() async throws -> [FigureData] {
    let scaled = RunRequest(
      model: try ModelLoader.load("gpt-oss-20b"), methods: try MethodSpecification.parseList("config,none"),
      targetLength: 131_072)
    return [
      try await FigureRuns.data(12), try await FigureRuns.data(2),
      try await Run.record(scaled, version: "test", command: []).figureData(),
      try await FigureRuns.data(2, FigureRuns.rounded),
    ]
  }

  private static func words(_ mark: Mark) -> [String] {
    switch mark {
    case .line(let series), .steps(let series), .points(let series), .band(let series), .dots(let series):
      [series.label]
    case .rule(let rule): [rule.label]
    case .region(let region): [region.label]
    case .cells(let cells): [cells.label]
    case .note(let note): [note.text]
    }
  }

  private static func words(_ axis: Axis) -> [String] {
    if case .categories(let names) = axis.scale { [axis.label] + names } else { [axis.label] }
  }

  /// Everything in a figure that a reader sees or hears.
  private static func words(_ figure: Figure) -> [String] {
    [figure.title, figure.caption, figure.alternativeText]
      + figure.panels.flatMap { panel in
        [panel.title] + words(panel.x) + words(panel.y) + panel.marks.flatMap { words($0) }
      }
  }

  private static func isChinese(_ text: String) -> Bool {
    text.contains { $0.unicodeScalars.first?.properties.isIdeographic ?? false }
  }

  /// English words that Chinese papers use as they are: names, units, formats.
  private static let kept: Set<String> = [
    "token", "logit", "Mistral", "nat", "rad", "cos", "log", "float", "bfloat", "arXiv", "RoFormer", "YaRN", "NTK",
    "Position",
    "Interpolation", "transformers", "Infinite", "Self", "Extend", "Llama", "LongRoPE", "Qwen", "qwen", "llama", "Ours",
    "Theirs", "RULER", "GiB", "KiB", "MiB", "vllm", "sglang", "cpp", "exllamav", "ABF", "CLEX", "RoPE", "this", "run",
    "config", "factor", "Instruct", "Spearman", "meta", "gpt", "oss", "openai", "llm", "megatron", "torchtitan", "mlx",
    "swift",
  ]

  @Test func everySentenceOfTheSourceIsTranslated() throws {
    let folder = Fixtures.package.appendingPathComponent("Sources/RopeFigures")
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    var count = 0
    for file in files.sorted() where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      for template in SentenceScanner(text).templates {
        count += 1
        #expect(Language.chineseCatalogue[template] != nil, "\(file): “\(template)”")
      }
    }
    #expect(count > 300)
    for card in FigureCatalogue.all.map({ $0.card }) {
      for words in [card.title, card.summary] { #expect(Language.chineseCatalogue[words] != nil, "\(words)") }
    }
  }

  @Test func everyKindIsToldInChinese() async throws {
    var drawn: Set<String> = []
    for var data in try await Self.runs() {
      data.language = Self.marked
      for kind in FigureCatalogue.all {
        guard let figure = kind.figure(data) else { continue }
        let name = kind.card.id
        drawn.insert(name)
        #expect(figure.language == "zh")
        for words in Self.words(figure) {
          #expect(!words.contains(Self.mark), "\(name): \(words)")
          let english = words.matches(of: /[A-Za-z]{3,}/).map { String($0.0) }.filter { !Self.kept.contains($0) }
          #expect(english == [], "\(name): \(words)")
        }
        for words in [figure.title, figure.caption, figure.alternativeText] {
          #expect(Self.isChinese(words), "\(name): \(words)")
        }
        #expect(figure.caption.hasSuffix("。") && figure.alternativeText.hasSuffix("。"), "\(name)")
      }
    }
    #expect(drawn == Set(FigureCatalogue.all.map { $0.card.id }))
  }

  /// English is what it was: with no language set, and with English set.
  @Test func englishIsNoTranslation() async throws {
    let plain = try await FigureRuns.data(12)
    var english = plain
    english.language = .english
    for kind in FigureCatalogue.all {
      let words = kind.figure(plain).map { Self.words($0) } ?? []
      #expect(words == kind.figure(english).map { Self.words($0) } ?? [])
      for words in words { #expect(!Self.isChinese(words), "\(words)") }
    }
  }

  /// All words of all kinds, to be read; numbers are left to other tests.
  @Test(arguments: ["en", "zh"]) func everyWordIsGolden(code: String) async throws {
    let language = try #require(Language.named(code))
    var told: [String: String] = [:]
    for var data in try await Self.runs() {
      data.language = language
      for kind in FigureCatalogue.all where told[kind.card.id] == nil {
        guard let figure = kind.figure(data) else { continue }
        let words = Self.words(figure).reduce(into: [String]()) { list, words in
          if !words.isEmpty, !list.contains(words) { list.append(words) }
        }
        told[kind.card.id] = words.map { $0.replacing(/[0-9][0-9,.]*/, with: "#") }.joined(separator: "\n")
      }
    }
    let text = FigureCatalogue.all.map { "## \($0.card.id)\n\(told[$0.card.id] ?? "")\n" }.joined(separator: "\n")
    #expect(Golden.difference(text, from: "figures/words-\(code).txt") == nil)
  }

  @Test func namesOfMethodsAreTold() async throws {
    var data = try await FigureRuns.data(12)
    data.language = .chinese
    let names = data.all.map(\.name)
    for name in ["无缩放", "位置插值", "NTK 感知", "动态 NTK", "YaRN", "分段 NTK", "动态 YaRN", "LM-Infinite"] {
      #expect(names.contains(name), "\(name) in \(names)")
    }
    let measured = data.measured.map(\.name)
    #expect(measured.contains("Ours") && measured.contains("YaRN ×4") && measured.contains("NTK 感知 ×4"), "\(measured)")
  }

  @Test(arguments: ["icml", "neurips", "slides"]) func nothingOverlaps(id: String) async throws {
    let metrics = TableMetrics()
    let style = try #require(FigureStyles.style(named: id)).told(in: "zh")
    for var data in try await Self.runs() {
      data.language = .chinese
      for kind in FigureCatalogue.all {
        guard let figure = kind.figure(data) else { continue }
        let list = FigureLayout(style: style, metrics: metrics).displayList(for: figure)
        let name = "\(kind.card.id), \(id)"
        #expect(TextBoxes.collisions(list, metrics: metrics).prefix(3) == [], "\(name)")
        #expect(TextBoxes.outside(list, metrics: metrics).prefix(3) == [], "\(name)")
        #expect(TextBoxes.crossings(list, metrics: metrics).prefix(3) == [], "\(name)")
        #expect(TextBoxes.smallest(list) >= 6, "\(name)")
        let cut = TextBoxes.boxes(of: list, metrics: metrics).map(\.text).filter { $0.hasSuffix("…") }
        #expect(cut == [], "\(name)")
      }
    }
  }

  @Test func aJoinedFigureIsToldInChinese() async throws {
    var data = try await FigureRuns.data(6)
    data.language = Self.marked
    let wavelength = try #require(WavelengthFigure.figure(data)),
      ratio = try #require(InterpolationRatioFigure.figure(data))
    let figure = try #require(Figure.joined([(wavelength, "一"), (ratio, "二")], in: Self.marked))
    #expect(figure.caption.hasPrefix("(a) 各方法") && figure.caption.contains("。(c)") && figure.language == "zh")
    #expect(figure.title.contains("。") && !(figure.title + figure.caption).contains(Self.mark))
  }

  @Test func svgNamesItsLanguage() async throws {
    var data = try await FigureRuns.data(2)
    func svg() throws -> String {
      let figure = try #require(WavelengthFigure.figure(data))
      let style = try #require(FigureStyles.style(named: "icml")).told(in: figure.language)
      let list = FigureLayout(style: style, metrics: TableMetrics()).displayList(for: figure)
      return SVGWriter(mode: .standalone, families: style.families).write(
        list, title: figure.title, description: figure.alternativeText, language: figure.language)
    }
    #expect(try !svg().contains("xml:lang") && !svg().contains("CJK"))
    data.language = .chinese
    let chinese = try svg()
    #expect(chinese.contains(" xml:lang=\"zh\" ") && chinese.contains("'Noto Serif CJK SC'") && chinese.contains("波长"))
  }
}
