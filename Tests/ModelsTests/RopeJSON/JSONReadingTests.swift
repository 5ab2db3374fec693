import RopeJSON
import Testing

@Suite struct JSONReadingTests {
  @Test func placesAreBytes() throws {
    let node = try JSONParser.parse(SourceText(bytes: Array(#"{"a": [1, "é"], "b": null}"#.utf8)))
    #expect(node.member("a")?.keyBytes == 1..<4)
    #expect(node.member("a")?.node.elements?.last?.bytes == 10..<14)
    #expect(node.member("b")?.node.isNull == true)
    #expect(node.bytes == 0..<27)
  }

  @Test(arguments: [
    ("", 1, 1, "empty"), ("{", 1, 2, "ends inside"), ("[1,", 1, 4, "value"), ("[1 2]", 1, 4, "expected “,”"),
    ("{\"a\" 1}", 1, 6, "“:”"), ("{a: 1}", 1, 2, "double quotes"), ("[1,]", 1, 4, "cannot begin"),
    ("01", 1, 1, "number"),
    ("1.", 1, 1, "number"), ("-", 1, 1, "number"), ("1e", 1, 1, "number"), ("+1", 1, 1, "begin"), (".5", 1, 1, "begin"),
    ("\"a\nb\"", 1, 3, "control"), ("\"a", 1, 1, "not closed"), ("\"\\x\"", 1, 3, "escape"),
    ("\"\\u12\"", 1, 4, "four"),
    ("[1]\n x", 2, 2, "after the end"), ("tru", 1, 1, "true"), ("\u{FEFF}[é", 1, 2, "begin"),
  ])
  func faultsHaveAPlace(text: String, line: Int, column: Int, words: String) {
    let error = #expect(throws: ConfigurationError.self) { try JSONParser.parse(SourceText(bytes: Array(text.utf8))) }
    #expect(error?.line == line && error?.column == column, "\(text): \(String(describing: error))")
    #expect(error?.message.contains(words) == true, "\(text): \(error?.message ?? "")")
  }

  @Test func textsAndNumbersKeepWhatTheySay() throws {
    let node = try parsed(#"["\u00e9\ud83d\ude00\"\\\/\b\f\n\r\t", "\ud800x", 1.50e+2, NaN, -Infinity, -0]"#)
    let elements = try #require(node.elements)
    guard case .string("é😀\"\\/\u{8}\u{c}\n\r\t") = elements[0].value, case .string("\u{FFFD}x") = elements[1].value,
      case .number(150, "1.50e+2") = elements[2].value, case .number(let nan, "NaN") = elements[3].value,
      case .number(-.infinity, "-Infinity") = elements[4].value, case .number(0, "-0") = elements[5].value
    else {
      Issue.record("\(elements)")
      return
    }
    #expect(nan.isNaN)
  }

  @Test func depthAndStrictnessHaveLimits() {
    let deep = String(repeating: "[", count: 257)
    #expect(message { try parsed(deep) }?.contains("256 deep") == true)
    #expect(throws: Never.self) { try parsed(String(repeating: "[", count: 256) + String(repeating: "]", count: 256)) }
    for text in ["NaN", #""\ud800""#, String(repeating: "[", count: 65) + String(repeating: "]", count: 65)] {
      var reader = JSONReader(Array(text.utf8))
      #expect((try? reader.skipValue()) == nil, "\(text)")
    }
  }

  @Test func theReaderBuildsNothing() throws {
    var reader = JSONReader(Array(#" {"a": [1, 22], "b": {"c": [null, true, "x"]}, "d": "é"} "#.utf8))
    var seen: [String] = []
    try reader.object { (reader, key) throws(JSONFault) in
      switch key {
      case "a": seen.append("\(try reader.wholeNumbers())")
      case "d": seen.append(try reader.text())
      default: try reader.skipValue()
      }
    }
    try reader.end()
    #expect(seen == ["[1, 22]", "é"])
    #expect(JSONFault("no pair", kind: .content, at: 3).sentence("it", from: 8) == "it has no pair at byte 11")
  }

  @Test func pointersEscape() {
    #expect(JSONPointer.adding("a/b~c", to: "/x") == "/x/a~1b~0c")
    #expect(JSONPointer.keys("/x/a~1b~0c/") == ["x", "a/b~c", ""])
    #expect(JSONPointer.keys("") == [])
  }

  private func parsed(_ text: String) throws(ConfigurationError) -> JSONNode {
    try JSONParser.parse(SourceText(bytes: Array(text.utf8)))
  }
}

/// What a reader says of a text, nil where it reads.
func message(_ body: () throws -> JSONNode) -> String? {
  do {
    _ = try body()
    return nil
  } catch {
    return "\(error)"
  }
}

extension SourceText {
  init(_ text: String) { self.init(bytes: Array(text.utf8)) }

  /// The text in which a value stands.
  func text(_ node: JSONNode?) -> String { node.map { text($0.bytes) } ?? "?" }
  func text(_ bytes: Range<Int>) -> String { String(decoding: self.bytes[bytes], as: UTF8.self) }
}

extension JSONNode {
  /// One line of JSON.
  var json: String {
    var writer = JSONWriter()
    writer.value(self)
    return writer.text
  }
}
