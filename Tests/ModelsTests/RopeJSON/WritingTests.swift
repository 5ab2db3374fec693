import Foundation
import RopeJSON
import Testing

@Suite struct WritingTests {
  private struct Sample: Encodable {
    var text = "a\"\\/\u{1}\u{8}\u{c}\n\r\t\u{2028}\u{7f}é"
    var numbers = [1, 0.1, -2.5e-7, 1e16, 1e300]
    var none: [Int] = []
    var empty: [String: Int] = [:]
    var optional: [Double?] = [nil, 2]
    var nested = [["b": 1, "a": 2], [:]]
    var flag = true
    var absent: Int?
    var small: Float = 0.1
    var byte: UInt8 = 7
  }

  @Test(arguments: [(JSONWriter.Layout.compact, JSONEncoder.OutputFormatting()), (.lines, .prettyPrinted)])
  func encodesAsFoundationDoes(layout: JSONWriter.Layout, formatting: JSONEncoder.OutputFormatting) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, formatting]
    let expected = String(decoding: try encoder.encode(Sample()), as: UTF8.self)
    #expect(String(decoding: try EncodedJSON.bytes(of: Sample(), layout: layout), as: UTF8.self) == expected)
  }

  @Test func numbersThatAreNotFiniteAreRefused() {
    for values in [[Double.nan], [.infinity]] {
      #expect(throws: EncodingError.self) { try EncodedJSON.bytes(of: values) }
      #expect(throws: EncodingError.self) { try EncodedJSON.bytes(of: ["a": values[0]]) }
    }
  }

  @Test func spellingsOfOtherLanguagesBecomeJSON() throws {
    let tree = try TOMLReader.read(SourceText("a = 1_000\nb = 0xF\nc = 1.50\nd = \"x\""))
    #expect(tree.json == #"{"a":1000,"b":15,"c":1.50,"d":"x"}"#)
    var writer = JSONWriter(.spaced)
    writer.value(tree)
    #expect(writer.text == #"{"a": 1000, "b": 15, "c": 1.50, "d": "x"}"#)
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    var random = Seeded()
    for _ in 0..<300 {
      let tree = Self.tree(&random, depth: 4)
      for layout in [JSONWriter.Layout.compact, .spaced, .lines] {
        var writer = JSONWriter(layout)
        writer.value(tree)
        let again = try JSONParser.parse(SourceText(bytes: writer.bytes))
        #expect(again.json == tree.json)
      }
      // JSON is YAML, too, where no text holds what YAML does not allow or takes for a line's end.
      let yaml = tree.json.contains("\u{2028}") ? nil : try? YAMLReader.read(SourceText(tree.json))
      #expect(yaml == nil || yaml?.json == tree.json, "\(tree.json)\n\(yaml?.json ?? "")")
    }
  }

  @Test func randomBytesCrashNoReader() {
    var random = Seeded()
    let words = [
      "[", "]", "{", "}", "\"", "'", "\"\"\"", ":", ": ", ",", "\n", "\r\n", " ", "- ", "a", "=", "[[", "]]", "0x",
      "1_0", "1e5",
      "&a ", "*a", "<<", "|\n  ", ">-\n", "#", "\\u00", "\\", "é", "\u{FEFF}", "1979-05-27", "T07:32:00", ".", "true",
      "? ", "---\n", "!!str ",
    ]
    for round in 0..<6000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...24, using: &random) {
        if round % 3 == 0 {
          bytes.append(UInt8.random(in: 0...255, using: &random))
        } else {
          bytes += words.randomElement(using: &random)?.utf8 ?? "".utf8
        }
      }
      let source = SourceText(bytes: bytes)
      for node in [try? JSONParser.parse(source), try? YAMLReader.read(source), try? TOMLReader.read(source)]
        .compactMap({ $0 })
      {
        check(node, in: source)
      }
    }
  }

  /// Places lie in the source and keys before their values.
  private func check(_ node: JSONNode, in source: SourceText) {
    #expect(node.bytes.upperBound <= source.bytes.count, "\(source.bytes)")
    for member in node.members ?? [] {
      #expect(member.keyBytes.upperBound <= source.bytes.count, "\(source.bytes)")
      check(member.node, in: source)
    }
    for element in node.elements ?? [] { check(element, in: source) }
  }

  private static func tree(_ random: inout Seeded, depth: Int) -> JSONNode {
    func make(_ value: JSONNode.Value) -> JSONNode { JSONNode(value: value, bytes: 0..<0) }
    func text() -> String {
      let letters = ["a", "é", "\"", "\\", "\n", "\t", "\u{1}", "😀", "\u{2028}", "/", " ", "~"]
      return (0..<Int.random(in: 0...5, using: &random)).map { _ in letters.randomElement(using: &random) ?? "" }
        .joined()
    }
    switch Int.random(in: depth > 0 ? 0...6 : 2...6, using: &random) {
    case 0:
      return make(
        .object(
          (0..<Int.random(in: 0...4, using: &random)).map { index in
            JSONNode.Member(key: "\(index)" + text(), keyBytes: 0..<0, node: tree(&random, depth: depth - 1))
          }))
    case 1:
      return make(.array((0..<Int.random(in: 0...4, using: &random)).map { _ in tree(&random, depth: depth - 1) }))
    case 2: return make(.string(text()))
    case 3: return make(.bool(Bool.random(using: &random)))
    case 4: return make(.null)
    case 5:
      let value = Double(Int.random(in: -1000...1000, using: &random))
      return make(.number(value, literal: JSONNumber.text(value)))
    default:
      let value = Double.random(in: -1e3...1e3, using: &random)
      return make(.number(value, literal: JSONNumber.text(value)))
    }
  }
}

/// The same numbers in every run (Steele, Lea and Flood 2014).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64 = 1

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
