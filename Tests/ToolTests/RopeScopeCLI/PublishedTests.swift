import Foundation
import RopeTestSupport
import Testing

/// Tables of papers as measurements: figures are drawn from them, and closed forms are held against them.
@Suite struct PublishedTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { Fixtures.url("published/\(name).csv").path }

  private func rows(_ name: String) throws -> [[Substring]] {
    try String(contentsOfFile: path(name), encoding: .utf8).split(separator: "\n").dropFirst().map {
      // Names between quotes hold commas.
      $0.split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap { place, part in
        place % 2 == 1 ? [part] : part.split(separator: ",")
      }
    }
  }

  @Test func everyTableHasItsSource() throws {
    let readme = try String(contentsOf: Fixtures.url("published/README.md"), encoding: .utf8)
    let files = try Fixtures.names(in: "published").filter { $0.hasSuffix(".csv") }
    #expect(files.count == 6)
    for file in files { #expect(readme.contains("`\(file)`"), "\(file)") }
    // What the papers print.
    #expect(try rows("lceg-scores").contains(["linear:factor=8", "32768", "57.66", "RULER"]))
    #expect(try rows("lceg-table-1-perplexity").count == 10 && rows("ruler-scores").count == 13 * 6)
    #expect(try rows("yarn-8k-perplexity").contains(["linear:factor=2", "8192", "3.3441"]))
  }

  @Test(arguments: [
    ("perplexity-by-length", "lceg-pg19-perplexity", "Perplexity"),
    ("perplexity-by-length", "yarn-128k-perplexity", "Perplexity"),
    ("perplexity-by-length", "yarn-8k-perplexity", "Perplexity"),
    ("score-by-length", "ruler-scores", "RULER"), ("score-by-length", "lceg-scores", "LongBench"),
    ("prediction", "lceg-table-1-perplexity", "Δ loss"),
  ])
  func figuresAreDrawnFromThem(_ kind: String, _ table: String, _ text: String) async throws {
    let run = await CapturedRun([
      "figure", kind, "llama-2-7b", "--target", "32k", "--methods", "none,yarn", "--measured", path(table), "-o",
      folder.path + "/f.svg", "-q",
    ])
    #expect(run.status == 0, "\(run.error)")
    let svg = try String(contentsOfFile: folder.path + "/f.svg", encoding: .utf8)
    #expect(svg.contains(text), "\(table)")
    #expect(try String(contentsOfFile: folder.path + "/f.csv", encoding: .utf8).split(separator: "\n").count > 3)
  }

  @Test func closedFormsAreHeldAgainstThem() async throws {
    let figure = folder.path + "/p.svg"
    let run = await CapturedRun([
      "evaluate", "predict", "llama-2-7b", "--measured", path("lceg-table-1-perplexity"), "--measured",
      path("lceg-scores"), "--format", "json", "--figure", figure, "-q",
    ])
    #expect(run.status == 0, "\(run.error)")
    let faults = try await SchemaValidator(named: "prediction").faults(run.output)
    #expect(faults.isEmpty, "\(faults.prefix(5))")
    let properties = try #require(run.json?["properties"] as? [[String: Any]])
    let cases = try #require(run.json?["cases"] as? [[String: Any]])
    // Ten methods; CLEX's trained equation is not at hand.
    #expect(Set(cases.compactMap { $0["method"] as? String }).count == 9)
    #expect(
      Set(properties.compactMap { $0["against"] as? String })
        == ["LongBench", "Many-shot", "Needle", "RULER", "found", "loss"])
    // One of the correlations by hand, from the cases.
    let entry = try #require(
      properties.first { $0["property"] as? String == "resolution_kept" && $0["against"] as? String == "loss" })
    let pairs = cases.compactMap { entry -> (Double, Double)? in
      guard let x = (entry["properties"] as? [String: Any])?["resolution_kept"] as? Double,
        let y = (entry["measured"] as? [String: Any])?["loss"] as? Double
      else { return nil }
      return (x, y)
    }
    #expect(pairs.count == 9 && entry["cases"] as? Int == 9 && entry["clusters"] as? Int == 9)
    let correlation = Self.pearson(Self.ranks(pairs.map(\.0)), Self.ranks(pairs.map(\.1)))
    #expect(abs((entry["correlation"] as? Double ?? .nan) - correlation) <= 1e-12)
    let svg = try String(contentsOfFile: figure, encoding: .utf8)
    #expect(svg.contains("Δ loss") && svg.contains("ρ = "))
    // All that is found together, each measurement and length for itself: 32k of four benchmarks, 64k of RULER.
    let together = try #require(
      properties.first { $0["property"] as? String == "resolution_kept" && $0["against"] as? String == "found" })
    let scores = cases.flatMap { ($0["measured"] as? [String: Any] ?? [:]).keys.filter { $0 != "loss" } }
    #expect(together["cases"] as? Int == scores.count && together["clusters"] as? Int == 9)
    // A file may have the sign in its name that sets a model before a file.
    let named = folder.path + "/factor=8.csv"
    try FileManager.default.copyItem(atPath: path("lceg-scores"), toPath: named)
    #expect(await CapturedRun(["evaluate", "predict", "llama-2-7b", "--measured", named]).status == 0)
    // Two tables of one text.
    let both = await CapturedRun([
      "evaluate", "predict", "llama-2-7b", "--measured", path("yarn-8k-perplexity"), "--measured",
      path("yarn-128k-perplexity"), "--format", "json",
    ])
    #expect(both.status == 0 && ((both.json?["cases"] as? [Any])?.count ?? 0) > 20, "\(both.error)")
  }

  private static func ranks(_ values: [Double]) -> [Double] {
    values.map { value in
      Double(values.count { $0 < value }) + Double(values.count { $0 == value } + 1) / 2
    }
  }

  private static func pearson(_ a: [Double], _ b: [Double]) -> Double {
    let x = a.reduce(0, +) / Double(a.count), y = b.reduce(0, +) / Double(b.count)
    func product(_ u: [Double], _ m: Double, _ v: [Double], _ n: Double) -> Double {
      zip(u, v).reduce(0) { $0 + ($1.0 - m) * ($1.1 - n) }
    }
    return product(a, x, b, y) / (product(a, x, a, x) * product(b, y, b, y)).squareRoot()
  }
}
