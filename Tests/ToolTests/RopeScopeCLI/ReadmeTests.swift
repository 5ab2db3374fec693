import Foundation
import RopeScopeCLI
import RopeTestSupport
import Testing

/// What the README shows is so: its commands run, its tables are the catalogues', its figure is current.
@Suite struct ReadmeTests {
  private static let readme = try? String(
    contentsOf: Fixtures.package.appendingPathComponent("README.md"), encoding: .utf8)

  /// What it shows of the library is the example package, which Scripts/test-package builds and runs.
  @Test func swiftIsTheExamplePackage() async throws {
    let example = try String(
      contentsOf: Fixtures.package.appendingPathComponent("Tests/Example/Sources/Example/main.swift"), encoding: .utf8)
    #expect(try #require(Self.readme).contains("```swift\n\(example)```"))
    // The guide shows the part that needs nothing but the mathematics.
    let guide = try #require(await CapturedRun(["docs", "code"]).output.split(separator: "```swift\n").last)
    let shown = guide.prefix { $0 != "`" }.split(separator: "\n")
    #expect(shown.count > 5 && shown.allSatisfy(example.split(separator: "\n").contains))
  }

  @Test func commandsRun() async throws {
    let folder = try TemporaryFolder()
    // Some commands take what others of the README made.
    for line in DocumentedCommands.lines(try #require(Self.readme)) {
      var words = DocumentedCommands.words(line, in: folder)
      switch words[0] {
      case "Scripts/run", "ropescope": words.removeFirst()
      case "Scripts/test": continue
      case "Scripts/gallery", "cp", "export": continue
      default: Issue.record("the README shows an unknown command: \(line)"); continue
      }
      if words[0] == "report", !words.contains("-o") { words += ["-o", folder.path + "/Output/report"] }
      let run = await CapturedRun(words)
      #expect(run.status == 0, "\(line): \(run.error)")
    }
    #expect(folder.files.contains { $0.hasSuffix("report.pdf") })
  }

  @Test func tablesAreTheCatalogues() async throws {
    let text = try #require(Self.readme)
    let methods = await CapturedRun(["methods", "--format", "markdown"])
    #expect(text.contains(methods.output.trimmingCharacters(in: .newlines)), "run: ropescope methods --format markdown")
    let rules = await CapturedRun(["rules", "--format", "markdown"])
    #expect(text.contains(rules.output.trimmingCharacters(in: .newlines)), "run: ropescope rules --format markdown")
  }

  @Test func picturesExist() throws {
    let text = try #require(Self.readme)
    let pictures = text.matches(of: /!\[[^\]]*\]\(([^)]+)\)/).map { String($0.output.1) }
    #expect(!pictures.isEmpty)
    for picture in pictures {
      #expect(
        FileManager.default.fileExists(atPath: Fixtures.package.appendingPathComponent(picture).path), "\(picture)")
    }
  }

  /// The committed figures are what the tool draws today, compared by their numbers.
  @Test func galleryIsCurrent() async throws {
    let folder = try TemporaryFolder()
    let gallery = Fixtures.package.appendingPathComponent("Output/gallery")
    let script = try String(contentsOf: Fixtures.package.appendingPathComponent("Scripts/gallery"), encoding: .utf8)
    var drawn = 0
    for line in script.split(separator: "\n") where line.hasPrefix("\"$tool\" figure ") {
      let words = line.components(separatedBy: " ").dropFirst().map {
        $0.replacingOccurrences(of: "$gallery", with: folder.path).replacingOccurrences(of: "\"", with: "")
      }
      let run = await CapturedRun(Array(words))
      #expect(run.status == 0, "\(line): \(run.error)")
      drawn += 1
    }
    #expect(drawn > 0)
    for name in folder.files where name.hasSuffix(".png") {
      #expect(
        FileManager.default.fileExists(atPath: gallery.appendingPathComponent(name).path),
        "\(name): run Scripts/gallery")
    }
    let numbers = try FileManager.default.contentsOfDirectory(atPath: gallery.path).filter {
      $0.hasSuffix(".csv") || $0.hasSuffix(".json")
    }
    #expect(numbers.count >= 4)
    for name in numbers {
      let current = try? Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name))
      #expect(try Data(contentsOf: gallery.appendingPathComponent(name)) == current, "\(name): run Scripts/gallery")
    }
  }
}
