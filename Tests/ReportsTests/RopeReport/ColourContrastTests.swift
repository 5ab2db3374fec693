import Foundation
import RopeChart
import RopeReport
import Testing

/// The page's own colours, read from its style sheet: text at 4.5:1, marks at 3:1, on light, dark and paper.
@Test func pageColoursAreLegible() throws {
  let css = try TemplateSource.embedded.text("report.css")
  let blocks = css.split(separator: "}").filter { $0.contains("--ink:") }
  #expect(blocks.count == 4)
  for block in blocks {
    var colours: [String: Colour] = [:]
    for part in block.split(separator: ";") {
      let pair = part.split(separator: ":").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
      guard pair.count >= 2, let name = pair[pair.count - 2].split(separator: "{").last,
        pair[pair.count - 1].hasPrefix("#")
      else { continue }
      let digits = pair[pair.count - 1].dropFirst()
      let hex = digits.count == 3 ? digits.map { "\($0)\($0)" }.joined() : String(digits)
      colours[name.trimmingCharacters(in: .whitespacesAndNewlines)] = Colour(hex: hex)
    }
    for ground in ["--ground", "--raised"] {
      let below = try #require(colours[ground])
      for name in ["--ink", "--muted", "--link", "--good", "--caution", "--bad"] {
        let contrast = try #require(colours[name]).contrast(with: below)
        #expect(contrast >= 4.5, "\(name) on \(ground): \(contrast)")
      }
    }
    #expect(try #require(colours["--strong-line"]).contrast(with: try #require(colours["--ground"])) >= 3)
    #expect(try #require(colours["--ink"]).contrast(with: try #require(colours["--best"])) >= 4.5)
  }
}
