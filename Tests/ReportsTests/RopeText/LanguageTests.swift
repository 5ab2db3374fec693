import Foundation
import RopeTemplates
import RopeTestSupport
import RopeText
import Testing

@Suite struct LanguageTests {
  private func language(_ portableObject: String, mark: String = "") -> Language {
    Language(
      code: "zh", catalogue: MessageCatalogue(portableObjects: [portableObject]), markOfMissing: mark)
  }

  @Test func anEntryMayBeOfSeveralLinesWithEscapes() {
    let catalogue = MessageCatalogue(
      portableObject: #"""
        # A comment
        msgid ""
        msgstr "Content-Type: text/plain\n"

        #: a place
        msgid "one"
        msgstr "一"

        msgid ""
        "a \"quoted\" "
        "text\\with {1}"
        msgstr ""
        "引用"
        "“{1}”\n"

        msgid "open"
        msgstr ""
        msgid "last"
        msgstr "末"
        """#)
    #expect(catalogue.templates == [#"a "quoted" text\with {1}"#, "last", "one"])
    #expect(
      catalogue[#"a "quoted" text\with {1}"#] == "引用“{1}”\n" && catalogue["last"] == "末" && catalogue["open"] == nil)
    #expect(MessageCatalogue(portableObject: "msgid \nmsgstr \"\n\"stray\"\n").templates == [])
  }

  @Test func filesCountTogether() {
    let catalogue = MessageCatalogue(portableObjects: ["msgid \"a\"\nmsgstr \"甲\"", "msgid \"b\"\nmsgstr \"乙\"\n"])
    #expect(catalogue.templates == ["a", "b"] && catalogue["b"] == "乙" && catalogue["c"] == nil)
  }

  @Test func valuesStandWhereTheTranslationWantsThem() {
    let own = language("msgid \"{1} of {2} pairs\"\nmsgstr \"{2} 对中有 {1} 对\"")
    #expect(own("\(3) of \(64) pairs") == "64 对中有 3 对")
    #expect(Language.english("\(3) of \(64) pairs") == "3 of 64 pairs")
    // What a value holds is no place, and what is no place stays.
    #expect(Language.english("\("{2}") and Σ_{i<k} \("x")") == "{2} and Σ_{i<k} x")
  }

  @Test func whatIsMissingIsEnglishAndMarked() {
    let own = language("msgid \"a\"\nmsgstr \"甲\"", mark: "!")
    #expect(own("a") == "甲" && own("b \(1)") == "!b 1")
    #expect(own(foreign: "b") == "b" && own(foreign: "a") == "甲" && own(fixed: "b") == "!b")
  }

  /// A translation has blanks about its values, which go where a value is Chinese too.
  @Test func blanksFollowTheScripts() {
    let own = language(
      """
      msgid "{1} share"
      msgstr "{1} 的曲线"

      msgid "{1} keeps {2}"
      msgstr "{1} 保留 {2} 的分辨率"
      """)
    #expect(own("\("YaRN") share") == "YaRN 的曲线" && own("\("无缩放") share") == "无缩放的曲线")
    #expect(own("\("动态 NTK") keeps \("0.5")") == "动态 NTK 保留 0.5 的分辨率")
    #expect(own("\("无缩放") keeps \("一半")") == "无缩放保留一半的分辨率")
    #expect(own("\("PI（×4）") share") == "PI（×4）的曲线")
    // English leaves every value as it is.
    #expect(Language.english("\("我们 的") keeps \("x")") == "我们 的 keeps x")
  }

  @Test func listsNamesAndSentencesAreJoined() {
    let chinese = Language.chinese, english = Language.english
    #expect(english.names(["a", "b", "c"]) == "a, b, c" && chinese.names(["甲", "b", "丙"]) == "甲、b、丙")
    #expect(english.list(["a", "b", "c"]) == "a, b and c" && chinese.list(["PI", "YaRN"]) == "PI 和 YaRN")
    #expect(english.paragraph(["A.", "", "B."]) == "A. B." && chinese.paragraph(["甲。", "", "乙。"]) == "甲。乙。")
    #expect(english.clauses(["A", "B"]) == "A; B" && english.names([]) == "" && english.paragraph([]) == "")
  }

  @Test func linesBreakAsChineseIsSet() {
    func breaks(_ left: Character, _ right: Character) -> Bool { left.mayBreak(before: right) }
    #expect(breaks("波", "长") && breaks("，", "长") && breaks("长", "（") && breaks("”", "长") && breaks("θ", "的"))
    #expect(!breaks("长", "，") && !breaks("（", "长") && !breaks("“", "长") && !breaks("）", "。"))
    #expect(!breaks("a", "b") && !breaks("n", "’") && !breaks("’", "s") && !breaks("…", "a"))
  }

  private static func text(_ file: String) -> String { Templates.files[file] ?? "" }

  @Test func everyTranslationUsesTheValuesOfItsSentence() {
    var seen: [String: String] = [:]
    for file in Language.chineseFiles + Language.chineseRemarks {
      let text = Self.text(file), catalogue = MessageCatalogue(portableObject: text)
      // Each entry of the file but its head counts: no sentence stands there twice, none is left open.
      let entries = text.split(separator: "\n").count { $0.hasPrefix("msgid ") }
      let heads = text.contains("msgid \"\"\nmsgstr \"Content-Type") ? 1 : 0
      #expect(entries - heads == catalogue.templates.count, "\(file)")
      for template in catalogue.templates {
        #expect(seen[template] == nil, "\(file) and \(seen[template] ?? ""): “\(template)”")
        seen[template] = file
        let wanted = Set(places(template)), translation = catalogue[template] ?? ""
        #expect(Set(places(translation)) == wanted, "\(file): “\(template)” is “\(translation)”")
        #expect(wanted == Set((1...max(1, wanted.count)).map(String.init).prefix(wanted.count)), "\(template)")
      }
    }
    #expect(seen.count > 300)
  }

  /// Sentences are set with the signs of Chinese, with a blank between its characters and Latin ones, digits and values.
  @Test func chineseHasItsOwnSigns() throws {
    let wrong = try Regex(#"[\u4E00-\u9FFF][,;:?!A-Za-z0-9{]|[\u4E00-\u9FFF]\.( |$)|[A-Za-z0-9%}][\u4E00-\u9FFF]"#)
    let catalogue = MessageCatalogue(portableObject: Self.text("zh-figures.po"))
    for template in catalogue.templates {
      let translation = catalogue[template] ?? ""
      #expect(translation.firstMatch(of: wrong) == nil, "\(translation)")
    }
  }

  /// Finished words of parts that speak English alone find their sentence, the longest that fits.
  @Test func finishedWordsAreTold() {
    let own = Language(
      code: "zh",
      catalogue: MessageCatalogue(
        portableObjects: [],
        remarks: [
          """
          msgid "{1} of {2} pairs differ"
          msgstr "{2} 对中有 {1} 对不同"

          msgid "{1} cannot compute these numbers: {2}"
          msgstr "{1} 算不出这些数值：{2}"

          msgid "{1} runs {2} only"
          msgstr "{1} 只运行 {2}"

          msgid "no places"
          msgstr "没有位置"

          msgid "{1}: {2}"
          msgstr "坏"
          """
        ]))
    #expect(own(foreign: "9 of 32 pairs differ") == "32 对中有 9 对不同")
    #expect(own(foreign: "MLX cannot compute these numbers: 9 of 32 pairs differ") == "MLX 算不出这些数值：32 对中有 9 对不同")
    #expect(own(foreign: "X runs a, b and c only") == "X 只运行 a, b and c", "no word for lists in this catalogue")
    #expect(Language.chinese(foreign: "X runs a, b and c only") == "X 只运行 a、b 和 c")
    #expect(Language.chinese(foreign: "X runs a, b-1, c only") == "X 只运行 a、b-1、c")
    #expect(own(foreign: "no places") == "没有位置" && own(foreign: "a: b") == "a: b" && own(foreign: "") == "")
    #expect(
      own(foreign: " of 32 pairs differ") == " of 32 pairs differ"
        && own(foreign: "9 of 32 pairs differ.") == "9 of 32 pairs differ.")
    #expect(Language.english(foreign: "9 of 32 pairs differ") == "9 of 32 pairs differ")
  }

  private func places(_ template: String) -> [String] {
    template.matches(of: /\{([0-9]+)\}/).map { String($0.1) }
  }
}
