import RopeJSON
import Testing

/// Values decoded from a tree: what they are, and where one that cannot be is told.
@Suite struct JSONNodeDecoderTests {
  private struct Part: Decodable, Equatable {
    var count: Int
    var share: Double?
    var kind: Kind?
    var values: [Double]
  }

  private enum Kind: String, Decodable, CaseIterable { case one, two }

  private struct Whole: Decodable, Equatable {
    var name: String
    var seed: UInt64?
    var isDone: Bool?
    var parts: [Part]
    var table: [String: [Int?]]?
  }

  private static let rules = JSONRules(
    ranges: ["count": 0...9, "values": 0...1], names: ["name": 1...3], lists: ["values"],
    mostEntries: 4, kept: { $0 == "abc" ? "ABC" : $0 })

  private func read(_ text: String) throws(ConfigurationError) -> Whole {
    let source = SourceText(bytes: Array(text.utf8), path: "x.json")
    return try JSONNodeDecoder.decode(Whole.self, from: JSONParser.parse(source), of: source, rules: Self.rules)
  }

  @Test func valuesAreRead() throws {
    let whole = try read(
      """
      {"name": "abc", "seed": 18446744073709551615, "isDone": true, "other": [1],
       "parts": [{"count": 9, "share": NaN, "kind": "two", "values": [0, 0.5]}, {"count": 1e0, "kind": null}],
       "table": {"a": [1, null, -2], "b": []}}
      """)
    #expect(whole.name == "ABC" && whole.seed == .max && whole.isDone == true)
    #expect(whole.parts[0] == Part(count: 9, share: nil, kind: .two, values: [0, 0.5]))
    #expect(whole.parts[1] == Part(count: 1, share: nil, kind: nil, values: []))
    #expect(whole.table == ["a": [1, nil, -2], "b": []])
  }

  @Test(arguments: [
    ("[]", "the document is a list, an object is expected", ""),
    ("{\"parts\": []}", "“name” is missing", ""),
    ("{\"name\": \"\", \"parts\": []}", "“name” is empty, a name is expected", "/name"),
    ("{\"name\": \"abcd\", \"parts\": []}", "“name” has more than 3 characters, a shorter name is expected", "/name"),
    ("{\"name\": null, \"parts\": []}", "“name” is null, a text is expected", "/name"),
    ("{\"name\": \"a\", \"parts\": {}}", "“parts” is an object, a list is expected", "/parts"),
    ("{\"name\": \"a\", \"parts\": [5]}", "“parts” is 5, an object is expected", "/parts/0"),
    ("{\"name\": \"a\", \"parts\": [1, 2, 3, 4, 5]}", "“parts” has 5 entries, at most 4 are expected", "/parts"),
    ("{\"name\": \"a\", \"isDone\": 1, \"parts\": []}", "“isDone” is 1, true or false is expected", "/isDone"),
    ("{\"name\": \"a\", \"seed\": -1, \"parts\": []}", "“seed” is -1, a whole number is expected", "/seed"),
    (
      "{\"name\": \"a\", \"parts\": [{\"count\": 10}]}", "“count” is 10, a whole number is expected, from 0 to 9",
      "/parts/0/count"
    ),
    (
      "{\"name\": \"a\", \"parts\": [{\"count\": 1, \"kind\": \"x\"}]}",
      "“kind” is the text “x”, one of one, two is expected",
      "/parts/0/kind"
    ),
    (
      "{\"name\": \"a\", \"parts\": [{\"count\": 1, \"values\": [1, 2]}]}",
      "“values” is 2, a number is expected, from 0 to 1", "/parts/0/values/1"
    ),
  ])
  func faultsAreNamedWithTheirPlace(_ text: String, _ message: String, _ pointer: String) throws {
    do throws(ConfigurationError) {
      let whole = try read(text)
      Issue.record("nothing was thrown: \(whole)")
    } catch {
      #expect(error.message == message && error.pointer == pointer)
      #expect(error.path == "x.json" && error.line == 1 && (error.column ?? 0) > 0)
    }
  }
}
