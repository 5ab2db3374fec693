import Foundation
import RopeCheck
import RopeRecords
import RopeTemplates
import RopeTestSupport
import RopeText
import Testing

/// What `check` finds has a Chinese sentence, and English is what it was.
@Suite struct ChineseCheckTests {
  private static let mark = "⚑"
  /// Chinese that marks what its catalogue lacks.
  private static let marking = Language(code: "zh", catalogue: Language.chineseCatalogue, markOfMissing: mark)

  /// What follows each mark; a runtime's own remark between brackets may be English.
  private static func missing(_ text: String) -> [String] {
    text.replacing("（" + mark, with: "（").split(separator: Character(mark), omittingEmptySubsequences: false)
      .dropFirst().map { String($0.prefix(90)) }
  }

  /// Templates that the catalogue lacks, but for remarks of runtimes: words without values that stand alone in brackets.
  private static func untold(_ message: Message, isRemark: Bool = false) -> [String] {
    let own = message.template
    let isTold = own.isEmpty || isRemark || Language.chineseCatalogue[own] != nil
    return (isTold ? [] : [own])
      + message.values.flatMap { value -> [String] in
        guard case .message(let inner) = value else { return [] }
        return untold(inner, isRemark: own == " ({1})" && inner.values.isEmpty)
      }
  }

  private static func hasChinese(_ text: String) -> Bool {
    text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
  }

  private static func expectTold(_ report: CheckReport, _ comment: Comment) {
    for finding in report.files.flatMap(\.findings) {
      let told = marking(finding.message)
      #expect(untold(finding.message) == [] && hasChinese(told), comment)
      #expect(missing(finding.fix.map { marking($0.title) } ?? "") == [], comment)
    }
    let outputs = [
      CheckText.text(report, in: marking), CheckText.concise(report, in: marking),
      CheckText.statistics(report, in: marking), CheckMarkdown.text(report, in: marking),
    ]
    for output in outputs { #expect(missing(output) == [], comment) }
    #expect(missing(CheckText.understood(report, in: marking).joined()) == [], comment)
  }

  @Test(arguments: RuleExampleTests.examples) func examplesAreTold(_ example: RuleExampleTests.Example) {
    Self.expectTold(RuleExampleTests.report(example.example), "\(example.testDescription)")
  }

  /// The same examples under every principal runtime: what only one of them does is told too.
  @Test(arguments: ["vllm", "vllm@0.6.6", "sglang", "llama.cpp", "mlx-lm", "transformers@4.57"])
  func runtimesAreTold(runtime: String) {
    for example in RuleExampleTests.examples where example.isFailing {
      var facts = example.example.facts
      facts.runtimes = [runtime]
      let own = example.example
      Self.expectTold(
        RuleExampleTests.report(RuleExample(own.configuration, facts: facts, companions: own.companions)),
        "\(example.testDescription) in \(runtime)")
    }
  }

  @Test(arguments: ["broken", "configs", "field", "hostile"]) func fixturesAreTold(folder: String) {
    let path = Fixtures.url(folder).path
    Self.expectTold(Checker().check(paths: [path]), "\(folder)")
  }

  @Test func cardsAreTold() {
    for card in RuleCatalogue.cards {
      for text in [card.what, card.why, card.fix] {
        let told = Self.marking(fixed: text)
        #expect(Self.missing(told) == [] && Self.hasChinese(told), "\(card.id)")
      }
      for example in card.failing + card.passing {
        #expect(Self.missing(example.facts.told.map { Self.marking($0) } ?? "") == [], "\(card.id)")
      }
    }
    let table = RuleCatalogue.markdownTable(in: Self.marking)
    #expect(Self.missing(table) == [] && table.split(separator: "\n").count == RuleCatalogue.all.count + 2)
  }

  /// Besides what stands between quotes, a translation has names, keys and values of its sentence, and no English words.
  @Test func translationsHoldNoEnglish() throws {
    let words: Set = [
      "the", "of", "is", "are", "and", "not", "with", "by", "for", "at", "it", "its", "from", "than", "this", "that",
      "which", "has", "have", "write", "use", "add", "where", "window", "pairs", "pair", "server", "layers", "slow",
    ]
    let text = try #require(Templates.files["zh-check.po"])
    let catalogue = MessageCatalogue(portableObject: text)
    #expect(catalogue.templates.count > 400)
    for template in catalogue.templates {
      let told = try #require(catalogue[template])
      let bare = told.replacing(/“[^”]*”|`[^`]*`/, with: "")
      let latin = bare.matches(of: /[A-Za-z0-9_\/.\-]*[A-Za-z][A-Za-z0-9_\/.\-]*/).map { String($0.0) }
      #expect(latin.filter { words.contains($0) } == [], "\(told)")
      // A word in Latin letters is one of the sentence, or of the field.
      let own = template.lowercased()
      let field: Set = ["token", "logit", "softmax", "beta", "id"]
      #expect(latin.filter { !own.contains($0.lowercased()) && !field.contains($0) } == [], "\(told)")
    }
  }

  @Test func sentencesReadAsChinese() {
    let report = RuleExampleTests.report(
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 131072, \
        "rope_theta": 10000.0, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
        "original_max_position_embeddings": 16384}}
        """))
    let text = CheckText.text(report, in: .chinese)
    let finding = report.files.flatMap(\.findings).first { $0.rule == "factor-ratio-mismatch" }
    #expect(text.contains("警告 [factor-ratio-mismatch]"))
    #expect(
      finding.map { Language.chinese($0.message) }?.hasPrefix(
        "系数 4 × 原始长度 16,384 = 65,536，但窗口是 131,072：transformers 4.45、4.57 和 5 按 4 缩放，4.49–4.5x 按 8 缩放（64 个维度对中有")
        == true)
    #expect(text.contains("= 修正：把窗口设为 65536（可能改变含义）"))
    #expect(text.hasSuffix("1 处可以修正（--fix、--unsafe-fixes、--diff）"))
    #expect(CheckText.text(report).contains("factor 4 × original 16,384 = 65,536, but the window is 131,072"))
  }

  /// A record made in English keeps what another language needs; one of an earlier version is told in English.
  @Test func recordsKeepTheirValues() throws {
    let report = RuleExampleTests.report(
      RuleExample(#"{"rope_scaling": {"type": "linear", "factor": 0.5}, "max_position_embeddings": 4096}"#))
    let records = report.records
    let finding = try #require(records.first { $0.rule == "factor-below-one" })
    let bytes = try JSONEncoder().encode(finding)
    let again = try JSONDecoder().decode(FindingRecord.self, from: bytes)
    #expect(again == finding)
    #expect(Language.chinese(again.message).hasPrefix("系数 0.5 使每个被缩放的维度对加快 2 倍"))
    #expect(Language.chinese(try #require(again.fix)) == "写成 2.0")
    let keys = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    #expect(keys["message"] as? String == Language.english(finding.message) && keys["fix"] as? String == "write 2.0")
    let old = Data(
      #"{"rule": "r", "severity": "note", "message": "as {1} was", "file": "f", "line": 1, "column": 2, "fix": "x"}"#
        .utf8)
    let read = try JSONDecoder().decode(FindingRecord.self, from: old)
    #expect(Language.chinese(read.message) == "as {1} was" && read.fix == "x" && read.pointer == nil)
  }

  /// A value of a file may be of any length; what surrounds it is kept.
  @Test func longValuesAreCut() {
    let name = String(repeating: "ab", count: 40_000)
    let message: Message =
      "“\(name)” is read by nothing: \(name) is used for \("x") instead of \(name). Write “\(name)”"
    let finding = Finding(
      rule: "r", severity: .note, pointer: nil, region: SourceRegion(line: 1, column: 1, endLine: 1, endColumn: 2),
      message: message)
    #expect(finding.text.unicodeScalars.count <= 2001 && finding.text.contains("…” is read by nothing: abab"))
    #expect(finding.message.template == message.template && Language.chinese(finding.message).contains("无人读取"))
    let short: Message = "“\("a")” is “\(1)”"
    #expect(short.excerpt(10) == short)
    let words = Message(template: String(repeating: "a", count: 30))
    #expect(Language.english(words.excerpt(20)) == String(repeating: "a", count: 20) + "…")
  }
}
