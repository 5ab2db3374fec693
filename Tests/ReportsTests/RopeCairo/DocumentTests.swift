import RopeCairo
import RopeChart
import Testing

@Suite struct DocumentTests {
  private let fonts = PangoFonts()

  private func document() -> PDFDocument {
    var pages: [PDFDocument.Page] = []
    for number in 1...3 {
      var list = DisplayList(width: 595, height: 842)
      let figure = Charts.list(Charts.lines, fonts)
      list.append(figure, x: 100, y: 100)
      list.operations += [
        .destination(name: "section-\(number)", x: 50, y: 60),
        .text(.init("Section \(number)", at: Point(50, 60), role: .bold, size: 14)),
        .link(.init(x: 50, y: 700, width: 100, height: 12), .address("https://arxiv.org/abs/2309.00071?a='b'&c=θ")),
        .link(.init(x: 50, y: 720, width: 100, height: 12), .destination("section-1")),
        .link(.init(x: 50, y: 740, width: 100, height: 12), .destination("nowhere")),
      ]
      pages.append(.init(list, label: number == 1 ? "i" : "\(number - 1)"))
    }
    let inner = PDFDocument.Bookmark("Unter-Abschnitt θ", destination: "section-3")
    return PDFDocument(
      pages: pages,
      bookmarks: [
        .init("One", destination: "section-1"), .init("Two (two)", destination: "section-2", children: [inner]),
        .init("Lost", destination: "nowhere"),
      ],
      metadata: PDFMetadata(title: "Bericht „θ“", author: "A", keywords: ["x", "y"], created: 1_700_000_000))
  }

  @Test func equalDocumentsGiveEqualBytes() throws {
    let writer = PDFDocumentWriter(fonts: fonts)
    let first = try writer.write(document())
    #expect(first == (try writer.write(document())))
    #expect(first == (try PDFDocumentWriter(fonts: PangoFonts()).write(document())))
  }

  @Test func hasPagesMetadataLinksAndDestinations() throws {
    let pdf = try PDFDocumentWriter(fonts: fonts).write(document())
    guard let info = try Tool.output("pdfinfo", ["-isodates", "FILE"], on: pdf) else { return }
    #expect(info.contains("Bericht „θ“"))
    #expect(info.contains("Pages:           3"))
    #expect(info.contains("2023-11-14T22:13:20Z"))
    #expect(info.contains("PDF version:     1.5"))
    let destinations = try Tool.output("pdfinfo", ["-dests", "FILE"], on: pdf) ?? ""
    for number in 1...3 { #expect(destinations.contains("section-\(number)"), "\(destinations)") }
    let text = String(decoding: pdf, as: UTF8.self)
    #expect(text.contains("https://arxiv.org/abs/2309.00071?a="))
    #expect(text.contains("%CE%B8"))
    #expect(text.contains("/Outlines"))
    #expect(text.contains("/PageLabels"))
    #expect(!text.contains("nowhere"))
  }

  @Test func linksLieWhereTheyWereAsked() throws {
    let text = String(decoding: try PDFDocumentWriter(fonts: fonts).write(document()), as: UTF8.self)
    // PDF counts from the bottom: 842 − 700 − 12 = 130.
    #expect(
      text.contains("/Rect [ 50 130 150 142 ]"),
      "\(text.components(separatedBy: "/Rect").dropFirst().map { $0.prefix(40) })")
  }

  @Test func anEmptyDocumentIsStillOne() throws {
    let pdf = try PDFDocumentWriter(fonts: fonts).write(PDFDocument(pages: [], metadata: PDFMetadata(title: "")))
    #expect(pdf.starts(with: Array("%PDF-1.5".utf8)))
  }
}
