import RopeCairo
import RopeChart
import RopeReport
import Testing

@Suite struct PDFRendererTests {
  private let metrics = FakeMetrics()

  private func pages(_ document: Document, _ style: PageStyle = .a4) -> PDFDocument {
    PDFRenderer(style: style, metrics: metrics).render(document)
  }

  /// Texts of a page outside its figures.
  private func texts(_ list: DisplayList) -> [DrawOperation.Text] {
    var open: [Bool] = []
    var texts: [DrawOperation.Text] = []
    for operation in list.operations {
      switch operation {
      case .beginGroup(let group): open.append(group.name == "figure")
      case .endGroup: _ = open.popLast()
      case .text(let text) where !open.contains(true): texts.append(text)
      default: break
      }
    }
    return texts
  }

  private func longDocument() -> Document {
    var document = SampleDocument.document()
    let row = SampleDocument.summary.rows[1]
    var long = SampleDocument.summary
    long.id = "long"
    long.rows = Array(repeating: row, count: 120)
    let words = Array(repeating: "Positions beyond the trained length meet angles that no weight has seen.", count: 90)
    document.sections.append(
      Section(
        id: "long-section", title: "A long section",
        blocks: [
          .prose(Prose(words.joined(separator: " "))), .table(long),
          .prose("\(String(repeating: "x", count: 400)) \(code: String(repeating: "/very/long/path", count: 30))"),
          .code(.init(String(repeating: "word ", count: 60))), .code(.init(String(repeating: "y", count: 500))),
        ]))
    return document
  }

  @Test(arguments: [PageStyle.a4, .letter])
  func nothingLeavesTheMargins(style: PageStyle) {
    var worst = 0.0
    for page in pages(longDocument(), style).pages {
      #expect(page.list.width == style.width && page.list.height == style.height)
      for text in texts(page.list) {
        let right = text.at.x + metrics.width(of: text.string, role: text.role, size: text.size)
        worst = max(worst, right - (style.width - style.right))
        #expect(text.at.x >= style.left - 0.01, "\(text.string)")
        #expect(right <= style.width - style.right + 0.5, "\(text.string) ends at \(right)")
        let isFurniture = text.at.y < style.top || text.at.y > style.height - style.bottom
        if isFurniture { continue }
        #expect(text.at.y - 0.75 * text.size >= style.top - 1.5, "\(text.string)")
        #expect(text.at.y <= style.height - style.bottom + 0.5, "\(text.string)")
      }
    }
    print("farthest text beyond the right margin: \(worst) pt")
  }

  @Test func textsDoNotOverlap() {
    for page in pages(longDocument()).pages {
      let boxes = texts(page.list).filter { !$0.string.allSatisfy(\.isWhitespace) }.map { text in
        (
          text: text.string, x0: text.at.x,
          x1: text.at.x + metrics.width(of: text.string, role: text.role, size: text.size),
          y0: text.at.y - 0.6 * text.size, y1: text.at.y
        )
      }
      for (place, box) in boxes.enumerated() {
        for other in boxes.dropFirst(place + 1)
        where box.x0 < other.x1 - 0.6 && other.x0 < box.x1 - 0.6 && box.y0 < other.y1 - 0.3 && other.y0 < box.y1 - 0.3 {
          Issue.record("“\(box.text)” overlaps “\(other.text)”")
        }
      }
    }
  }

  @Test func tableHeadsAreRepeated() {
    let pages = pages(longDocument()).pages.map { texts($0.list).map(\.string) }
    let withRows = pages.filter { $0.count { $0 == "0.0625" || $0 == "0.250" } > 10 }
    #expect(withRows.count >= 2)
    for page in withRows { #expect(page.contains("Method"), "a page of rows without its head") }
    #expect(pages.contains { $0.contains { $0.hasSuffix("continued") } })
  }

  @Test func allGoalsExist() {
    let document = longDocument()
    let pdf = pages(document)
    let places = pdf.pages.flatMap { page in
      page.list.operations.compactMap { if case .destination(let name, _, _) = $0 { name } else { nil } }
    }
    let goals = pdf.pages.flatMap { page in
      page.list.operations.compactMap { if case .link(_, .destination(let name)) = $0 { name } else { nil } }
    }
    #expect(Set(places).count == places.count)
    #expect(goals.count > 20)
    #expect(Set(goals).subtracting(places) == [])
    func bookmarks(_ entries: [PDFDocument.Bookmark]) -> [PDFDocument.Bookmark] {
      entries.flatMap { [$0] + bookmarks($0.children) }
    }
    let all = bookmarks(pdf.bookmarks)
    #expect(Set(all.map(\.destination)).subtracting(places) == [])
    for section in document.sections { #expect(all.contains { $0.destination == section.id }) }
    let last = texts(pdf.pages[pdf.pages.count - 1].list).map(\.string)
    #expect(last.contains("page \(pdf.pages.count) of \(pdf.pages.count)"))
  }

  @Test func headingsStayWithTheirText() {
    let style = PageStyle.a4
    // Every amount of text before a heading, so that it meets the foot of the page at each height.
    for lines in stride(from: 30, through: 50, by: 1) {
      let filler = (0..<lines).map { Block.prose(Prose("line \($0)")) }
      let document = Document(
        metadata: .init(title: "t"),
        sections: [
          Section(id: "a", title: "First", blocks: filler),
          Section(id: "b", title: "Second", blocks: [.prose("What follows.")]),
        ])
      for page in pages(document, style).pages {
        let strings = texts(page.list).filter { $0.at.y > style.top && $0.at.y < style.height - style.bottom }.map(
          \.string)
        if strings.contains(where: { $0.hasSuffix("Second") && $0.hasPrefix("2") && $0.count > 8 }) {
          #expect(strings.contains("What follows.") || strings.contains("Contents"))
        }
      }
    }
  }

  @Test func paragraphsLeaveNoSingleLines() {
    let sentence = Array(repeating: "Angles that were never seen in training appear beyond it.", count: 12).joined(
      separator: " ")
    for filler in 20..<46 {
      let document = Document(
        metadata: .init(title: "t"),
        sections: [
          Section(
            id: "a", title: "A", blocks: (0..<filler).map { .prose(Prose("f \($0)")) } + [.prose(Prose(sentence))])
        ])
      let counts = pages(document).pages.map { texts($0.list).count { $0.string.count > 60 } }
      for count in counts { #expect(count != 1, "one line alone after \(filler) paragraphs: \(counts)") }
    }
  }

  @Test func wideTablesAreSplitWithTheirRowNames() {
    let columns = (0..<30).map {
      Block.Table.Column($0 == 0 ? "Method" : "Property \($0)", unit: "tokens", alignment: $0 == 0 ? .left : .decimal)
    }
    let rows = (0..<3).map { row in
      Block.Table.Row(
        [.init(Prose("method-\(row)"))] + (1..<30).map { .init(Prose("\($0 * 1000 + row).25"), value: Double($0)) })
    }
    let document = Document(
      metadata: .init(title: "t"),
      sections: [
        Section(id: "s", title: "S", blocks: [.table(.init(id: "w", caption: "Wide", columns: columns, rows: rows))])
      ])
    let strings = pages(document).pages.flatMap { texts($0.list).map(\.string) }
    #expect(strings.count { $0 == "method-0" } >= 2)
    for column in 1..<30 { #expect(strings.contains("\(column * 1000).25")) }
  }

  @Test func decimalPointsAlign() {
    let rows = ["1.5", "22.25", "333", "0.125"].enumerated().map { place, text in
      Block.Table.Row([.init(Prose("r\(place)")), .init(Prose(text), value: 1)])
    }
    let table = Block.Table(id: "d", caption: "D", columns: [.init("R", alignment: .left), .init("V")], rows: rows)
    let page = pages(Document(metadata: .init(title: "t"), lead: [.table(table)], sections: [])).pages[0]
    let points = texts(page.list).filter { ["1.5", "22.25", "333", "0.125"].contains($0.string) }.map { text in
      text.at.x + metrics.width(of: String(text.string.prefix { $0 != "." }), role: .text, size: text.size)
    }
    #expect(points.count == 4)
    #expect((points.max() ?? 0) - (points.min() ?? 1) < 1e-9)
  }

  @Test func sameLayoutTwice() {
    let document = longDocument()
    let lists = [pages(document), pages(document)].map { $0.pages.map(\.list) }
    #expect(lists[0] == lists[1])
  }

  /// Type is set smaller until everything stands on as few pages as are asked for.
  @Test func fitsOnAPage() {
    let sentence = Array(repeating: "Angles that were never seen in training appear beyond it.", count: 10).joined(
      separator: " ")
    let document = Document(
      metadata: .init(title: "t"), lead: (0..<11).map { _ in .prose(Prose(sentence)) }, sections: [])
    #expect(pages(document).pages.count == 2)
    #expect(PDFRenderer(metrics: metrics).render(document, pageLimit: 1).pages.count == 1)
  }

  @Test func emptyDocumentHasAPage() {
    #expect(pages(Document(metadata: .init(title: ""), sections: [])).pages.count == 1)
  }
}
