import Foundation
import RopeCairo
import RopeReport
import Testing

/// The structure of a report's PDF, read from its bytes.
@Suite struct TaggedReportTests {
  private static let bytes: [UInt8] = {
    let fonts = PangoFonts()
    let document = PDFRenderer(metrics: PangoTextMetrics(fonts)).render(SampleDocument.document())
    return (try? PDFDocumentWriter(fonts: fonts).write(document)) ?? []
  }()

  /// What the last object of each number says.
  private static let objects: [Int: String] = {
    let text = String(decoding: bytes, as: UTF8.self)
    var objects: [Int: String] = [:]
    for part in text.components(separatedBy: "endobj") {
      guard let head = part.range(of: " 0 obj\n", options: .backwards) else { continue }
      let digits = part[..<head.lowerBound].reversed().prefix { $0.isNumber }.reversed()
      if let number = Int(String(digits)) { objects[number] = String(part[head.upperBound...]) }
    }
    return objects
  }()

  private static func elements(_ kind: String) -> [String] {
    objects.sorted { $0.key < $1.key }.map(\.value).filter {
      $0.contains("/Type /StructElem") && $0.contains("/S /\(kind)\n")
    }
  }

  @Test func namesLanguageTitleAndMetadata() throws {
    let catalogue = try #require(Self.objects.values.first { $0.contains("/Type /Catalog") })
    #expect(catalogue.contains("/Lang (en)") && catalogue.contains("/MarkInfo << /Marked true >>"))
    #expect(catalogue.contains("/DisplayDocTitle true") && catalogue.contains("/StructTreeRoot"))
    let metadata = try #require(Self.objects.values.first { $0.contains("/Type /Metadata") })
    #expect(metadata.contains(">\(SampleDocument.document().metadata.title)</rdf:li>"))
    #expect(metadata.contains("<dc:language><rdf:Bag><rdf:li>en</rdf:li>"))
  }

  @Test func everyFigureAndFormulaCanBeReadAloud() {
    let figures = Self.elements("Figure"), formulas = Self.elements("Formula")
    #expect(figures.count == 6 && figures.allSatisfy { $0.contains("/Alt <FEFF") })
    #expect(!formulas.isEmpty && formulas.allSatisfy { $0.contains("/Alt <FEFF") })
  }

  @Test func partsHaveTheirKinds() {
    #expect(Self.elements("Document").count == 1 && Self.elements("H1").count == 1)
    #expect(Self.elements("H2").count >= SampleDocument.document().sections.count)
    #expect(Self.elements("P").count > 10 && Self.elements("LI").count > 3 && Self.elements("Link").count > 10)
    let rows = Self.elements("TR").count
    #expect(rows > SampleDocument.summary.rows.count && Self.elements("TD").count > rows)
    let heads = Self.elements("TH")
    #expect(heads.contains { $0.contains("/Scope /Column") } && heads.contains { $0.contains("/Scope /Row") })
  }
}
