import Foundation
import RopeReport
import Testing

/// Writes the sample report where `ROPESCOPE_LOOK=FOLDER` asks for it, to be looked at.
@Test(.enabled(if: ProcessInfo.processInfo.environment["ROPESCOPE_LOOK"] != nil))
func sampleReportCanBeLookedAt() throws {
  let folder = URL(fileURLWithPath: ProcessInfo.processInfo.environment["ROPESCOPE_LOOK"] ?? ".")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  let html = try HTMLRenderer(metrics: FakeMetrics()).render(SampleDocument.document())
  try Data(html.utf8).write(to: folder.appendingPathComponent("report.html"))
  #expect(html.hasPrefix("<!DOCTYPE html>"))
}
