import RopeJSON
import Testing

@Suite struct TOMLTests {
  @Test(arguments: [
    ("", "{}"), ("# only\n\n", "{}"), ("a = 1\nb.c = 2\nb.\"d e\".f = 3", #"{"a":1,"b":{"c":2,"d e":{"f":3}}}"#),
    ("[t]\na = 'x\\'\n[t.u]\nb = \"y\\n\\u00e9\\U0001F600\"", #"{"t":{"a":"x\\","u":{"b":"y\né😀"}}}"#),
    ("[a.b.c]\nx=1\n[a]\ny=2", #"{"a":{"b":{"c":{"x":1}},"y":2}}"#),
    ("[[l]]\na=1\n[l.s]\nb=2\n[[l]]\n[[l.m]]\n[[l.m]]", #"{"l":[{"a":1,"s":{"b":2}},{"m":[{},{}]}]}"#),
    ("a = [1, 'x', [true], # c\n {k = 1, l.m = 2}, \n]", #"{"a":[1,"x",[true],{"k":1,"l":{"m":2}}]}"#),
    (
      "a = \"\"\"\nx\n  y \\\n   z\"\"\"\nb = '''a''b'''\nc = \"\"\"\"q\"\"\"\"\"\nd = ''''x'''''",
      #"{"a":"x\n  y z","b":"a''b","c":"\"q\"\"","d":"'x''"}"#
    ),
    (
      "a = +1_000\nb = 0xDEAD_beef\nc = 0o17\nd = 0b1_1\ne = 6.02e+2\nf = -0.0\ng = 1e1_0",
      #"{"a":1000,"b":3735928559,"c":15,"d":3,"e":6.02e+2,"f":-0.0,"g":10000000000}"#
    ),
    ("a = inf\nb = -inf\nc = nan", #"{"a":Infinity,"b":-Infinity,"c":NaN}"#),
    (
      "a = 1979-05-27T07:32:00Z\nb = 1979-05-27 07:32:00.5-07:00\nc = 2024-02-29\nd = 07:32:00",
      #"{"a":"1979-05-27T07:32:00Z","b":"1979-05-27 07:32:00.5-07:00","c":"2024-02-29","d":"07:32:00"}"#
    ),
    ("'' = 1\n\"\\t\" = 2\n1-2 = 3\ntrue = false", #"{"":1,"\t":2,"1-2":3,"true":false}"#),
    ("a = {}\nb = [ ]\r\n", #"{"a":{},"b":[]}"#),
    (
      "[fruit]\napple.color = 1\n[fruit.apple.taste]\nsweet = true",
      #"{"fruit":{"apple":{"color":1,"taste":{"sweet":true}}}}"#
    ),
  ])
  func readsWhatTheLanguageHas(text: String, json: String) throws {
    #expect(try TOMLReader.read(SourceText(text)).json == json)
  }

  @Test(arguments: [
    ("[}", 1, 2, "expected a key"), ("a", 1, 2, "“=” after the key “a”"), ("a = ", 1, 5, "a value, but the file ends"),
    ("a = \nb = 1", 1, 5, "the line ends"),
    ("a = 1 b = 2", 1, 7, "end of the line"), ("a = 1\na = 2", 2, 1, "twice, first in line 1"),
    ("[a]\n[a]", 2, 2, "stands twice, first in line 1"),
    ("a = 1\na.b = 2", 2, 1, "is a value"), ("a.b = 1\n[a]", 2, 2, "twice"),
    ("[a.b]\n[a]\nb.c = 1", 3, 1, "table of its own"),
    ("a = [1]\n[[a]]", 2, 3, "twice"), ("[[a]]\n[a]", 2, 1, "[[…]]"), ("[a]\n[[a]]", 2, 3, "twice"),
    ("a = {b = 1}\n[a.c]", 2, 2, "holds no tables"),
    ("a = {b = 1}\na.c = 2", 2, 1, "is a value"), ("a = {b = 1,}", 1, 12, "key"), ("a = {b = 1\n}", 1, 11, "one line"),
    ("a = [1 2]", 1, 8, "“,” or “]”"),
    ("a = [1,", 1, 5, "not closed"), ("a = \"x\ny\"", 1, 5, "not closed"), ("a = '''x", 1, 5, "'''"),
    ("a = \"\\q\"", 1, 6, "escape"),
    ("a = \"\\ud800\"", 1, 6, "4 hexadecimal"), ("a = yes", 1, 5, "quotes"), ("a = 01", 1, 5, "no value"),
    ("a = 1__0", 1, 5, "no value"), ("a = _1", 1, 5, "no value"),
    ("a = 1.", 1, 5, "no value"), ("a = .5", 1, 5, "no value"), ("a = 0x", 1, 5, "no value"),
    ("a = +0x1", 1, 5, "no value"), ("a = 1e_5", 1, 5, "no value"),
    ("a = 2023-02-29", 1, 5, "no value"), ("a = 24:00:00", 1, 5, "no value"), ("a = 1\rb = 2", 1, 6, "end of the line"),
    ("a = \"\u{1}\"", 1, 6, "control"),
    ("a = 1 # \u{1}", 1, 9, "end of the line"), ("a.=1", 1, 3, "key"), ("[a", 1, 3, "“]”"), ("[[a]", 1, 5, "“]]”"),
    ("é = 1", 1, 1, "key"),
    ("\"\"\"a\"\"\" = 1", 1, 3, "“=”"), ("a = \"\"\"\"\"\"\"\"\"", 1, 13, "end of the line"),
    ("a = \u{FEFF}1", 1, 5, "no value"),
  ])
  func faultsHaveAPlaceAndSayWhatIsRight(text: String, line: Int, column: Int, words: String) {
    let error = #expect(throws: ConfigurationError.self) { try TOMLReader.read(SourceText(text)) }
    #expect(error?.line == line && error?.column == column, "\(text): \(error?.description ?? "")")
    #expect(error?.message.contains(words) == true, "\(text): \(error?.description ?? "")")
  }

  @Test func placesAreExactInBytes() throws {
    for (head, newline) in [("", "\n"), ("\u{FEFF}", "\r\n")] {
      let text = SourceText(
        head
          + [
            "# é", "[model]", "name = \"ü\"  # c", "rope.theta = 1_000.0", "list = [1, 'x']", "", "[model.\"sub é\"]",
            "k = {a = 1}", "[[t]]", "n = 1",
          ]
          .joined(separator: newline))
      let root = try TOMLReader.read(text)
      #expect(text.text(root["model", "name"]) == "\"ü\"")
      #expect(text.text(root["model", "rope", "theta"]) == "1_000.0")
      #expect(text.text(root["model"]?.member("rope")?.keyBytes ?? 0..<0) == "rope")
      #expect(text.text(root["model", "list", "1"]) == "'x'")
      #expect(text.text(root["model"]?.member("sub é")?.keyBytes ?? 0..<0) == "\"sub é\"")
      #expect(text.text(root["model", "sub é", "k", "a"]) == "1")
      #expect(text.text(root["model"]).hasPrefix("[model]") && text.text(root["model"]).hasSuffix("[1, 'x']"))
      #expect(text.text(root["t"]) == "[[t]]" + newline + "n = 1")
    }
  }

  @Test func sizeAndDepthAreLimited() {
    let clock = ContinuousClock()
    let time = clock.measure {
      for text in [
        Array(repeating: "a", count: 400_000).joined(separator: ".") + " = 1",
        "[" + Array(repeating: "a", count: 400_000).joined(separator: ".") + "]",
        "a = " + String(repeating: "[", count: 100_000), "a = " + String(repeating: "{a=", count: 100_000),
      ] {
        #expect(message { try TOMLReader.read(SourceText(text)) }?.contains("256") == true)
      }
      let tables = (0..<50_000).map { _ in "[[x.y]]\nz = 1" }.joined(separator: "\n")
      #expect((try? TOMLReader.read(SourceText(tables)))?["x", "y"]?.elements?.count == 50_000)
      let keys = (0..<50_000).map { "k\($0) = [\($0), 'x']" }.joined(separator: "\n")
      #expect((try? TOMLReader.read(SourceText(keys)))?.members?.count == 50_000)
    }
    #expect(time < .seconds(20))
  }
}
