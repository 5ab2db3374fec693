import Foundation
import RopeCairo
import RopeChart
import RopeReport
import Testing

/// Writes the sample report where `ROPESCOPE_LOOK=FOLDER` asks for it, to be looked at.
@Test(.enabled(if: ProcessInfo.processInfo.environment["ROPESCOPE_LOOK"] != nil))
func sampleReportCanBeLookedAt() throws {
  let folder = URL(fileURLWithPath: ProcessInfo.processInfo.environment["ROPESCOPE_LOOK"] ?? ".")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  let document = SampleDocument.document()
  let sans = PangoTextMetrics(PangoFonts(families: FontFamilies.sans))
  let clock = ContinuousClock()
  var html = ""
  print("html", try clock.measure { html = try HTMLRenderer(metrics: sans).render(document) })
  try Data(html.utf8).write(to: folder.appendingPathComponent("report.html"))
  let fonts = PangoFonts(families: FontFamilies.serif)
  for (name, style) in [("report", PageStyle.a4), ("letter", .letter)] {
    var pages = PDFDocument(pages: [], metadata: PDFMetadata(title: ""))
    print(
      "layout", clock.measure { pages = PDFRenderer(style: style, metrics: PangoTextMetrics(fonts)).render(document) })
    let bytes = try PDFDocumentWriter(fonts: fonts).write(pages)
    try Data(bytes).write(to: folder.appendingPathComponent(name + ".pdf"))
  }
  #expect(html.hasPrefix("<!DOCTYPE html>"))
}
