import Foundation
import RopeAnalysis
import RopeMath
import RopeReport
import RopeTestSupport
import Testing

/// `--lang zh` in the commands that tell a reader something.
@Suite struct ChineseCommandTests {
  private static func hasChinese(_ text: some StringProtocol) -> Bool {
    text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
  }

  private struct Page: Decodable {
    struct Section: Decodable {
      var heading: String
      var lines: [String]
    }

    var sections: [Section]
  }

  /// Every page of a method, an analysis and a term says what it says in Chinese.
  @Test func pagesAreTold() async throws {
    let names =
      MethodCatalogue.cards.map { $0.id } + AnalysisCatalogue.all.map { $0.card.id } + GlossaryTerm.all.map { $0.name }
    let told: Set = ["作用", "缓存的键", "训练", "类别", "参数", "它不能说明什么", "含义"]
    for name in names {
      let run = await CapturedRun(["explain", name, "--lang", "zh", "--format", "json"])
      #expect(run.status == 0, "\(name): \(run.error)")
      for line in run.output.split(separator: "\n") {
        let page = try JSONDecoder().decode(Page.self, from: Data(line.utf8))
        for section in page.sections {
          #expect(Self.hasChinese(section.heading), "\(name): \(section.heading)")
          for line in section.lines where told.contains(section.heading) {
            #expect(Self.hasChinese(line), "\(name), \(section.heading): \(line)")
          }
        }
      }
    }
  }

  @Test func suggestionsAreTold() async {
    let run = await CapturedRun(["suggest", "llama-3-8b", "--target", "64k", "--lang", "zh"], columns: 80)
    #expect(run.output.hasPrefix("yarn:factor=8,original_max_position_embeddings=8192，从 8192 到 65536 个 token"))
    #expect(run.output.contains("适用于 transformers@") && run.output.contains("选择依据：在已发表的"))
    #expect(run.output.contains("\n理由\n") && run.output.contains("\n其他选择\n"))
    #expect(run.output.contains("能覆盖目标长度的最小系数是 65536 / 8192 = 8"))
    // The commands of the servers are no words.
    #expect(run.output.contains("--yarn-orig-ctx 8192"))
    for line in run.output.split(separator: "\n") where Self.hasChinese(line) {
      #expect(line.reduce(0) { $0 + ($1.isASCII ? 1 : 2) } <= 84, "\(line)")
    }
  }

  /// The fonts of the language are looked for, and the answer is told in it.
  @Test func theMachineIsTold() async {
    let english = await CapturedRun(["doctor"]), chinese = await CapturedRun(["doctor", "--lang", "zh"])
    #expect(english.output.contains("\nfonts\n") && chinese.output.contains("\n字体\n"))
    #expect(chinese.output.contains("什么都不缺") || chinese.output.contains("\n缺少\n"))
    #expect(await CapturedRun(["doctor", "--lang", "en"]).output == english.output)
  }

  @Test func unknownLanguageIsSaid() async {
    let run = await CapturedRun(["suggest", "llama-3-8b", "--target", "64k", "--lang", "de"])
    #expect(run.status == 2 && run.error.contains("there is no catalogue for the language “de”; known are en, zh"))
  }

  /// A record is the same in every language, so that one told in English is rendered in Chinese.
  @Test func recordsAreRenderedInChinese() async throws {
    let folder = try TemporaryFolder()
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name)), as: UTF8.self)
    }
    let english = await CapturedRun(["report", "smollm2-135m", "--target", "16k", "--brief", "-o", folder.path + "/en"])
    let chinese = await CapturedRun(
      ["report", "smollm2-135m", "--target", "16k", "--brief", "--lang", "zh", "-o", folder.path + "/zh"])
    #expect(english.status == 0 && chinese.status == 0, "\(english.error)\(chinese.error)")
    #expect(english.output.hasPrefix("Try first: YaRN") && chinese.output.hasPrefix("首选：YaRN"))
    let command = #""report","smollm2-135m","--target","16k""#
    let record = try text("zh/run.json")
    #expect(record.contains(command + #","--lang","zh""#))
    let again = await CapturedRun(
      ["render", folder.path + "/en/run.json", "--lang", "zh", "--brief", "-o", folder.path + "/again"])
    #expect(again.status == 0, "\(again.error)")
    let page = try text("again/report.html")
    #expect(page == (try text("zh/report.html")))
    #expect(
      page.contains("<html lang=\"zh\">") && page.contains("首选：YaRN")
        && page.contains("<h2 id=\"verdict-title\">结论</h2>"))
    #expect(!Self.hasChinese(try text("en/report.html")))
  }
}
