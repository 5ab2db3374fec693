import Foundation
import RopeScopeCLI
import RopeTestSupport
import Testing

/// Generated tasks on a tiny model with a tokenizer of single characters, from the command line.
@Suite struct EvaluateTaskTests {
  private let folder: TemporaryFolder
  private let model: String
  private let text: String

  init() throws {
    folder = try TemporaryFolder()
    model = try CharacterModel.write(into: folder)
    text = try folder.file("prose.txt", String(repeating: "The quick brown fox jumps over the lazy dog.\n", count: 30))
  }

  @Test func tasksAreScoredAndFollowTheirSchema() async throws {
    let base = ["evaluate", "needle-multikey", model, "--lengths", "900,1000", "--depths", "0,1", "--trials", "2"]
    let arguments = base + ["--methods", "none,ntk:factor=2", "--format", "json", "-q"]
    let run = await CapturedRun(arguments + ["--greedy"])
    #expect(run.status == 0, "\(run.error)\(run.output)")
    let faults = try await SchemaValidator(named: "scores").faults(run.output)
    #expect(faults.isEmpty, "\(faults.prefix(5))")
    let items = try #require(run.json?["items"] as? [[String: Any]])
    #expect(items.count == 16 && items.allSatisfy { ($0["text"] as? String)?.isEmpty == false })
    #expect(items.allSatisfy { ($0["tokens"] as? Int ?? 0) <= ($0["length"] as? Int ?? 0) })
    #expect((run.json?["summary"] as? [Any])?.count == 4 && (run.json?["comparisons"] as? [Any])?.count == 2)
    #expect((await CapturedRun(arguments + ["--greedy"])).output == run.output)
    // As a table, and as measurements of another command.
    let table = await CapturedRun(base + ["--methods", "none,ntk:factor=2", "-q"])
    #expect(table.output.contains("by chance") && table.output.contains("not told apart"))
    let file = try folder.file("scores.json", run.output)
    let figure = await CapturedRun([
      "figure", "score-by-length", "llama-2-7b", "--measured", file, "-o", folder.path + "/drawn.svg", "-q",
    ])
    #expect(figure.status == 0, "\(figure.error)")
  }

  @Test func whatAnEvaluationCanTellIsToldBefore() async throws {
    let base = ["evaluate", "copying", model, "--lengths", "1000", "--depths", "0", "--methods", "none,ntk:factor=2"]
    let few = await CapturedRun(base + ["--trials", "5", "--dry-run", "--format", "json"])
    #expect(few.status == 0 && few.output.contains("at least 6 items are needed"), "\(few.output)\(few.error)")
    let faults = try await SchemaValidator(named: "outlook").faults(few.output)
    #expect(faults.isEmpty, "\(faults)")
    let enough = await CapturedRun(base + ["--trials", "20", "--dry-run"])
    #expect(enough.output.contains("told apart from 6 items on") && enough.output.contains("the first item has"))
    let losses = await CapturedRun([
      "evaluate", "perplexity", model, "--lengths", "100", "--text", text, "--dry-run",
    ])
    #expect(
      losses.output.contains("13 windows") && losses.output.contains("With 3 documents a difference of 0.05 nats"))
    #expect(losses.output.contains("at most 1300 tokens to read"))
    for words in [["--depths", "2"], ["--lengths", "30"], ["--figure", folder.path + "/a.txt"]] {
      let run = await CapturedRun(base + ["--trials", "1"] + words)
      #expect(run.status == 2, "\(words): \(run.output)")
    }
    // What scores lie between is compared by how far it differs; what stands in one text is not independent.
    #expect(enough.output.contains("one of them answers better"))
    let needles = ["evaluate", "needle", model, "--lengths", "600", "--trials", "20", "--dry-run"]
    let own = await CapturedRun(needles + ["--methods", "none,ntk:factor=2"])
    #expect(
      own.output.contains("Items a length: 100, comparisons with the first method: 1. Methods are told apart from 6"))
    let read = await CapturedRun(needles + ["--text", text])
    #expect(
      read.output.contains("Items a length: 100; texts, which are the sample: 1.")
        && read.output.contains("there will be no interval"))
    let nowhere = await CapturedRun(["evaluate", "common-words", model, "--lengths", "4k", "--depths", "0.5"])
    #expect(nowhere.status == 2 && nowhere.error.contains("several places"))
  }

  /// The same items once more would pass for others.
  @Test func whatIsNamedTwiceIsMeasuredOnce() async throws {
    let run = await CapturedRun([
      "evaluate", "needle", model, "--lengths", "600,600", "--depths", "0.5,0,0.5", "--methods", "none,none",
      "--format",
      "json", "-q",
    ])
    let items = try #require(run.json?["items"] as? [[String: Any]])
    #expect(items.map { $0["depth"] as? Double } == [0.5, 0] && items.allSatisfy { $0["method"] as? String == "none" })
  }

  @Test func textsWithoutWordsHideNothing() async throws {
    let empty = try folder.file("empty.txt", " \n")
    for words in [[], ["--dry-run"]] {
      let run = await CapturedRun(
        ["evaluate", "needle", model, "--lengths", "600", "--text", text, "--text", empty] + words)
      #expect(run.status == 2 && run.error.contains("“empty.txt” has no words"), "\(run.error)")
    }
  }

  @Test func tasksAreDrawn() async throws {
    let file = folder.path + "/scores.svg"
    let run = await CapturedRun([
      "evaluate", "needle", model, "--lengths", "500,600", "--depths", "0", "--methods", "none,ntk:factor=2",
      "--figure",
      file, "-q",
    ])
    #expect(run.status == 0, "\(run.error)")
    // Neither finds anything.
    #expect(try String(contentsOfFile: file, encoding: .utf8).contains("needle at 600: 0 under all 2 methods"))
  }
}
