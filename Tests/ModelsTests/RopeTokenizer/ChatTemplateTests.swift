import Foundation
import RopeJSON
import RopeTestSupport
import RopeTokenizer
import Testing

/// Chat templates against transformers' own rendering, and what they may not do.
@Suite struct ChatTemplateTests {
  private struct Case {
    let template: String
    let values: JSONNode
    /// Nil where transformers refuses.
    let expected: String?
  }

  private static func cases(_ file: URL) throws -> [Case] {
    let node = try JSONParser.parse(SourceText(bytes: [UInt8](Data(contentsOf: file)), path: file.path))
    let values = try #require(node.member("values")?.node.elements)
    return try #require(node.member("cases")?.node.elements).map { entry in
      Case(
        template: try #require(entry.member("template")?.node.string),
        values: values[Int(try #require(entry.member("values")?.node.finiteNumber))],
        expected: entry.member("expected")?.node.string)
    }
  }

  private static func template(_ name: String) throws -> ChatTemplate {
    let url = name.hasPrefix("/") ? URL(fileURLWithPath: name) : Fixtures.url("chat/\(name)")
    var template = try ChatTemplate(String(contentsOf: url, encoding: .utf8))
    template.date = ChatDate("2024-07-26")
    return template
  }

  /// Cases that differ, cases that are equal, and cases that both refuse.
  private static func compare(_ cases: [Case]) throws -> (different: [String], equal: Int, refused: Int) {
    var different: [String] = [], equal = 0, refused = 0, templates: [String: ChatTemplate] = [:]
    for entry in cases {
      let template = try templates[entry.template] ?? Self.template(entry.template)
      templates[entry.template] = template
      var text: String?, fault = ""
      do { text = try template.render(values: entry.values) } catch { fault = "\(error)" }
      if text.map({ Array($0.utf8) }) != entry.expected.map({ Array($0.utf8) }) {
        different.append("\(entry.template): \(text ?? fault) is not \(entry.expected ?? "refused")")
      } else if text == nil {
        refused += 1
      } else {
        equal += 1
      }
    }
    return (different, equal, refused)
  }

  @Test func templatesRenderAsTransformersRendersThem() throws {
    let (different, equal, refused) = try Self.compare(Self.cases(Fixtures.url("chat/cases.json")))
    #expect(different.isEmpty, "\(different.count): \(different.prefix(3))")
    #expect(equal > 250 && refused > 40, "\(equal) equal, \(refused) refused by both")
  }

  /// Templates as published, where a file of cases is named (Scripts/peers/chat-goldens.py).
  @Test(.enabled(if: ProcessInfo.processInfo.environment["ROPESCOPE_CHAT_CASES"] != nil, "no file of cases is named"))
  func publishedTemplatesRenderToo() throws {
    let path = try #require(ProcessInfo.processInfo.environment["ROPESCOPE_CHAT_CASES"])
    let (different, equal, refused) = try Self.compare(Self.cases(URL(fileURLWithPath: path)))
    print("\(equal) equal, \(refused) refused by both, \(different.count) different")
    #expect(different.isEmpty, "\(different.prefix(5))")
  }

  @Test(arguments: [
    ("a\n{% if x %}", ChatTemplateError.Kind.syntax, 2), ("{{ 1 + }}", .syntax, 1), ("\n\n{% endfor %}", .syntax, 3),
    ("{{ 'open", .syntax, 1), ("{% for x in %}{% endfor %}", .syntax, 1), ("{{ (1 }}", .syntax, 1),
    ("{% nonsense %}", .syntax, 1), ("{# no end", .syntax, 1), ("{% raw %} x", .syntax, 1), ("{{ 1 2 }}", .syntax, 1),
    ("{% include 'x' %}", .unsupported, 1), ("{{ 1 | nosuchfilter }}", .unsupported, 1),
    ("\n{{ x is nosuchtest }}", .unsupported, 2), ("{{ x.y.z }}", .value, 1), ("\n{{ 'a' + 1 }}", .value, 2),
    ("{{ 1 // 0 }}", .value, 1), ("{{ messages.append(1) }}", .value, 1), ("{{ nothing() }}", .value, 1),
    ("{{ raise_exception('no\nthanks') }}", .raised, 1), ("{{ x | tojson }}", .value, 1),
    ("{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}", .budget, 1),
    ("{{ 'x' * 100000000 }}", .budget, 1), ("{{ range(1000000) }}", .budget, 1),
    ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", .budget, 1), ("{{ 9223372036854775807 + 1 }}", .value, 1),
    (String(repeating: "{% if 1 %}", count: 5000), .budget, 1),
    ("{{ " + String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000) + " }}", .budget, 1),
    ("{{ " + String(repeating: "- ", count: 5000) + "1 }}", .syntax, 1),
    ("{{ 1" + String(repeating: " + 1", count: 20_000) + " }}", .budget, 1),
    ("{{ x" + String(repeating: "|trim", count: 20_000) + " }}", .budget, 1),
    ("{{ 1" + String(repeating: " + 1", count: 1_000) + " }}", .budget, 1),
    ("{% set n = namespace(x=[]) %}{% for i in range(9999) %}{% set n.x = [n.x] %}{% endfor %}{{ n.x }}", .budget, 1),
    ("{% set n = namespace(x=[]) %}{% for i in range(9999) %}{% set n.x = namespace(x=n.x) %}{% endfor %}", .budget, 1),
    ("{{ 'x'.removeprefix([]) }}", .value, 1), ("{{ range(0, 9, 0) }}", .value, 1),
    ("{% set x = 1 %}{% set x.y = 2 %}", .value, 1), ("{% set a, b = [1] %}", .value, 1),
  ])
  func faultsAreSaidWithTheirLine(_ source: String, _ kind: ChatTemplateError.Kind, _ line: Int) throws {
    let error = #expect(throws: ChatTemplateError.self) {
      _ = try ChatTemplate(source).render([ChatMessage(role: "user", content: "x")])
    }
    #expect(error?.kind == kind && error?.line == line, "\(source.prefix(60)): \(error as Any)")
  }

  @Test func textAloneIsText() throws {
    let open = String(repeating: "(", count: 5000)
    #expect(try ChatTemplate(open).render([]) == open)
    #expect(try ChatTemplate("a\r\nb\n").render([]) == "a\nb")
    let far = "9223372036854775807"
    #expect(
      try ChatTemplate("{{ 'abc'[::\(far)] }}{{ range(0, 9, \(far)) }}{{ 'abc'[:-\(far)] }}").render([]) == "a[0]")
  }

  /// Whatever a template is cut to, it is rendered or refused.
  @Test func anyPartOfATemplateIsReadOrRefused() throws {
    var read = 0, refused = 0
    for name in ["headers.jinja", "thinking.jinja", "blanks.jinja", "macros.jinja"] {
      let source = try String(contentsOf: Fixtures.url("chat/\(name)"), encoding: .utf8)
      for start in stride(from: 0, to: source.count, by: 41) {
        for length in [60, 300] {
          do {
            _ = try ChatTemplate(String(source.dropFirst(start).prefix(length)))
              .render([ChatMessage(role: "user", content: "x")])
            read += 1
          } catch { refused += 1 }
        }
      }
    }
    #expect(read > 20 && refused > 100, "\(read) read, \(refused) refused")
  }

  @Test func aModelsTemplateIsFound() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("chat-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(
      at: Fixtures.url("tokenizer/bpe.model"), to: folder.appendingPathComponent("tokenizer.model"))
    let settings = folder.appendingPathComponent("tokenizer_config.json")
    func write(_ text: String) throws { try Data(text.utf8).write(to: settings) }
    try write(#"{"bos_token": {"content": "<b>"}, "eos_token": "<e>"}"#)
    let tokenizer = try Tokenizer(path: folder.path)
    #expect(try ChatTemplate(model: folder.path, tokenizer: tokenizer) == nil)
    try write(
      #"{"bos_token": {"content": "<b>"}, "eos_token": "<e>", "chat_template": [{"name": "tool_use", "template": "t"}, {"name": "default", "template": "{{ bos_token }}{{ messages[0].content }}{{ eos_token }}"}]}"#
    )
    let template = try #require(try ChatTemplate(model: folder.path, tokenizer: tokenizer))
    #expect(try template.render([ChatMessage(role: "user", content: "x")]) == "<b>x<e>")
    try Data("J{{ messages | length }}".utf8).write(to: folder.appendingPathComponent("chat_template.jinja"))
    #expect(try ChatTemplate(model: folder.path, tokenizer: tokenizer)?.render([]) == "J0")
    try Data("{{ 1 +".utf8).write(to: folder.appendingPathComponent("chat_template.jinja"))
    #expect(throws: TokenizerError.self) { try ChatTemplate(model: folder.path, tokenizer: tokenizer) }
  }
}
