import Foundation
import RopeAnalysis
import RopeConfig
import RopeMath
import RopeReport
import RopeTemplates
import RopeTestSupport
import RopeText
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

  /// So do those of a runtime, a model type and the references; names of files and keys, and code, stay.
  @Test func pagesOfRuntimesAreTold() async throws {
    let runtimes = Set(RuntimeCatalogue.all.map(\.name)).union(NamedRuntimes.all.map(\.name)).sorted()
    let kept: Set = ["比较", "与之相同的类别", "查阅的资料", "示例"]
    for name in runtimes + ["llama", "gemma3", "chatglm", "bloom", "ropescope.toml", "exit-codes", "environment"] {
      let run = await CapturedRun(["explain", name, "--lang", "zh", "--format", "json"])
      #expect(run.status == 0, "\(name): \(run.error)")
      for line in run.output.split(separator: "\n") {
        let page = try JSONDecoder().decode(Page.self, from: Data(line.utf8))
        for section in page.sections where !kept.contains(section.heading) {
          for line in section.lines { #expect(Self.hasChinese(line), "\(name), \(section.heading): \(line)") }
        }
      }
    }
  }

  /// What the class of any model type fixes, and what any version of a runtime does, is told.
  @Test func familiesAndVersionsAreTold() {
    let mark = "⚑", marking = Language(code: "zh", catalogue: Language.chineseCatalogue, markOfMissing: mark)
    for fact in FamilyPage.all.flatMap(\.facts) {
      #expect(!marking(fact.value).contains(mark), "\(marking(fact.value))")
    }
    for sentence in RuntimeFaults.all.map(\.sentence) + RuntimeCatalogue.all.flatMap(\.remarks)
      + NamedRuntimes.all.flatMap({ [$0.sentence, $0.settings] + $0.remarks })
    {
      #expect(Self.hasChinese(marking(foreign: sentence)), "\(sentence)")
    }
  }

  /// Why nothing was done is told in the language, with its names as they are; programs read English.
  @Test(arguments: [
    ("figure wavelenth qwen2.5-7b -o x.pdf", "没有名为“wavelenth”的图；您是否想输入“wavelength”？"),
    ("figure wavelength qwen2.5-7b --bogus -o x.pdf", "没有选项“--bogus”"),
    ("figure wavelength qwen2.5-7b --target abc -o x.pdf", "“abc”不是长度；请写成 4096"),
    ("figure", "请给出图的种类 KIND"),
    ("figure wavelength qwen2.5-7b extra -o x.pdf", "多余的参数“extra”"),
    ("figure wavelength qwen2.5-7b --width", "“--width <width>”缺少取值"),
    ("figure wavelength qwen2.5-7b --methods yarn:fctor=2 -o x.pdf", "yarn 没有参数“fctor”；可用的有 factor、"),
    ("figure wavelength qwen2.5-7b --methods yarn:factor=-2 -o x.pdf", "yarn：“factor”为 -2，应为 1e-06 与 1000000000 之间的数"),
    ("figure wavelength qwen2.5-7b --methods yarm -o x.pdf", "没有方法“yarm”；您是否想输入“yarn”？"),
    ("figure wavelength qwen2.5-7b --width 99in -o x.pdf", "在 1.75 到 40 英寸之间"),
    ("figure wavelength qwen2.5-7b --series-color yarn=red -o x.pdf", "颜色“red”不是 #0072B2"),
    ("figure perplexity-by-length qwen2.5-7b -o x.pdf", "“perplexity-by-length”没有可显示的内容：它显示实测结果，但没有给出"),
    ("figure wavelength nothere -o x.pdf", "“nothere”既不是文件也不是预设"),
    ("figure wavelength qwen2.5-7b --target 64k -o /nothere/deep/x.pdf", "无法写入：文件夹“/nothere”不存在"),
    ("report qwen2.5-7b --target 64k --samples 3", "--samples 为 3；必须在 64 … 4096 之间"),
    ("suggest", "缺少参数“--target <target>”"),
    ("suggest qwen2.5-7b --target 64k --runtimes foo", "没有运行时“foo”；已知的有 transformers、vllm"),
    ("explain nothere", "没有名为“nothere”的条目；您是否想输入“"),
    ("check nothere", "没有这个文件"),
    ("check . --select foo", "没有规则“foo”"),
    ("render nothere.json", "nothere.json: 文件无法读取"),
  ]) func failuresAreTold(line: String, told: String) async {
    let words = line.split(separator: " ").map(String.init)
    let run = await CapturedRun([words[0], "--lang", "zh"] + words.dropFirst())
    #expect((run.error + run.output).contains(told), "\(run.error)\(run.output)")
    let english = await CapturedRun(words)
    #expect(!Self.hasChinese(english.error + english.output), "\(english.error)")
  }

  @Test func notesAreTold() async throws {
    let folder = try TemporaryFolder()
    let run = await CapturedRun(
      ["figure", "wavelength", "qwen2.5-7b", "--methods", "none,yarn", "--lang", "zh", "-o", folder.path + "/x.svg"])
    #expect(run.error.contains("注：没有 --target 时按模型自身的长度 32k 计算") && run.error.contains("\n图注："), "\(run.error)")
    #expect(run.error.contains("已写入 \(folder.path)/x.svg"))
    let unknown = await CapturedRun([
      "suggest", "qwen2.5-7b", "--target", "64k", "--runtimes", "vllm@0.1", "--lang", "zh",
    ])
    #expect(unknown.error.contains("注：vllm 0.1 没有建模；最接近的是 0.6.3"), "\(unknown.error)")
    let document = await CapturedRun(["explain", "nothere", "--lang", "zh", "--format", "json"])
    #expect(document.output.contains("nothing is called “nothere”") && !Self.hasChinese(document.output))
  }

  @Test func suggestionsAreTold() async {
    let run = await CapturedRun(["suggest", "llama-3-8b", "--target", "64k", "--lang", "zh"], columns: 80)
    #expect(run.output.hasPrefix("yarn:factor=8,original_max_position_embeddings=8192，从 8,192 到 65,536 个 token"))
    #expect(run.output.contains("适用于 transformers@") && run.output.contains("选择依据：在已发表的"))
    #expect(run.output.contains("\n理由\n") && run.output.contains("\n其他选择\n"))
    #expect(run.output.contains("能覆盖目标长度的最小系数是 65,536 / 8,192 = 8"))
    // The commands of the servers are no words.
    #expect(run.output.contains("--yarn-orig-ctx 8192"))
    for line in run.output.split(separator: "\n") where Self.hasChinese(line) {
      // Quotes are as wide as Latin letters.
      #expect(line.reduce(0) { $0 + ($1.isASCII || "“”".contains($1) ? 1 : 2) } <= 84, "\(line)")
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

  private static let configuration = """
    {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "num_hidden_layers": 2, \
    "max_position_embeddings": 131072, "rope_theta": 10000.0, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
    "original_max_position_embeddings": 16384}}
    """

  /// People read findings in Chinese, programs in English.
  @Test func findingsAreTold() async throws {
    let sentence = "系数 4 × 原始长度 16,384 = 65,536，但窗口是 131,072"
    for format in ["text", "concise", "markdown"] {
      let run = await CapturedRun(["check", "-", "--lang", "zh", "--format", format], input: Self.configuration)
      #expect(run.output.contains(sentence), "\(format): \(run.output)\(run.error)")
    }
    let table = await CapturedRun(["check", "-", "--lang", "zh", "--format", "latex"], input: Self.configuration)
    #expect(table.output.contains("级别 & 规则 & 发现的问题") && table.output.contains("，但窗口是 131"))
    for format in ["json", "sarif", "github", "junit"] {
      let run = await CapturedRun(["check", "-", "--lang", "zh", "--format", format], input: Self.configuration)
      #expect(run.output.contains("but the window is 131,072") && !Self.hasChinese(run.output), "\(format)")
    }
    let narrow = await CapturedRun(["check", "-", "--lang", "zh"], input: Self.configuration, columns: 60)
    for line in narrow.output.split(separator: "\n") {
      #expect(line.reduce(0) { $0 + ($1.isASCII ? 1 : 2) } <= 64, "\(line)")
    }
  }

  @Test func rulesAreTold() async {
    let list = await CapturedRun(["rules", "--lang", "zh"])
    #expect(list.output.contains("factor-below-one") && list.output.contains("检查什么"))
    let page = await CapturedRun(["explain", "factor-ratio-mismatch", "--lang", "zh"])
    #expect(page.status == 0 && page.output.contains("理由") && Self.hasChinese(page.output))
  }

  /// A record that was made in English tells its findings in Chinese.
  @Test func findingsOfARecordAreTold() async throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/config.json"
    try Data(Self.configuration.utf8).write(to: URL(fileURLWithPath: file))
    let made = await CapturedRun(["report", file, "--target", "128k", "--brief", "-o", folder.path + "/en"])
    let told = await CapturedRun(
      ["render", folder.path + "/en/run.json", "--lang", "zh", "--brief", "-o", folder.path + "/zh"])
    #expect(made.status == 0 && told.status == 0, "\(made.error)\(told.error)")
    func page(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.path + "/\(name)/report.html")), as: UTF8.self)
    }
    #expect(try page("zh").contains("系数 4\u{A0}× 原始长度 16,384 = 65,536，但窗口是 131,072"))
    #expect(try page("en").contains("factor 4\u{A0}× original 16,384 = 65,536, but the window is 131,072"))
  }
}
