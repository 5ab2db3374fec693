import RopeJSON
import RopeTestSupport
import Testing

@Suite struct YAMLTests {
  private func source(_ text: String) -> SourceText { SourceText(text) }

  @Test(arguments: [
    ("a: 1\nb: [x, 'y', \"z\"]", #"{"a":1,"b":["x","y","z"]}"#), ("", "{}"), ("- 1\n- ~\n-", "[1,null,null]"),
    ("a: yes\nb: Off\nc: 'no'\nd: y", #"{"a":true,"b":false,"c":"no","d":"y"}"#),
    (
      "a: 1_000\nb: 0x10\nc: 010\nd: 0b11\ne: 1e6\nf: .5\ng: -3.\nh: 1.2.3\ni: 2024-01-02\nj: 1p3",
      #"{"a":1000,"b":16,"c":8,"d":3,"e":1e6,"f":0.5,"g":-3,"h":"1.2.3","i":"2024-01-02","j":"1p3"}"#
    ),
    ("a: !!str 5\nb: !!int \"7\"\nc: !x 1", #"{"a":"5","b":7,"c":"1"}"#), ("? a\n: b", #"{"a":"b"}"#),
    ("a: &x {b: 1, c: 2}\nd: {<<: *x, b: 3}\ne: *x", #"{"a":{"b":1,"c":2},"d":{"c":2,"b":3},"e":{"b":1,"c":2}}"#),
    ("a: &x {b: 1}\ny: &y {b: 2, c: 2}\nd:\n  <<: [*x, *y]", #"{"a":{"b":1},"y":{"b":2,"c":2},"d":{"b":1,"c":2}}"#),
    ("a: |\n  x\n   y\nb: >-\n  x\n  y\n", #"{"a":"x\n y\n","b":"x y"}"#),
    ("---\na: 1\n...\n", #"{"a":1}"#), ("# nothing\n", "{}"),
  ])
  func meansWhatPythonsReadersSay(text: String, json: String) throws {
    #expect(try YAMLReader.read(source(text)).json == json)
  }

  @Test func placesAreExactInBytes() throws {
    for (head, newline) in [("", "\n"), ("\u{FEFF}", "\n"), ("", "\r\n"), ("\u{FEFF}# ü\r\n", "\r\n")] {
      let text = source(
        head
          + [
            "é: 'ü''s'  # comment", "list:", "- \"a\\n\\u00e9\"", "- {k: 1.5, \"q\": [2, x y]}", "plain: two words",
            "deep:", "  tagged: !!str 5",
            "  anchored: &name", "    inner: 7", "alias: *name", "empty:", "run: |", "  vllm serve m \\", "    --x 1",
            "", "end: 1", "",
          ].joined(separator: newline))
      let root = try YAMLReader.read(text)
      #expect(text.text(root["é"]) == "'ü''s'")
      #expect(text.text(root.member("é")?.keyBytes ?? 0..<0) == "é")
      #expect(text.text(root["list", "0"]) == "\"a\\n\\u00e9\"")
      #expect(text.text(root["list", "1"]) == "{k: 1.5, \"q\": [2, x y]}")
      #expect(text.text(root["list", "1"]?.member("q")?.keyBytes ?? 0..<0) == "\"q\"")
      #expect(text.text(root["list", "1", "k"]) == "1.5")
      #expect(text.text(root["list", "1", "q"]) == "[2, x y]")
      #expect(text.text(root["list", "1", "q", "1"]) == "x y")
      #expect(text.text(root["plain"]) == "two words")
      #expect(text.text(root["deep", "tagged"]) == "5")
      #expect(text.text(root["deep", "anchored"]) == "inner: 7")
      #expect(
        text.text(root["deep"]) == ["tagged: !!str 5", "  anchored: &name", "    inner: 7"].joined(separator: newline))
      #expect(text.text(root["alias"]) == "*name")
      #expect(text.text(root["alias", "inner"]) == "7")
      #expect(root["empty"]?.isNull == true && root["empty"]?.bytes.isEmpty == true)
      #expect(text.text(root["run"]).hasPrefix("|" + newline + "  vllm serve m"))
      #expect(text.text(root["end"]) == "1")
    }
  }

  @Test(arguments: [
    ("a: 1\nb: 2\na: 3", 3, 1, "stands twice, first in line 1"), ("a: [1, 2", 1, 9, "YAML"), ("a: b: c", 1, 5, "YAML"),
    ("a: *b", 1, 4, "*b stands for nothing"), ("? [1]\n: 2", 1, 3, "key"),
    ("a: 1\n---\nb: 2", 2, 1, "another document"),
    ("a: {<<: 1}", 1, 9, "<<"), ("a: \u{1}", 1, 4, "YAML"), ("a: &a [*a]", 1, 8, "stands for nothing"),
  ])
  func faultsHaveAPlace(text: String, line: Int, column: Int, words: String) {
    let error = #expect(throws: ConfigurationError.self) { try YAMLReader.read(source(text)) }
    #expect(error?.line == line && error?.column == column, "\(text): \(error?.description ?? "")")
    #expect(error?.message.contains(words) == true, "\(text): \(error?.description ?? "")")
  }

  @Test func documentsOfAManifest() throws {
    let text = source("kind: A\n---\nkind: B\n---\n# none\n")
    var repeated: [YAMLReader.RepeatedKey]?
    let documents = try YAMLReader.documents(text, repeated: &repeated)
    #expect(documents.map(\.json) == [#"{"kind":"A"}"#, #"{"kind":"B"}"#, "null"])
    #expect(text.text(documents[1]["kind"]) == "B")
    #expect(try YAMLReader.documents(source(""), repeated: &repeated).isEmpty)
    #expect(repeated == nil)
  }

  @Test func keysThatStandTwice() throws {
    let text = source("a: 1\nb: 2\na: 3\n---\nc: {d: 4, d: 5}\n")
    var refused: [YAMLReader.RepeatedKey]?
    #expect(throws: ConfigurationError.self) { try YAMLReader.documents(text, repeated: &refused) }
    var repeated: [YAMLReader.RepeatedKey]? = []
    let documents = try YAMLReader.documents(text, repeated: &repeated)
    #expect(documents.map(\.json) == [#"{"b":2,"a":3}"#, #"{"c":{"d":5}}"#])
    #expect(repeated?.map(\.key) == ["a", "d"])
    #expect(repeated?.map(\.firstLine) == [1, 5])
  }

  @Test func aliasesCannotStandForBillions() {
    let levels = (1...9).map { "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ","))]" }
    let bomb = "a0: &a0 [x]\n" + levels.joined(separator: "\n")
    let nested = "a: &a0 [x]\n" + (1...300).map { "b\($0): &a\($0) [*a\($0 - 1)]" }.joined(separator: "\n")
    let clock = ContinuousClock()
    let time = clock.measure {
      #expect(message { try YAMLReader.read(source(bomb)) }?.contains("aliases stand for more than") == true)
      #expect(message { try YAMLReader.read(source(bomb + "\n? *a8\n: 1")) }?.contains("aliases") == true)
      #expect(message { try YAMLReader.read(source(nested)) }?.contains("deep") == true)
      let brackets = message { try YAMLReader.read(source(String(repeating: "[", count: 100_000))) }
      #expect(brackets?.contains("deep") == true, "\(brackets ?? "")")
      #expect(message { try YAMLReader.read(source(String(repeating: "- ", count: 5000))) }?.contains("deep") == true)
    }
    #expect(time < .seconds(1))
  }

  @Test func longLinesTakeLinearTime() {
    let clock = ContinuousClock()
    for letter in ["1", "é"] {
      let text = source("v: [" + String(repeating: letter + ",", count: 200_000) + letter + "]")
      let time = clock.measure { #expect((try? YAMLReader.read(text))?["v"]?.elements?.count == 200_001) }
      #expect(time < .seconds(10))
    }
  }

  /// A carriage return ends a comment, also between an anchor and its value.
  @Test func commentsEndInAReturn() throws {
    let node = try YAMLReader.read(source("k: &a # c\r [1, 2]\n")).member("k")?.node
    #expect(node?.elements?.count == 2 && node?.bytes == 11..<17)
  }
}
