import Foundation
import RopeChart
import Testing

@Suite struct SVGTests {
  private func svg(_ figure: Figure, mode: SVGWriter.Mode = .standalone) -> String {
    let list = FigureLayout(style: FigureStyles.all[0], metrics: TableMetrics()).displayList(for: figure)
    return SVGWriter(mode: mode).write(list, title: figure.title, description: figure.alternativeText, id: figure.id)
  }

  @Test(arguments: Gallery.all) func isWellFormedSmallAndSafe(figure: Figure) throws {
    let text = svg(figure)
    let parser = XMLChecker()
    #expect(parser.check(text), "\(figure.id): \(parser.problem)")
    #expect(text.utf8.count < (figure.id == "decay" ? 80_000 : 25_000), "\(figure.id): \(text.utf8.count) bytes")
    #expect(!text.contains("<script"))
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test func namesSeriesAndPaints() {
    let text = svg(Gallery.wavelengths, mode: .inline)
    #expect(text.contains("<g class=\"series\" data-series=\"yarn\">\n<title>YaRN</title>"))
    #expect(text.contains("data-y-scale=\"log10\""))
    #expect(text.contains("data-x-domain=\"-0.5 63.5\""))
    #expect(text.contains("role=\"img\""))
    #expect(!text.contains("<style"))
    let list = FigureLayout(style: FigureStyles.all[0], metrics: TableMetrics()).displayList(for: Gallery.wavelengths)
    let sheet = SVGStyleSheet(lists: [list])
    #expect(sheet.rules.contains(".s-m-yarn{stroke:var(--m-yarn,#009E73)}"))
    #expect(sheet.properties(.dark).contains("--m-yarn:#00E5A7;"))
    #expect(!sheet.rules.contains("<"))
  }

  @Test func equalListsGiveEqualBytes() {
    for figure in Gallery.all { #expect(svg(figure) == svg(figure)) }
  }

  @Test func raisesExponentsAndDropsControlCharacters() {
    var list = DisplayList(width: 100, height: 20)
    list.operations = [.text(.init("10⁻³ \u{7}\u{0}a&b", at: Point(1, 10.126), size: 10))]
    let text = SVGWriter().write(list, title: "\u{1}\"t\"", description: "<d>")
    #expect(
      text.contains(
        "y=\"10.13\">10<tspan dy=\"-3.6\" font-size=\"7\">−3</tspan><tspan dy=\"3.6\"> a&amp;b</tspan></text>"))
    #expect(text.contains("aria-label=\"&quot;t&quot;\""))
    #expect(text.contains("<desc>&lt;d&gt;</desc>"))
  }

  @Test func linksOnlyWhereItIsSafe() {
    var list = DisplayList(width: 100, height: 20)
    let area = Rectangle(x: 0, y: 0, width: 5, height: 5)
    list.operations = [
      .link(area, .address("javascript:alert(1)")), .link(area, .address("https://arxiv.org/abs/2309.00071")),
      .link(area, .destination("section 1")),
    ]
    let text = SVGWriter().write(list, title: "", description: "")
    #expect(!text.contains("javascript"))
    #expect(text.contains("href=\"https://arxiv.org/abs/2309.00071\""))
    #expect(text.contains("href=\"#section-1\""))
  }

  @Test func widthsAreRead() {
    #expect(FigureStyles.points(parsing: "3.25in") == 234)
    #expect(FigureStyles.points(parsing: "8.4cm").map { abs($0 - 238.11) < 0.01 } == true)
    #expect(FigureStyles.points(parsing: "0in") == nil)
    #expect(FigureStyles.points(parsing: "wide") == nil)
    #expect(FigureStyles.points(parsing: "nan in") == nil)
  }
}

/// Balanced tags, quoted attributes, known entities: enough of XML to catch what a writer of strings gets wrong.
private final class XMLChecker {
  var problem = ""

  func check(_ text: String) -> Bool {
    var open: [Substring] = []
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "<") {
      if !entitiesAreKnown(rest[..<start]) { return false }
      guard let end = rest[start...].firstIndex(of: ">") else { return fail("tag without end") }
      let tag = rest[rest.index(after: start)..<end]
      guard tag.count(where: { $0 == "\"" }).isMultiple(of: 2), !tag.contains("<") else { return fail("tag \(tag)") }
      let name = tag.drop { $0 == "/" }.prefix { $0 != " " && $0 != "/" }
      if tag.hasPrefix("/") {
        guard open.popLast() == name else { return fail("closing \(name)") }
      } else if !tag.hasSuffix("/") {
        open.append(name)
      }
      rest = rest[rest.index(after: end)...]
    }
    return open.isEmpty || fail("open \(open)")
  }

  private func entitiesAreKnown(_ text: Substring) -> Bool {
    for part in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
    where !["amp;", "lt;", "gt;", "quot;", "#39;"].contains(where: part.hasPrefix) {
      return fail("entity &\(part.prefix(8))")
    }
    return true
  }

  private func fail(_ what: String) -> Bool {
    problem = what
    return false
  }
}
