import Foundation
import RopeChart
import RopeReport
import RopeTestSupport
import Testing

@Suite struct HTMLRendererTests {
  private func html(_ document: Document) throws -> String { try HTMLRenderer(metrics: FakeMetrics()).render(document) }

  @Test func smallDocumentIsAsReviewed() throws {
    let document = Document(
      metadata: .init(title: "A small report", description: "Every block, little data."),
      lead: [.verdict(SampleDocument.verdict), .table(SampleDocument.summary)],
      sections: [
        Section(
          id: "angles", title: "Angles",
          blocks: [
            .prose(SampleDocument.anglesProse("M")), .formula(SampleDocument.wavelengthFormula),
            .chart(SampleDocument.chart(SampleDocument.wavelengthFigure(pairs: 4))),
            .keyValues(SampleDocument.geometry),
          ])
      ])
    let page = try html(document)
    // Style sheet and script have their own files, charts their own goldens; this holds what the renderer writes.
    let start = try #require(page.range(of: "<style>"))
    let end = try #require(page.range(of: "</style>"))
    let script = try #require(page.range(of: "<script>"))
    let body = page[..<start.lowerBound] + page[end.upperBound..<script.lowerBound]
    let withoutCharts = String(body).replacing(
      /<svg [^>]*class="chart"[\s\S]*?<\/svg>/, with: "<svg class=\"chart\">…</svg>")
    #expect(Golden.difference(withoutCharts, from: "report/small.html") == nil)
  }

  @Test func pageIsSound() throws {
    let linter = HTMLLinter(try html(SampleDocument.document()))
    #expect(linter.problems == [])
    #expect(linter.count("figure") == 6)
    #expect(linter.count("svg") > 12)
  }

  @Test func linterFindsWhatItLooksFor() {
    let broken =
      "<html><title>x</title><h1>a</h1><h3>b</h3><a href=\"#gone\">c</a><p id=\"i\"></p><p id=\"i\" onclick=\"x\"></p><svg></svg></html>"
    let problems = HTMLLinter(broken).problems
    for part in [
      "no lang", "h3 after h1", "#gone leads nowhere", "id i occurs 2 times", "p has onclick", "svg without name",
    ] {
      #expect(problems.contains { $0.contains(part) }, "\(part) not in \(problems)")
    }
    #expect(HTMLLinter("<html lang=\"en\"><p></html>").problems.contains { $0.contains("closes") })
    let hidden = "<html lang=\"en\"><style>.toggles,.key{color:red;display:none}</style><g class=\"key\"></g></html>"
    #expect(HTMLLinter(hidden).problems.contains { $0.contains("hides <g class=\"key\">") })
    let other = "<html lang=\"en\"><style>.key-line{display:none}</style><g class=\"key\"></g></html>"
    #expect(!HTMLLinter(other).problems.contains { $0.contains("hides") })
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'\u{301} onmouseover='alert(1)",
    "\"\u{301} onload=\"x",
    "</style></script><b>", "a&b \u{0} \u{202E}gnp", "{{{title}}} {{#sections}}",
  ])
  func textOfAConfigStaysText(name: String) throws {
    var document = SampleDocument.document(model: name)
    document.lead.append(
      .table(
        .init(
          id: "x\(name)", caption: Prose(name),
          columns: [.init(name, unit: name, alignment: .left, explanation: name), .init("n")],
          rows: [.init([.init(Prose(name)), .init(Prose(name), value: 1, why: name)])])))
    document.lead += [
      .findings(.init(id: name, [.init(.error, rule: name, message: Prose(name), place: name, remedy: Prose(name))])),
      .code(.init(title: name, name)),
      .formula(.init(name, symbols: [.init(name, Prose(name))], reference: Prose(name))),
      .prose(
        "\(code: name) \(emphasis: name) \(number: name, source: name) \(link: name, address: "javascript:alert(1)") \(link: name, address: name) \(reference: name)"
      ),
      .note(.init(.note, Prose(name))), .details(.init(summary: name, blocks: [])),
      .keyValues(.init([.init(name, Prose(name), source: name)])),
      .citations(.init([.init(id: name, Prose(name), address: name)])),
    ]
    var figure = SampleDocument.wavelengthFigure(pairs: 4)
    figure.id = "evil"
    figure.title = name
    figure.caption = name
    figure.alternativeText = name
    figure.panels[0].title = name
    figure.panels[0].marks.append(
      .line(.init(label: name, style: .init(key: name, light: "000000", dark: "FFFFFF"), x: [1], y: [1])))
    document.lead.append(.chart(.init(figure, files: [.init(name, path: "javascript:alert(1)")])))
    let page = try html(document)
    let problems = HTMLLinter(page).problems.filter { !$0.hasPrefix("id ") }
    #expect(problems == [])
    #expect(HTMLLinter(page).count("script") == 1)
    #expect(HTMLLinter(page).count("style") == 1)
    #expect(HTMLLinter(page).count("img") == 0)
    #expect(!page.contains("href=\"javascript:"))
    #expect(!page.unicodeScalars.contains { $0 == "\u{0}" || $0 == "\u{202E}" })
    // Whole grapheme clusters hide a quote that a mark combines with; bytes do not.
    let isMarkup = name.unicodeScalars.contains { "<>\"'&".unicodeScalars.contains($0) }
    if isMarkup { #expect(Data(page.utf8).range(of: Data(name.utf8)) == nil) }
  }

  /// Behind commas, and behind other signs where these leave a long piece; a number and a short word stay whole.
  @Test func longCodeMayBreakAtItsSigns() throws {
    let spec = "yarn:factor=4.25,original_max_position_embeddings=32768"
    let page = try html(
      Document(
        metadata: .init(title: "t"),
        lead: [.prose("\(code: spec) \(code: "rope_theta=1.5")"), .code(.init(title: "", spec))],
        sections: []))
    let broken =
      "yarn:factor=4.25,<wbr>original_<wbr>max_<wbr>position_<wbr>embeddings=<wbr>32768"
    #expect(page.components(separatedBy: broken).count == 3 && page.contains("<code>rope_theta=1.5</code>"))
    #expect(!page.contains(spec))
  }

  /// Series that a drawing leaves unnamed are named in the list below it, which then stands without scripts too.
  @Test func seriesAreNamedOnce() throws {
    var figure = SampleDocument.wavelengthFigure(pairs: 4)
    figure.panels[0].marks += (0..<14).map { place in
      .line(
        .init(
          label: "a long name \(place)", style: .init(key: "k\(place)", light: "000000", dark: "FFFFFF"),
          x: [0, 3], y: [1 + Double(place) / 100, 2]))
    }
    let page = try html(
      Document(metadata: .init(title: "t"), lead: [.chart(.init(figure, id: "crowded"))], sections: []))
    #expect(page.contains("<ul class=\"toggles only\">"))
    let drawn = (0..<14).map { ">a long name \($0)</text>" }
    #expect(!drawn.allSatisfy(page.contains))
    var unlisted = Block.Chart(figure, id: "crowded")
    unlisted.showsKey = false
    let other = try html(Document(metadata: .init(title: "t"), lead: [.chart(unlisted)], sections: []))
    #expect(drawn.allSatisfy(other.contains) && !other.contains("class=\"toggles"))
  }

  @Test func sameBytesTwiceAndSmall() throws {
    let document = SampleDocument.document()
    let first = try html(document)
    #expect(try html(document) == first)
    // Eighteen figures of this kind must stay below 600 KB: six take a third.
    print(
      "sample report: \(first.utf8.count) bytes, script \(try TemplateSource.embedded.text("report.js").utf8.count)")
    #expect(first.utf8.count < 200_000)
    #expect(try TemplateSource.embedded.text("report.js").utf8.count < 15_000)
  }

  @Test func everythingIsInTheFile() throws {
    let page = try html(SampleDocument.document())
    for outside in ["<link", "@import", "url(http", "src=\"http", "<iframe"] { #expect(!page.contains(outside)) }
    #expect(page.contains("default-src 'none'"))
    #expect(!page.contains("{{"))
  }

  @Test func bestValuesShareTheMark() {
    let table = SampleDocument.summary
    #expect(table.bestRows(ofColumn: 1) == [1, 4, 5])
    #expect(table.bestRows(ofColumn: 3) == [1, 4, 5])
    #expect(table.bestRows(ofColumn: 6) == [])
    #expect(table.bestRows(ofColumn: 99) == [])
    var equal = table
    for row in equal.rows.indices { equal.rows[row].cells[1] = .init("7", value: 7) }
    #expect(equal.bestRows(ofColumn: 1) == [])
  }
}
