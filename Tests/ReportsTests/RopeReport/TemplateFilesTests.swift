import Foundation
import RopeTemplates
import RopeTestSupport
import Testing

/// What stands in the folders of Templates is what the binary holds.
@Suite struct TemplateFilesTests {
  @Test(arguments: ["html", "latex", "docs", "messages", "schemas", "statistics"])
  func everyFileIsEmbedded(_ folder: String) throws {
    let place = Fixtures.package.appendingPathComponent("Templates/\(folder)")
    let files = try FileManager.default.contentsOfDirectory(atPath: place.path).filter { !$0.hasPrefix(".") }
    #expect(!files.isEmpty)
    for file in files {
      let text = try String(contentsOf: place.appendingPathComponent(file), encoding: .utf8)
      let embedded = Templates.files[file] ?? Templates.statistics[file.replacing(".json", with: "")]
      #expect(embedded == text, "\(folder)/\(file) is not embedded as it stands: Sources/CTemplates/templates.c")
    }
  }
}
