import Foundation
import RopeRecords
import RopeReport
import RopeScopeCLI
import RopeTestSupport
import Testing

/// Measuring from the command line: evaluations that draw and go on, figures and reports with measurements, the study.
@Suite struct MeasuredCommandTests {
  private let folder: TemporaryFolder
  private let model = Fixtures.folder.appendingPathComponent("golden/models/llama-s1").path

  init() throws { folder = try TemporaryFolder() }

  private func ids(_ count: Int) throws -> String {
    try folder.file("ids.json", "[\((0..<count).map { String(($0 * 7 + $0 / 5) % 60) }.joined(separator: ","))]")
  }

  private func withoutTimings(_ path: String) throws -> String {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return text.replacing(/"(peak_memory_bytes|tokens_per_second)":[0-9.e+-]+/, with: "")
      .replacing(/"seconds":[0-9.e+-]+,/, with: "")
  }

  @Test func perplexityDrawsAndGoesOn() async throws {
    let base = [
      "evaluate", "perplexity", model, "--token-ids", try ids(1900), "--methods", "none,linear:factor=2", "--lengths",
      "600", "--format", "json", "-q",
    ]
    let first = await CapturedRun(
      base + ["--windows", "1", "--resume", folder.path + "/c.jsonl", "-o", folder.path + "/a.json"])
    #expect(first.status == 0, "\(first.error)")
    // A line that an interruption cut short is left aside.
    let whole = try String(contentsOfFile: folder.path + "/c.jsonl", encoding: .utf8)
    #expect(whole.split(separator: "\n").count == 2)
    _ = try folder.file("c.jsonl", String(whole.dropLast(40)))
    let second = await CapturedRun(
      base + [
        "--windows", "3", "--resume", folder.path + "/c.jsonl", "-o", folder.path + "/b.json", "--figure",
        folder.path + "/f.svg",
      ])
    #expect(second.status == 0 && second.output.isEmpty, "\(second.error)")
    let undisturbed = await CapturedRun(base + ["--windows", "3", "-o", folder.path + "/c.json"])
    #expect(undisturbed.status == 0)
    #expect(try withoutTimings(folder.path + "/b.json") == withoutTimings(folder.path + "/c.json"))
    let svg = try String(contentsOfFile: folder.path + "/f.svg", encoding: .utf8)
    #expect(svg.contains("Perplexity") && svg.contains("Position (tokens)") && svg.contains("no scaling"))
    // The record is a measurement that figures and reports take, the same picture.
    let figure = await CapturedRun([
      "figure", "loss-by-position", model, "--measured", folder.path + "/b.json", "-o", folder.path + "/g.svg", "-q",
    ])
    #expect(figure.status == 0, "\(figure.error)")
    #expect(folder.files.contains("g.csv"))
    let csv = try String(contentsOfFile: folder.path + "/g.csv", encoding: .utf8)
    #expect(csv.contains("measured-loss,600,linear:factor=2"))
  }

  @Test func precisionsStandBesideEachOther() async throws {
    let common = ["--methods", "none,linear:factor=2", "--lengths", "600", "--format", "json", "-q"]
    let ids = try ids(1900)
    let both = await CapturedRun(
      ["evaluate", "perplexity", model, "--token-ids", ids, "--beside", "bfloat16", "-o", folder.path + "/both.json"]
        + common)
    #expect(both.status == 0, "\(both.error)")
    let alone = await CapturedRun(
      ["evaluate", "perplexity", model, "--token-ids", ids, "--precision", "bfloat16", "-o", folder.path + "/b.json"]
        + common)
    #expect(alone.status == 0, "\(alone.error)")
    func runs(_ name: String) throws -> [PerplexityRecord.Run] {
      try JSONDecoder().decode(
        PerplexityRecord.self, from: Data(contentsOf: URL(fileURLWithPath: folder.path + name))
      ).runs
    }
    let found = try runs("/both.json"), rounded = try runs("/b.json")
    #expect(
      found.map(\.method) == ["none", "linear:factor=2", "none (bfloat16)", "linear:factor=2 (bfloat16)"])
    #expect(found[2].nll == rounded[0].nll && found[2].nll != found[0].nll)
    let figure = await CapturedRun([
      "figure", "rounding", model, "--measured", folder.path + "/both.json", "-o", folder.path + "/r.svg", "-q",
    ])
    #expect(figure.status == 0, "\(figure.error)")
    let svg = try String(contentsOfFile: folder.path + "/r.svg", encoding: .utf8)
    #expect(svg.contains("Loss less that in float32"))
    // A record of bfloat16 alone is not pooled with one of float32.
    let measured = try MeasuredFile.read(path: folder.path + "/b.json")
    #expect(measured.methods == ["none (bfloat16)", "linear:factor=2 (bfloat16)"])
    let same = await CapturedRun(
      ["evaluate", "perplexity", model, "--token-ids", ids, "--beside", "float32"] + common)
    #expect(same.status == 2 && (same.error + same.output).contains("--beside"), "\(same.error)")
  }

  /// The tool as a program, beside the tests' own; nil where they are run otherwise.
  private static let tool = Bundle.main.executableURL
    .map { $0.deletingLastPathComponent().appendingPathComponent("ropescope") }
    .flatMap { FileManager.default.isExecutableFile(atPath: $0.path) ? $0 : nil }

  @Test(.enabled(if: tool != nil, "the tool was not built beside the tests"))
  func memoryStaysFarBelowATableOfAllPairs() throws {
    struct Record: Decodable {
      struct Run: Decodable { let peak_memory_bytes: Int }
      let runs: [Run]
    }
    func peak(_ length: Int) throws -> Int {
      let process = Process(), output = Pipe()
      process.executableURL = Self.tool
      process.arguments = [
        "evaluate", "perplexity", model, "--token-ids", try ids(length), "--methods", "none", "--lengths", "\(length)",
        "--format", "json", "-q",
      ]
      process.standardOutput = output
      try process.run()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      return try #require(JSONDecoder().decode(Record.self, from: data).runs.first).peak_memory_bytes
    }
    // The weights of all pairs of one head would be 604 MB.
    let growth = try peak(12_288) - peak(1024)
    print("12,288 tokens take \(growth >> 20) MiB more than 1,024")
    #expect(growth > 0 && growth < 100 << 20)
  }

  @Test func reportsHoldWhatWasMeasured() async throws {
    let file = try folder.file(
      "mine.csv", "method,length,perplexity,stderr\nyarn:factor=2,16k,35.1,0.4\nnone,16k,125.9,2\nmine,16k,30,0.3\n")
    let scores = try folder.file("ruler.csv", "method,length,score\nyarn:factor=2,4k,88\nyarn:factor=2,16k,71\n")
    let out = folder.path + "/report"
    let run = await CapturedRun(
      [
        "report", "smollm2-135m", "--target", "16k", "--methods", "none,yarn", "--measured", file, "--measured", scores,
        "-o", out, "-q",
      ])
    #expect(run.status == 0, "\(run.error)")
    let html = try String(contentsOfFile: out + "/report.html", encoding: .utf8)
    #expect(
      html.contains("id=\"measured-losses\"") && html.contains("id=\"score-by-length\"") && html.contains(">mine<"))
    let ids = html.matches(of: /\sid="([^"]+)"/).map { String($0.output.1) }
    #expect(Set(ids).count == ids.count, "ids stand once")
    // The record makes the same files again.
    let again = await CapturedRun(["render", out + "/run.json", "-o", folder.path + "/again", "-q"])
    #expect(again.status == 0)
    #expect(try String(contentsOfFile: folder.path + "/again/report.html", encoding: .utf8) == html)
  }

  @Test func studiesAreMadeFromTheirFiles() async throws {
    func record(_ document: Int) -> String {
      let runs = ["none", "linear:factor=2", "ntk:factor=2"].enumerated().map { place, method -> String in
        let nll = 3 + 0.3 * Double(place) + 0.01 * Double(document * (place + 1) % 5)
        let buckets = (0..<8).map {
          "{\"from\": \(2048 * $0), \"to\": \(2048 * $0 + 2048), \"tokens\": 2048, \"nll\": \(nll), \"by_window\": [\(nll)]}"
        }
        return
          "{\"method\": \"\(method)\", \"length\": 16384, \"windows\": 1, \"nll\": \(nll), \"by_position\": [\(buckets.joined(separator: ","))]}"
      }
      return "{\"schema\": \"ropescope.perplexity/1\", \"runs\": [\(runs.joined(separator: ","))]}"
    }
    let files = try (0..<6).map { try folder.file("\($0).json", record($0)) }
    func study(_ files: [String], _ name: String) async throws -> (output: String, page: String) {
      let run = await CapturedRun(
        ["evaluate", "study", "smollm2-135m"] + files.flatMap { ["--measured", $0] } + [
          "-o", folder.path + "/out/" + name, "-q",
        ])
      #expect(run.status == 0, "\(run.error)")
      return (run.output, try String(contentsOfFile: folder.path + "/out/\(name).md", encoding: .utf8))
    }
    let (output, page) = try await study(files, "study")
    #expect(output.hasPrefix("undecided: Perplexity is a “general-purpose performance indicator"))
    #expect(output.contains("holds: Position interpolation without training hurts"))
    #expect(output.contains("does not hold here: NTK-aware scaling without training keeps"))
    #expect(output.contains("undecided: LM-Infinite"))
    #expect(page.contains("](<study/loss-by-position.png>)") && page.contains("**Does not hold here**"))
    #expect(page.contains("6 documents") && page.contains("Student's t over the documents"))
    #expect(folder.files.contains("out/study/loss-by-position.png") && folder.files.contains("out/study.html"))
    // One document says nothing of others.
    let single = try await study(Array(files.prefix(1)), "single")
    #expect(!single.output.contains("holds:") && !single.output.contains("does not hold here:"))
  }

  @Test func closedFormsAreSetBesideWhatWasMeasured() async throws {
    let file = Fixtures.folder.path + "/measured/smollm2-135m-10k.csv"
    let scores = try folder.file(
      "scores.csv",
      "method,length,score\nnone,16k,10\nlinear:factor=2,16k,40\nntk:factor=2,16k,60\nyarn:factor=2,16k,80\nown words,16k,9\n"
    )
    let run = await CapturedRun([
      "evaluate", "predict", "smollm2-135m", "--measured", scores, "--measured", "llama-2-7b=" + file, "--format",
      "json",
    ])
    #expect(run.status == 0, "\(run.error)\(run.output.prefix(300))")
    let faults = try await SchemaValidator(named: "prediction").faults(run.output)
    #expect(faults.isEmpty, "\(faults.prefix(5))")
    let properties = try #require(run.json?["properties"] as? [[String: Any]])
    func found(_ property: String, _ against: String) -> [String: Any]? {
      properties.first { $0["property"] as? String == property && $0["against"] as? String == against }
    }
    // Four methods of the catalogue; the fifth label has no closed form.
    let angles = try #require(found("pairs_with_new_angles", "score"))
    #expect(angles["cases"] as? Int == 4 && angles["clusters"] as? Int == 4)
    #expect((angles["correlation"] as? Double ?? 0) < 0 && found("logit_factor", "loss") != nil)
    let table = await CapturedRun(["evaluate", "predict", "smollm2-135m", "--measured", scores])
    #expect(table.output.contains("phase_safe_share") && table.status == 0)
  }

  @Test func statisticsTakeTheGuessesPlace() async throws {
    let made = await CapturedRun([
      "evaluate", "statistics", model, "--token-ids", try ids(300), "--compact", "-o", folder.path + "/m.json", "-q",
    ])
    #expect(made.status == 0, "\(made.error)")
    let run = await CapturedRun([
      "analyse", model, "--target", "1k", "--methods", "none,yarn", "--only", "temperature,attention-entropy",
      "--format", "json",
      "--statistics", folder.path + "/m.json",
    ])
    #expect(run.status == 0, "\(run.error)")
    let analyses = run.json?["analyses"] as? [[String: Any]] ?? []
    let held = analyses.first { $0["series"] as? String == "holding" }
    #expect((held?["summary"] as? [String: Any])?["from_moments"] as? Double == 1)
    #expect(analyses.contains { $0["series"] as? String == "measured" })
    // Heads of another size are refused.
    let wrong = await CapturedRun([
      "analyse", "qwen2.5-7b", "--target", "64k", "--only", "temperature", "--statistics", "smollm2-135m",
    ])
    #expect(wrong.status == 2 && wrong.error.contains("belong to another model"), "\(wrong.error)")
  }

  @Test func wrongFilesAreRefused() async throws {
    let bad = try folder.file("bad.csv", "method,length,perplexity\nyarn,4k,minus\n")
    let notes = try folder.file("notes.jsonl", "just\nsome\nnotes\n")
    for (arguments, message) in [
      (
        ["figure", "loss-by-position", "smollm2-135m", "--measured", bad, "-o", folder.path + "/x.pdf"],
        "bad.csv:2:9: “perplexity” is “minus”"
      ),
      (["report", "smollm2-135m", "--measured", folder.path + "/none.csv"], "cannot be read"),
      (
        ["evaluate", "perplexity", model, "--token-ids", try ids(40), "--lengths", "32", "--resume", notes],
        "no checkpoint"
      ),
      (
        ["evaluate", "perplexity", model, "--token-ids", try ids(40), "--lengths", "32", "--figure", "x.gif"],
        "must end in .pdf, .svg or .png"
      ),
      (["analyse", "smollm2-135m", "--statistics", bad], "bad.csv"),
    ] {
      let run = await CapturedRun(arguments)
      #expect(run.status == 2 && run.error.contains(message), "\(arguments.prefix(2)): \(run.error)")
    }
    #expect(try String(contentsOfFile: notes, encoding: .utf8) == "just\nsome\nnotes\n", "a foreign file is left alone")
  }
}
