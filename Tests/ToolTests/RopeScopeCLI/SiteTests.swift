import Foundation
import RopeCheck
import RopeConfig
import RopeFigures
import RopeMath
import RopeScopeCLI
import RopeTestSupport
import RopeText
import Testing

/// The documentation: pages for everything, links that lead somewhere, commands that run.
@Suite struct SiteTests {
  private static func made(_ options: String...) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let run = await CapturedRun(["docs", "-o", folder.path + "/site", "-q"] + options)
    #expect(run.status == 0, "\(run.error)")
    return folder
  }

  private static func text(_ folder: TemporaryFolder, _ path: String) throws -> String {
    try String(contentsOfFile: folder.path + "/site/" + path, encoding: .utf8)
  }

  @Test func everyCardHasItsPage() async throws {
    let files = Set(try await Self.made("--no-figures").files)
    let kinds: [(PageKind, [String])] = [
      (.rule, RuleCatalogue.cards.map(\.id)), (.method, MethodCatalogue.cards.map(\.id)),
      (.figure, FigureCatalogue.all.map { $0.card.id }),
      (.runtime, RuntimeCatalogue.all.map(\.name) + NamedRuntimes.all.map(\.name)), (.family, Family.knownTypes),
      (.model, ModelPresets.all.map(\.name)),
    ]
    for (kind, ids) in kinds {
      for id in ids { #expect(files.contains("site/" + kind.path(id)), "\(kind) \(id)") }
    }
    for path in [
      "index.html", "glossary.html", "changelog.html", "reference/exit-codes.html", "guides/paper.html",
      "schemas/check.schema.json", "commands/evaluate-perplexity.html",
    ] {
      #expect(files.contains("site/" + path), "\(path)")
    }
  }

  /// Every address of every page: a file of the site, an id in it, or a place on the web.
  @Test func linksLeadSomewhere() async throws {
    let folder = try await Self.made()
    let files = Set(folder.files.map { String($0.dropFirst("site/".count)) })
    let pages = try Dictionary(
      uniqueKeysWithValues: files.filter { $0.hasSuffix(".html") }.map { ($0, try Self.text(folder, $0)) })
    func ids(_ page: String) -> Set<Substring> { Set(page.matches(of: /\ id="([^"]+)"/).map(\.output.1)) }
    let known = pages.mapValues(ids)
    var links = 0
    for (path, page) in pages {
      let count = page.matches(of: /\ id="([^"]+)"/).count
      #expect(count == known[path]?.count, "\(path): an id stands twice")
      for match in page.matches(of: /(?:href|src)="([^"]*)"/) {
        let address = String(match.output.1)
        links += 1
        guard !address.hasPrefix("https://"), !address.hasPrefix("http://"),
          !address.hasPrefix("data:image/png;base64,")
        else { continue }
        #expect(!address.contains(":"), "\(path): \(address)")
        let parts = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        var place = path.split(separator: "/").dropLast().map(String.init)
        for part in parts[0].split(separator: "/") {
          if part == ".." { _ = place.popLast() } else { place.append(String(part)) }
        }
        let target = parts[0].isEmpty ? path : place.joined(separator: "/")
        #expect(files.contains(target), "\(path): \(address) leads nowhere")
        if parts.count == 2 { #expect(known[target]?.contains(parts[1]) == true, "\(path): \(address): no such place") }
      }
    }
    #expect(links > 5_000)
    // Nothing is fetched: styles, scripts and pictures are the site's own.
    for (path, page) in pages {
      #expect(!page.contains("src=\"http") && !page.contains("<link rel=\"stylesheet\" href=\"http"), "\(path)")
    }
    #expect(files.filter { $0.hasSuffix(".svg") }.count >= 22)
  }

  @Test func theSameBytesEachTimeAndTheFolderIsExchangedWhole() async throws {
    let first = try await Self.made()
    let second = try await Self.made()
    #expect(first.files == second.files)
    for file in first.files {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: first.path + "/" + file))
      #expect(try bytes == Data(contentsOf: URL(fileURLWithPath: second.path + "/" + file)), "\(file)")
    }
    _ = try first.file("site/mine.txt", "mine")
    #expect(await CapturedRun(["docs", "-o", first.path + "/site", "--no-figures", "-q"]).status == 0)
    #expect(first.files.contains("site/mine.txt") && !first.files.contains("site/figures/wavelength.svg"))
  }

  @Test(arguments: ["paper", "platform", "training", "code"]) func commandsOfGuidesRun(_ guide: String) async throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path + "/Output", withIntermediateDirectories: true)
    let page = await CapturedRun(["docs", guide])
    let lines = DocumentedCommands.lines(page.output)
    #expect(lines.count >= 4)
    for line in lines {
      let words = DocumentedCommands.words(line, in: folder)
      #expect(words.first == "ropescope")
      let run = await CapturedRun(Array(words.dropFirst()))
      // Findings and mismatches are an answer.
      #expect(run.status == 0 || run.status == 1, "\(line): \(run.error)")
    }
  }

  @Test func changesNameThisVersion() async {
    let page = await CapturedRun(["docs", "changelog"])
    let version = await CapturedRun(["--version"])
    #expect(page.output.hasPrefix("# Changes"))
    #expect(page.output.contains("## \(version.output.trimmingCharacters(in: .newlines))\n"))
    #expect(await CapturedRun(["docs", "chnagelog"]).error.contains("changelog"))
    #expect(await CapturedRun(["docs"]).output.contains("platform"))
  }

  @Test(arguments: [
    "phase-safe", "K0", "Kp", "inv_freq", "vllm", "qwen2", "gpt2", "exit-codes", "beta_fast", "environment",
  ])
  func explainKnows(_ name: String) async {
    let page = await CapturedRun(["explain", name])
    #expect(page.status == 0 && page.output.count > 60, "\(name): \(page.error)")
  }

  @Test func termsPointToTerms() async throws {
    let folder = try await Self.made("--no-figures")
    let glossary = try Self.text(folder, "glossary.html")
    for card in MethodCatalogue.cards {
      #expect(glossary.contains("id=\"\(card.hazardClass)\""))
      #expect(try Self.text(folder, "methods/\(card.id).html").contains("../glossary.html#\(card.hazardClass)"))
    }
  }

  // MARK: Links of outputs

  private static let config = Fixtures.folder.path + "/configs/qwen2.5-7b-instruct.json"
  private static let address = [DocumentationSite.variable: "https://example.org/ropescope/"]

  @Test func outputsLinkToAPublishedSiteOnly() async throws {
    let words = ["check", Self.config, "--target-length", "128k"]
    let page = "https://example.org/ropescope/rules/target-exceeds-window.html"
    let sarif = await CapturedRun(words + ["--format", "sarif"], environment: Self.address)
    #expect(
      sarif.output.contains(#""informationUri": "https://example.org/ropescope""#)
        || sarif.output.contains(#""informationUri" : "https://example.org/ropescope""#))
    #expect(sarif.output.contains(page))
    #expect(sarif.output.matches(of: /helpUri/).count == RuleCatalogue.all.count)
    let markdown = await CapturedRun(words + ["--format", "markdown"], environment: Self.address)
    #expect(markdown.output.contains("[`target-exceeds-window`](\(page))"))
    for format in ["sarif", "markdown", "text"] {
      let plain = await CapturedRun(words + ["--format", format])
      #expect(
        !plain.output.contains("helpUri") && !plain.output.contains("informationUri")
          && !plain.output.contains("rules/target"), "\(format)")
    }
    let wrong = await CapturedRun(
      words + ["--format", "sarif"], environment: [DocumentationSite.variable: "javascript:alert(1)"])
    #expect(wrong.status == 2 && wrong.error.contains(DocumentationSite.variable))
  }

  private final class Sink: @unchecked Sendable {
    private let lock = NSLock()
    private var bytes: [UInt8] = []
    func add(_ more: [UInt8]) { lock.withLock { bytes += more } }
    var text: String { lock.withLock { String(decoding: bytes, as: UTF8.self) } }
  }

  private static func shown(terminal: Bool, _ environment: [String: String], _ options: String...) async -> String {
    let sink = Sink()
    let console = Console(
      environment: environment, outputIsTerminal: terminal, write: { if $0 == .output { sink.add($1) } })
    _ = await CommandLineTool.run(["check", config, "--target-length", "128k"] + options, console: console)
    return sink.text
  }

  @Test func terminalsAloneGetLinks() async {
    let link =
      "\u{1B}]8;;https://example.org/ropescope/rules/target-exceeds-window.html\u{1B}\\target-exceeds-window\u{1B}]8;;\u{1B}\\"
    #expect(await Self.shown(terminal: true, Self.address).contains(link))
    #expect(await !Self.shown(terminal: true, [:]).contains("]8;;"))
    #expect(await !Self.shown(terminal: false, Self.address).contains("]8;;"))
    #expect(await !Self.shown(terminal: false, Self.address, "--color", "always").contains("]8;;"))
    #expect(await !Self.shown(terminal: true, Self.address.merging(["NO_COLOR": "1"]) { $1 }).contains("]8;;"))
  }

  @Test func addressesHoldNothingToEscape() {
    #expect(DocumentationSite("https://example.org/a/")?.page(.rule, "x") == "https://example.org/a/rules/x.html")
    for text in [
      "", "https://", "example.org", "ftp://example.org", "https://example.org/\u{1B}", "https://e.org/\"",
      "https://e.org/)(", "https://e.org/ a",
    ] {
      #expect(DocumentationSite(text) == nil, "\(text)")
    }
  }
}
