import Foundation
import RopeTestSupport
import Testing

@Suite struct BatchCommandTests {
  private static let plan = """
    models: [smollm2-135m, missing.json]
    targets: [16k, 32k]
    methods: [none, yarn]
    """

  private static func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

  private static func same(_ left: TemporaryFolder, _ a: String, _ b: String) throws {
    let files = left.files.filter { $0.hasPrefix(a + "/") && !$0.contains("results.db") }.map { $0.dropFirst(a.count) }
    #expect(files.count > 20)
    for file in files {
      #expect(try bytes(left.path + "/" + a + file) == bytes(left.path + "/" + b + file), "\(file)")
    }
  }

  /// A failing case does not stop the others; a second run computes nothing new; jobs change no byte; the database agrees.
  @Test func aBatchFromPlanToIndex() async throws {
    let folder = try TemporaryFolder()
    let plan = try folder.file("plan.yaml", Self.plan)
    let first = await CapturedRun(["batch", plan, "-o", folder.path + "/a", "--jobs", "2"])
    #expect(first.status == 3 && first.error.contains("2 computed, 0 kept, 2 failed"), "\(first.error)")
    let again = await CapturedRun(["batch", plan, "-o", folder.path + "/a", "--resume"])
    #expect(again.status == 3 && again.error.contains("0 computed, 2 kept, 2 failed"), "\(again.error)")
    let other = await CapturedRun(["batch", plan, "-o", folder.path + "/b", "--jobs", "1"])
    #expect(other.status == 3)
    try Self.same(folder, "a", "b")

    let results = await CapturedRun(["results", folder.path + "/a/results.db", "--format", "json"])
    let cases = try #require(results.json?["cases"] as? [[String: Any]])
    #expect(results.json?["schema"] as? String == "ropescope.results/1")
    #expect(cases.map { $0["state"] as? String } == ["done", "done", "failed", "failed"])
    #expect((cases[2]["error"] as? String)?.contains("missing.json") == true)
    let failed = await CapturedRun(["results", folder.path + "/a/results.db", "--where", "state=failed", "--format", "csv"])
    #expect(failed.output.split(separator: "\n").count == 3)
  }

  /// Shards joined are the same bytes as one machine's.
  @Test func shardsJoinToTheSameBytes() async throws {
    let folder = try TemporaryFolder()
    let plan = try folder.file("plan.yaml", "models: [smollm2-135m, llama-2-7b]\ntargets: [16k, 32k]\nmethods: [none, yarn]")
    let whole = await CapturedRun(["batch", plan, "-o", folder.path + "/whole"])
    #expect(whole.status == 0, "\(whole.error)")
    for shard in 1...3 {
      let run = await CapturedRun(["batch", plan, "--shard", "\(shard)/3", "-o", "\(folder.path)/s/shard-\(shard)"])
      #expect(run.status == 0, "\(run.error)")
    }
    let merge = await CapturedRun(["batch", plan, "-o", folder.path + "/s", "--merge"] + (1...3).map { "\(folder.path)/s/shard-\($0)" })
    #expect(merge.status == 0, "\(merge.error)")
    try Self.same(folder, "whole", "s")
  }

  @Test func badPlansAndFoldersAreRefused() async throws {
    let folder = try TemporaryFolder()
    let bad = try folder.file("bad.yaml", "models: [a]\ntargets: [8q]")
    let run = await CapturedRun(["batch", bad, "-o", folder.path + "/out"])
    #expect(run.status == 2 && run.error.contains("bad.yaml:2:"), "\(run.error)")
    let good = try folder.file("good.yaml", "models: [smollm2-135m]\ntargets: [16k]")
    for arguments in [["--shard", "3/2"], ["--jobs", "0"], ["-o", "/proc/none"]] {
      #expect(await CapturedRun(["batch", good] + arguments).status == 2)
    }
    #expect(await CapturedRun(["results", folder.path + "/none.db"]).status == 2)
    let text = try folder.file("text.db", "this is no database, but long enough to be taken for one by its name alone")
    let broken = await CapturedRun(["results", text])
    #expect(broken.status == 2 && broken.error.contains("text.db"), "\(broken.error)")
    #expect(!folder.files.contains { $0.hasPrefix("out/") })
  }

  @Test func dryRunsPrintTheCases() async throws {
    let folder = try TemporaryFolder()
    let plan = try folder.file("plan.yaml", Self.plan)
    let run = await CapturedRun(["batch", plan, "--dry-run", "-o", folder.path + "/out"])
    #expect(run.status == 0 && run.output.split(separator: "\n").count == 4)
    #expect(folder.files == ["plan.yaml"])
  }
}
