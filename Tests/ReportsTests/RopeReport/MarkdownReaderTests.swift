import RopeReport
import Testing

@Suite struct MarkdownReaderTests {
  @Test func blocksAndRuns() throws {
    let document = MarkdownReader.document(
      """
      # Title

      Lead with `code`, **strong**, *emphasis*, [a page](rules/a.html) and [the web](https://example.org).

      ## Part

      - one
        and more
      - two

      1. first

      ### Inner

      ```sh
      ropescope docs
        indented
      ```

      | a | b |
      |---|---|
      | 1 | `x` |

      ## Part
      """, root: "../")
    #expect(document.metadata.title == "Title")
    #expect(
      document.lead == [
        .prose(
          Prose(runs: [
            .text("Lead with "), .code("code"), .text(", "), .strong("strong"), .text(", "), .emphasis("emphasis"),
            .text(", "),
            .externalLink("a page", address: "../rules/a.html"), .text(" and "),
            .externalLink("the web", address: "https://example.org"), .text("."),
          ]))
      ])
    #expect(document.sections.map(\.id) == ["part", "part-2"])
    let part = try #require(document.sections.first)
    #expect(part.blocks == [.list(.init(["one and more", "two"])), .list(.init(["first"], numbered: true))])
    let inner = try #require(part.subsections.first)
    #expect(inner.blocks.first == .code(.init("ropescope docs\n  indented")))
    guard case .table(let table)? = inner.blocks.last else { throw MissingTable() }
    #expect(
      table.columns.map(\.title) == ["a", "b"]
        && table.rows.first?.cells.map(\.text) == ["1", Prose(runs: [.code("x")])])
  }

  private struct MissingTable: Error {}

  /// Marks without an end, lists and tables without a body: text stays text, and reading ends.
  @Test(arguments: [
    "**", "*", "`", "[", "[a](", "[a](b", "```", "|", "|-|", "- ", "1. ", "# ", "### x", "a ** b",
    "<script>alert(1)</script>", "\u{1B}[0m", "|a|\n|-|\n||||||",
  ])
  func hostileTextStaysText(_ text: String) {
    let document = MarkdownReader.document(text)
    #expect(document.blocks.count <= 2)
    if text.hasPrefix("<") { #expect(document.lead == [.prose(Prose(text))]) }
  }
}
