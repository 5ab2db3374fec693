import Foundation
import RopeAdvice
import RopeAnalysis
import RopeCairo
import RopeConfig
import RopeMath
import RopeRecords
import RopeReport
import RopeTemplates
import RopeText
import Testing

/// Everything that a report says has a Chinese sentence, and English is what it was.
@Suite struct ChineseReportTests {
  private static let mark = "⚑"
  /// Chinese that marks what its catalogue lacks.
  private static let marking = Language(code: "zh", catalogue: Language.chineseCatalogue, markOfMissing: mark)

  /// What follows each mark, for the message of a test.
  private static func missing(_ text: String) -> Set<String> {
    Set(
      text.split(separator: Character(mark), omittingEmptySubsequences: false).dropFirst().map { String($0.prefix(90)) }
    )
  }

  /// All that a document says.
  private static func text(_ document: Document) throws -> String {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try encoder.encode(document), as: UTF8.self)
  }

  /// Words within formulas are told; what is mathematics alone stays as it is.
  @Test func formulasAreTold() throws {
    let english: Set<Substring> = [
      "for", "else", "of", "the", "with", "and", "at", "by", "as", "once", "where", "over", "is", "to", "reach", "new",
    ]
    var told = 0
    for formula in AnalysisCatalogue.all.map({ $0.card.formula }) + MethodCatalogue.cards.map(\.formula) {
      let words = formula.split { !$0.isLetter }
      guard words.contains(where: english.contains) else { continue }
      let chinese = Language.chinese(foreign: formula)
      #expect(chinese != formula && !chinese.split { !$0.isLetter }.contains(where: english.contains), "\(formula)")
      let plain = MathText(chinese).nodes.filter { if case .variable(let name) = $0 { name >= "⺀" } else { false } }
      #expect(plain.isEmpty, "\(plain)")
      told += 1
    }
    #expect(told > 40)
    let html = MathText(Language.chinese(foreign: StaleKeys.card.formula)).html()
    #expect(html.contains("</math>在训练长度下写入缓存，在目标长度下读取"), "\(html)")
  }

  private static func record(_ model: String, _ target: Int) async throws -> RunRecord {
    var request = RunRequest(model: try ModelLoader.load(model), targetLength: target)
    request.findings = [FindingRecord.Severity.error, .warning, .note].flatMap { severity in
      (0..<4).map { line in
        FindingRecord(
          rule: "factor-ratio-mismatch", severity: severity,
          message: "theta is \("0.5"), not a number: load stops. Write a number", file: "config.json",
          pointer: "/rope_scaling/factor", line: line, column: 5, fix: "write \(4)")
      }
    }
    return try await Run.record(request, version: "1", command: ["report", model])
  }

  @Test(arguments: [
    ("llama-3-8b", 65_536), ("gemma-3-4b", 262_144), ("llama-3.1-8b", 524_288), ("deepseek-v3", 1_048_576),
  ])
  func documentsAreTold(model: String, target: Int) async throws {
    let record = try await Self.record(model, target)
    let report = try ReportDocument(record, in: Self.marking)
    for document in [report.document, report.brief] {
      let text = try Self.text(document)
      #expect(Self.missing(text) == [])
      #expect(document.metadata.language == "zh")
      let index = DocumentIndex(document, in: Self.marking)
      #expect(index.unresolved == [] && index.duplicates == [])
      let html = try HTMLRenderer(metrics: FakeMetrics(), language: Self.marking).render(document)
      #expect(Self.missing(html) == [])
      #expect(html.contains("<html lang=\"zh\">") && !html.contains("⟦"))
      let pdf = PDFRenderer(metrics: FakeMetrics(), language: Self.marking).render(document)
      #expect(pdf.language == "zh")
      let texts = pdf.pages.flatMap { page in
        page.list.operations.compactMap { if case .text(let text) = $0 { text.string } else { nil } }
      }
      #expect(Self.missing(texts.joined()) == [])
    }
  }

  /// What was measured, and what was computed from measured heads.
  @Test func measurementsAreTold() async throws {
    var measurements = try MeasuredFile.read(
      Array("method,length,depth,correct,trials\nnone,16k,0,0,20\nyarn,16k,0,20,20\nlinear,16k,0,19,20\n".utf8),
      path: "r.csv")
    measurements.add(
      try MeasuredFile.read(
        Array("method,length,score,benchmark\nnone,4k,90,RULER\nyarn,4k,41,LongBench\n".utf8), path: "s.csv"))
    let losses = ["none", "yarn:factor=2", "linear:factor=2"].enumerated().map { place, method in
      let late = [7.0, 3.1, 3.4][place]
      return """
        {"method": "\(method)", "length": 16384, "windows": 2, "tokens_scored": 4, "nll": \(late), "stderr": 0.1, "stderr_over": "windows", "by_position": [{"from": 0, "to": 8192, "tokens": 2, "nll": 3, "stderr": 0.1, "by_window": [2.9, 3.1]}, {"from": 8192, "to": 16384, "tokens": 2, "nll": \(late), "stderr": 0.01, "by_window": [\(late - 0.01), \(late + 0.01)]}]}
        """
    }
    measurements.add(
      try MeasuredFile.read(
        Array(
          """
          {"schema": "ropescope.perplexity/1", "setting": {"model": "tiny", "trained_length": 8192, "target_length": 16384, "text": "book.txt"}, "runs": [\(losses.joined(separator: ",\n"))]}
          """.utf8), path: "p.json"))
    let record = try await Run.record(
      RunRequest(
        model: try ModelLoader.load("smollm2-135m"), targetLength: 16_384,
        moments: try StatisticsFile.read("smollm2-135m"), measurements: measurements), version: "1", command: [])
    let document = try ReportDocument(record, in: Self.marking).document
    #expect(Self.missing(try Self.text(document)) == [])
    #expect(document.sections.first { $0.id == "measured" }?.title == "实测")
  }

  /// The page of a study: claims with their tests, tables, and which closed forms go with what was measured.
  @Test func studiesAreTold() async throws {
    let model = try ModelLoader.load("smollm2-135m")
    var measurements = Measurements()
    for text in ["a", "b", "c"] {
      let shift = text == "a" ? 0.0 : text == "b" ? 0.02 : 0.05
      let runs = ["none", "linear:factor=2", "ntk:factor=2", "yarn:factor=2", "lm-infinite", "self-extend"].enumerated()
        .map {
          place, method in
          let late = [6.0, 4.5, 3.2, 3.1, 3.15, 3.05][place] + shift,
            early = [3.0, 3.9, 3.05, 3.02, 3.0, 3.01][place] + shift
          return """
            {"method": "\(method)", "length": 16384, "windows": 1, "tokens_scored": 4, "nll": \(late), "by_position": [{"from": 0, "to": 8192, "tokens": 2, "nll": \(early)}, {"from": 8192, "to": 16384, "tokens": 2, "nll": \(late)}]}
            """
        }
      measurements.add(
        try MeasuredFile.read(
          Array(
            """
            {"schema": "ropescope.perplexity/1", "setting": {"model": "tiny", "trained_length": 8192, "text": "\(text).txt"}, "runs": [\(runs.joined(separator: ", "))]}
            """.utf8), path: "\(text).json"))
    }
    let record = try Run.measured(measurements, of: model)
    let prediction = try await Prediction.record([Prediction.Subject(model: model, measurements: measurements)])
    let data = try record.figureData(of: model, series: prediction.series, in: Self.marking)
    let study = StudyDocument(record, data: data, folder: "study", prediction: prediction)
    let text = try Self.text(study.document)
    #expect(Self.missing(text) == [])
    #expect(text.contains("小型对照研究"))
    #expect(text.contains("不经训练的位置插值会损害训练长度之内的文本"), "\(text.prefix(3000))")
    #expect(Self.missing(study.lines.joined()) == [] && study.lines.count == 9)
    #expect(!MarkdownRenderer(in: Self.marking).render(study.document).contains("Figure 1"))
    let table = prediction.table
    let told = table.columns.map(\.title) + table.rows.flatMap { $0 } + table.notes
    #expect(Self.missing(told.map { Self.marking($0) }.joined()) == [])
  }

  /// What the adviser says of any preset, target and budget.
  @Test func adviceIsTold() throws {
    var told = 0
    for preset in ModelPresets.all {
      guard let reading = try? ModelLoader.load(preset.name), let window = reading.window else { continue }
      for target in [window / 2, window, 2 * window, 4 * window, 16 * window] {
        for budget in [0, 1e8, 2e9] {
          guard let advice = try? Run.advice(RunRequest(model: reading, targetLength: target, trainTokens: budget))
          else { continue }
          let reasons = advice.reasons + advice.cautions + advice.alternatives + advice.wouldChange
          let text = (reasons.map(\.message) + [advice.headline, advice.decidedBy]).map { Self.marking($0) }.joined()
          #expect(Self.missing(text) == [], "\(preset.name) at \(target)")
          #expect(Self.missing(AdviceText.first(advice, name: nil, in: Self.marking)) == [])
          told += reasons.count
        }
      }
    }
    #expect(told > 1000)
  }

  /// `render --lang zh` has the record alone.
  @Test func recordsTellTheirAdvice() async throws {
    let record = try await Self.record("qwen2.5-7b", 262_144)
    let again = try RecordFile.read(Data(RecordFile.bytes(record)))
    #expect(again.advice == record.advice)
    let told = Verdict.sentences(again, in: Self.marking).map(\.text)
    #expect(told == Verdict.sentences(record, in: Self.marking).map(\.text) && told[0].hasPrefix("首选：YaRN"))
    let reasons = try #require(again.advice).reasons
    #expect(Language.chinese(reasons[0].message).contains("能覆盖目标长度的最小系数是 262,144 / 32,768 = 8"))
    #expect(reasons[0].text.hasPrefix("the smallest factor that covers the target is 262,144 / 32,768 = 8;"))
  }

  /// Of a version before sentences kept their values: told as it was written.
  @Test func oldReasonsStayEnglish() throws {
    let old = Data(#"{"text": "the smallest factor is 4 {1}", "value": 4}"#.utf8)
    let reason = try JSONDecoder().decode(AdviceReason.self, from: old)
    #expect(reason.text == "the smallest factor is 4 {1}" && reason.value == 4)
    #expect(Language.chinese(reason.message) == "the smallest factor is 4 {1}")
  }

  /// A translation has every value of its sentence, and Chinese marks between Chinese characters.
  @Test func catalogueIsSound() {
    let catalogue = Language.chineseCatalogue
    #expect(catalogue.templates.count > 500)
    for template in catalogue.templates {
      guard let translation = catalogue[template] else { continue }
      func values(_ text: String) -> Set<Int> { Set((1...9).filter { text.contains("{\($0)}") }) }
      #expect(values(translation) == values(template), "\(template)")
      #expect(translation.firstMatch(of: /[一-鿿][,;:?!.](\s|$|[一-鿿])/) == nil, "\(translation)")
      #expect(translation.firstMatch(of: /[一-鿿][A-Za-z0-9]|[A-Za-z0-9][一-鿿]/) == nil, "\(translation)")
    }
  }

  @Test func spacesStandBesideLatinOnly() {
    let language = Language.chinese
    let window: Message = "the file's own window", name: Message = "what \("SmolLM2") was trained to"
    func told(_ what: Message) -> String {
      language(
        "\(4096) tokens lie within \(what), \(8192); every scaling costs precision at short lengths, so nothing is changed"
      )
    }
    #expect(told(window).hasPrefix("4096 个 token 在文件自身的窗口（8192）之内；"))
    #expect(told(name).hasPrefix("4096 个 token 在 SmolLM2 的训练长度（8192）之内；"))
  }

  /// Lines of Chinese are as wide as the page, and none begins with a stop.
  @Test func chineseIsBroken() throws {
    let text = String(repeating: "缩放使维度对转得更慢，过慢就分辨不出相邻的词元；不够慢，又会超出训练见过的角度。", count: 8)
    let document = Document(
      metadata: .init(title: "题", language: "zh"), lead: [.prose(Prose(text))], sections: [])
    let pdf = PDFRenderer(metrics: FakeMetrics(), language: .chinese).render(document)
    let lines = pdf.pages.flatMap(\.list.operations).compactMap { operation -> String? in
      if case .text(let line) = operation, text.contains(line.string) { line.string } else { nil }
    }
    #expect(lines.count > 2 && lines.joined() == text)
    #expect(lines.allSatisfy { !"，；。".contains($0.first ?? " ") })
    let lengths = lines.dropLast().map(\.count)
    #expect((lengths.max() ?? 0) - (lengths.min() ?? 0) <= 3, "\(lengths)")
  }
}
