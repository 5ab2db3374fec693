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
    #expect(again.error.contains("--retry-failed"), "\(again.error)")
    let other = await CapturedRun(["batch", plan, "-o", folder.path + "/b", "--jobs", "1"])
    #expect(other.status == 3)
    try Self.same(folder, "a", "b")

    let results = await CapturedRun(["results", folder.path + "/a/results.db", "--format", "json"])
    let cases = try #require(results.json?["cases"] as? [[String: Any]])
    #expect(results.json?["schema"] as? String == "ropescope.results/1")
    #expect(cases.map { $0["state"] as? String } == ["done", "done", "failed", "failed"])
    #expect((cases[2]["error"] as? String)?.contains("missing.json") == true)
    let failed = await CapturedRun([
      "results", folder.path + "/a/results.db", "--where", "state=failed", "--format", "csv",
    ])
    #expect(failed.output.split(separator: "\n").count == 3)
  }

  /// Shards joined are the same bytes as one machine's.
  @Test func shardsJoinToTheSameBytes() async throws {
    let folder = try TemporaryFolder()
    let plan = try folder.file(
      "plan.yaml", "models: [smollm2-135m, llama-2-7b]\ntargets: [16k, 32k]\nmethods: [none, yarn]")
    let whole = await CapturedRun(["batch", plan, "-o", folder.path + "/whole"])
    #expect(whole.status == 0, "\(whole.error)")
    for shard in 1...3 {
      let run = await CapturedRun(["batch", plan, "--shard", "\(shard)/3", "-o", "\(folder.path)/s/shard-\(shard)"])
      #expect(run.status == 0, "\(run.error)")
    }
    let merge = await CapturedRun(
      ["batch", plan, "-o", folder.path + "/s", "--merge"] + (1...3).map { "\(folder.path)/s/shard-\($0)" })
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

  /// A failure stays until its model changes or it is asked for again.
  @Test func failedCasesAreTriedAgainOnlyWhenItMakesSense() async throws {
    let folder = try TemporaryFolder()
    let model = try folder.file("model.json", "{")
    let plan = try folder.file("plan.yaml", "models: [\(model)]\ntargets: [16k]\nmethods: [none]")
    func run(_ options: [String] = []) async -> CapturedRun {
      await CapturedRun(["batch", plan, "-o", folder.path + "/out"] + options)
    }
    let first = await run()
    let second = await run(["--resume"])
    let third = await run(["--retry-failed"])
    #expect(first.status == 3 && first.error.contains("1/1 model-16k: failed"), "\(first.error)")
    #expect(
      second.status == 3 && !second.error.contains("1/1 model-16k") && second.error.contains("not tried again"),
      "\(second.error)")
    #expect(third.status == 3 && third.error.contains("1/1 model-16k: failed"), "\(third.error)")
    try Fixtures.data("configs/smollm2-135m.json").write(to: URL(fileURLWithPath: model))
    let mended = await run()
    #expect(mended.status == 0 && mended.error.contains("1 computed"), "\(mended.error)")
    // A model that changes is computed again.
    try Fixtures.data("configs/qwen2.json").write(to: URL(fileURLWithPath: model))
    #expect(await run().error.contains("1 computed, 0 kept"))
    #expect(await run().error.contains("0 computed, 1 kept"))
  }

  /// Perplexity and passkey of a small model, in the row, in the index and as files; the same bytes again.
  @Test func evaluationsStandBesideTheReport() async throws {
    let folder = try TemporaryFolder()
    let model = try Self.model(in: folder)
    let prose = try folder.file(
      "prose.txt", String(repeating: "The quick brown fox jumps over the lazy dog, again and again. ", count: 40))
    let plan = try folder.file(
      "plan.yaml",
      """
      models: [\(model)]
      targets: [256]
      methods: [none, yarn]
      evaluations:
        perplexity: {text: \(prose), lengths: [64, 128], windows: 2}
        passkey: {lengths: [384], depths: [0, 1]}
        key-value: {lengths: [1000], depths: [1], trials: 3}
      check: true
      """)
    let run = await CapturedRun(["batch", plan, "-o", folder.path + "/a"])
    #expect(run.status == 0, "\(run.error)")
    let results = await CapturedRun(["results", folder.path + "/a/results.db", "--format", "json"])
    let row = try #require((results.json?["cases"] as? [[String: Any]])?.first)
    let evaluations = try #require(row["evaluations"] as? [String: Any])
    let perplexity = try #require(evaluations["perplexity"] as? [[String: Any]])
    #expect(perplexity.map { $0["length"] as? Int } == [64, 128, 64, 128])
    #expect((evaluations["passkey"] as? [Any])?.count == 4)
    let task = try #require((evaluations["tasks"] as? [[String: Any]])?.first)
    #expect(task["task"] as? String == "key-value" && (task["summary"] as? [[String: Any]])?.count == 2)
    #expect(
      ((row["findings"] as? [String: Any])?["items"] as? [[String: Any]])?.contains {
        $0["rule"] as? String == "target-exceeds-window"
      } == true)

    // The numbers are those of the command that measures one model.
    let direct = await CapturedRun([
      "evaluate", "perplexity", model, "--text", prose, "--methods", "none", "--lengths", "64,128", "--windows", "2",
      "--format", "json",
    ])
    let runs = try #require(direct.json?["runs"] as? [[String: Any]])
    #expect(runs.map { $0["nll"] as? Double } == perplexity.prefix(2).map { $0["nll"] as? Double })
    let place = folder.path + "/a/cases/model-256/"
    let file = try JSONSerialization.jsonObject(with: Self.bytes(place + "perplexity.json")) as? [String: Any]
    #expect(file?["schema"] as? String == "ropescope.perplexity/1" && (file?["runs"] as? [Any])?.count == 4)
    let index = String(decoding: try Self.bytes(folder.path + "/a/index.html"), as: UTF8.self)
    #expect(index.contains("Key–value retrieval, with 95\u{A0}% intervals"))
    let scores = try JSONSerialization.jsonObject(with: Self.bytes(place + "key-value.json")) as? [String: Any]
    #expect(scores?["schema"] as? String == "ropescope.scores/1" && (scores?["items"] as? [Any])?.count == 6)
    #expect(index.contains("Perplexity by method and length") && index.contains("target-exceeds-window"))
    let table = String(decoding: try Self.bytes(folder.path + "/a/summary.csv"), as: UTF8.self)
    #expect(table.contains("perplexity_length") && table.contains(",128,"))

    let again = await CapturedRun(["batch", plan, "-o", folder.path + "/b", "--jobs", "1"])
    #expect(again.status == 0)
    try Self.same(folder, "a", "b")
    // Without its measurement a case is not whole.
    try FileManager.default.removeItem(atPath: place + "passkey.json")
    #expect(await CapturedRun(["batch", plan, "-o", folder.path + "/a"]).error.contains("1 computed"))
  }

  /// The fixture of random weights with a tokenizer of one token a character.
  private static func model(in folder: TemporaryFolder) throws -> String {
    let path = folder.path + "/model"
    try FileManager.default.copyItem(atPath: Fixtures.url("golden/models/llama-s1").path, toPath: path)
    let characters = (33...125).map { String(UnicodeScalar(UInt8($0))) }
    let vocabulary = ["<unk>", "<s>", "\u{120}", "\u{10A}"] + characters
    let tokenizer: [String: Any] = [
      "version": "1.0", "added_tokens": [],
      "pre_tokenizer": ["type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true]
        as [String: Any],
      "decoder": ["type": "ByteLevel"],
      "model": [
        "type": "BPE", "vocab": Dictionary(uniqueKeysWithValues: vocabulary.enumerated().map { ($1, $0) }),
        "merges": [],
      ] as [String: Any],
    ]
    try JSONSerialization.data(withJSONObject: tokenizer).write(to: URL(fileURLWithPath: path + "/tokenizer.json"))
    return path
  }

  /// A plan cannot lead out of the output folder, whatever its models are called and whatever lies there already.
  @Test func nothingIsWrittenOutsideTheFolder() async throws {
    let folder = try TemporaryFolder()
    let config = String(decoding: try Fixtures.data("configs/smollm2-135m.json"), as: UTF8.self)
    for name in ["victim", "work/deep"] {
      try FileManager.default.createDirectory(atPath: folder.path + "/" + name, withIntermediateDirectories: true)
    }
    _ = try folder.file("victim/keep.txt", "kept")
    _ = try folder.file("work/deep/<img src=x onerror=alert(1)>.json", config)
    let plan = try folder.file(
      "work/deep/plan.yaml",
      """
      models: ["\(folder.path)/work/deep/../deep/<img src=x onerror=alert(1)>.json", "../../../../../../etc/passwd", "/etc/passwd"]
      targets: [16k]
      methods: [none]
      """)
    let before = folder.files
    let out = folder.path + "/work/deep/out"
    let run = await CapturedRun(["batch", plan, "-o", out])
    #expect(run.status == 3 && run.error.contains("1 computed, 0 kept, 2 failed"), "\(run.error)")
    #expect(folder.files.filter { !$0.hasPrefix("work/deep/out/") } == before)
    let index = String(decoding: try Self.bytes(out + "/index.html"), as: UTF8.self)
    #expect(!index.contains("<img src=x") && !index.contains("root:x:"))

    // Links that were put where a batch writes.
    for name in ["cases", "results.db"] {
      let place = folder.path + "/links-" + name
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: place + "/" + name, withDestinationPath: folder.path + "/victim")
      let run = await CapturedRun(["batch", plan, "-o", place])
      #expect(run.status == 2 && run.error.contains("link"), "\(run.error)")
    }
    let ids = try FileManager.default.contentsOfDirectory(atPath: out + "/cases")
    let case0 = try #require(ids.first)
    let planted = folder.path + "/planted"
    try FileManager.default.createDirectory(atPath: planted + "/cases", withIntermediateDirectories: true)
    for (place, victim) in [("cases/\(case0)", "victim"), ("index.html", "victim/keep.txt")] {
      try FileManager.default.createSymbolicLink(
        atPath: planted + "/" + place, withDestinationPath: folder.path + "/" + victim)
    }
    let refused = await CapturedRun(["batch", plan, "-o", planted])
    #expect(
      refused.status == 2 && refused.error.contains("index.html: cannot write: this is a link that leads out of"),
      "\(refused.error)")
    try FileManager.default.removeItem(atPath: planted + "/index.html")
    #expect(await CapturedRun(["batch", plan, "-o", planted]).status == 3)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/victim") == ["keep.txt"])
    #expect(try Self.bytes(folder.path + "/victim/keep.txt") == Data("kept".utf8))
    #expect(try Self.bytes(planted + "/cases/\(case0)/run.json") == Self.bytes(out + "/cases/\(case0)/run.json"))
  }

  @Test func dryRunsSayWhatIsDone() async throws {
    let folder = try TemporaryFolder()
    let plan = try folder.file("plan.yaml", "models: [smollm2-135m]\ntargets: [16k, 32k]\nmethods: [none]")
    let before = await CapturedRun(["batch", plan, "--dry-run", "-o", folder.path + "/out"])
    #expect(before.error.contains("2 cases") && before.error.contains("MB of disk"), "\(before.error)")
    #expect(await CapturedRun(["batch", plan, "-o", folder.path + "/out", "--shard", "1/2"]).status == 0)
    let after = await CapturedRun(["batch", plan, "--dry-run", "-o", folder.path + "/out"])
    #expect(after.error.contains("2 cases, 1 of them done") && after.error.contains("times of cases"), "\(after.error)")
    #expect(after.output.split(separator: "\n").count { $0.hasSuffix("\tdone") } == 1)
  }
}
