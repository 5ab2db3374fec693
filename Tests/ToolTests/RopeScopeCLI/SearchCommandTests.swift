import Foundation
import RopeTestSupport
import Testing

/// A search on a tiny model, from the command line.
@Suite struct SearchCommandTests {
  private let folder: TemporaryFolder
  private let model: String
  private let base: [String]

  init() throws {
    let folder = try TemporaryFolder(), model = try CharacterModel.write(into: folder)
    self.folder = folder
    self.model = model
    func text(_ name: String, _ sentence: String) throws -> String {
      try folder.file(name, String(repeating: sentence + "\n", count: 40))
    }
    base = [
      "search", model, "--target", "512", "--population", "4", "--generations", "2", "--windows", "1",
      "--text", try text("fox.txt", "The quick brown fox jumps over the lazy dog."),
      "--held-out", try text("jugs.txt", "Pack my box with five dozen liquor jugs, please."),
      "--held-out", try text("wizards.txt", "The five boxing wizards jump quickly at dawn."), "--held-out-windows", "2",
    ]
  }

  @Test(arguments: ["curve", "pairs"]) func factorsAreFoundComparedAndWritten(_ space: String) async throws {
    let checkpoint = folder.path + "/\(space).jsonl"
    let arguments = base + ["--space", space, "--format", "json", "-q"]
    let run = await CapturedRun(arguments + ["--resume", checkpoint])
    #expect(run.status == 0, "\(run.error)\(run.output)")
    let faults = try await SchemaValidator(named: "search").faults(run.output)
    #expect(faults.isEmpty, "\(faults.prefix(5))")
    let json = try #require(run.json), factors = try #require(json["factors"] as? [Double])
    #expect(json["finished"] as? Bool == true && factors.count == 8 && factors == factors.sorted() && factors[0] >= 1)
    let history = try #require(json["history"] as? [[String: Any]]), chosen = try #require(json["chosen"] as? Int)
    func objective(_ candidate: [String: Any]) -> Double? {
      (candidate["scores"] as? [[String: Any]])?.first { $0["rung"] as? Int == 1 }?["objective"] as? Double
    }
    #expect(history.count == 6 && history.compactMap(objective).min() == objective(history[chosen]))
    let baselines = try #require(json["baselines"] as? [[String: Any]])
    #expect(baselines.map { $0["method"] as? String } == ["yarn:factor=4", "ntk:factor=4", "linear:factor=4"])
    #expect((json["items"] as? [Any])?.count == 16)
    // The same bytes without a checkpoint, and from a part of one.
    #expect((await CapturedRun(arguments)).output == run.output)
    let lines = try String(contentsOfFile: checkpoint, encoding: .utf8).split(separator: "\n")
    let part = try folder.file("part-\(space).jsonl", lines.prefix(5).joined(separator: "\n") + "\n")
    #expect((await CapturedRun(arguments + ["--resume", part])).output == run.output)
    #expect(try String(contentsOfFile: part, encoding: .utf8).split(separator: "\n").count == lines.count)
    // Runtimes that read longrope are told, the others say why not.
    let configs = try #require(json["configs"] as? [[String: Any]])
    func config(_ name: String) -> [String: Any]? { configs.first { $0["runtime"] as? String == name } }
    for name in ["transformers", "vllm"] {
      let text = try #require(config(name)?["text"] as? String, "\(name): \(config(name) ?? [:])")
      #expect(text.contains("longrope") && text.contains("long_factor"), "\(name): \(text)")
    }
    #expect(configs.count > 5 && configs.allSatisfy { ($0["text"] is String) != ($0["reason"] is String) })
    // Some compute an attention factor of their own, unless it is theirs that is searched under.
    for name in ["megatron", "llama.cpp", "mlx-lm"] {
      #expect((config(name)?["reason"] as? String)?.isEmpty == false, "\(name)")
    }
    // The SPEC is a method of every command.
    let method = try #require(json["method"] as? String)
    let inspected = await CapturedRun([
      "inspect", model, "--method", method, "--target", "512", "--at", "512", "--format", "json",
    ])
    let plan = try #require((inspected.json?["plans"] as? [[String: Any]])?.last)
    let ratios = try #require(plan["interpolation_ratios"] as? [Double])
    #expect(zip(ratios, factors).allSatisfy { abs($0 * $1 - 1) <= 1e-9 })
    #expect(plan["attention_factor"] as? Double == json["attention_factor"] as? Double)
    let measured = await CapturedRun([
      "figure", "interpolation-ratio", model, "--target", "512", "--methods", method + ",yarn:factor=4", "-o",
      folder.path + "/\(space)-ratio.svg", "-q",
    ])
    #expect(measured.status == 0, "\(measured.error)")
  }

  @Test func factorsUnderTheFormulasTemperatureAreForEveryRuntime() async throws {
    let run = await CapturedRun(base + ["--attention-factor", "longrope", "--format", "json", "-q"])
    #expect(run.status == 0, "\(run.error)\(run.output)")
    let factor = (1 + log(4.0) / log(128.0)).squareRoot()
    #expect(abs((run.json?["attention_factor"] as? Double ?? 0) - factor) <= 1e-15)
    for config in try #require(run.json?["configs"] as? [[String: Any]]) {
      let name = try #require(config["runtime"] as? String)
      if ["transformers", "vllm", "sglang", "llama.cpp", "mlx-lm"].contains(name) {
        #expect((config["text"] as? String)?.contains("long_factor") == true, "\(config)")
      }
    }
  }

  @Test func peopleReadATableAndAFigure() async throws {
    let figure = folder.path + "/ratio.svg"
    let run = await CapturedRun(base + ["--methods", "none,yarn:factor=4", "--figure", figure, "--lang", "zh", "-q"])
    #expect(run.status == 0, "\(run.error)")
    for words in [
      "6 个候选中", "各维度对的 λ̂：", "没有显著区别", "取自搜索未读过的 2 篇文本的 4 个窗口", "\n搜索所得 ",
      "longrope:attention_factor=", "transformers",
    ] {
      #expect(run.output.contains(words), "\(words): \(run.output)")
    }
    let svg = try String(contentsOfFile: figure, encoding: .utf8)
    #expect(svg.contains("xml:lang=\"zh\"") && svg.contains("维度对序号"))
  }

  @Test func whatWouldBeReadIsToldBefore() async throws {
    let run = await CapturedRun(base + ["--dry-run", "--format", "json"])
    let faults = try await SchemaValidator(named: "outlook").faults(run.output)
    #expect(run.status == 0 && faults.isEmpty, "\(run.error)\(faults)")
    // 4 + 2 candidates at 256 tokens, 2 + 1 at 512, and 4 methods on 4 windows.
    #expect(run.json?["tokens"] as? Double == 11_264)
    let text = await CapturedRun(base + ["--dry-run"])
    for words in [
      "At most 6 candidates", "256 tokens: 1 window", "2 windows of each of 2 texts", "About ", " s at the speed",
    ] {
      #expect(text.output.contains(words), "\(words): \(text.output)")
    }
  }

  @Test func badRequestsAreRefusedInASentence() async throws {
    func changed(_ option: String, _ value: String?) -> [String] {
      guard let place = base.firstIndex(of: option) else { return base + [option] + (value.map { [$0] } ?? []) }
      return Array(base[..<place]) + (value.map { [option, $0] } ?? []) + base[(place + 2)...]
    }
    let text = base[base.firstIndex(of: "--text").map { $0 + 1 } ?? 0]
    let cases: [(arguments: [String], words: String)] = [
      (changed("--target", nil), "give --target LENGTH"), (changed("--target", "128"), "not beyond the 128"),
      (changed("--target", "64"), "not beyond the 128"), (changed("--target", "4k"), "too few for a window"),
      (changed("--target", "150"), "needs"), (changed("--text", nil), "give --text FILE"),
      (changed("--population", "3"), "4 … 4096"), (changed("--generations", "0"), "1 … 4096"),
      (changed("--windows", "0"), "1 … 1024"), (changed("--held-out-windows", "0"), "1 … 1024"),
      (changed("--rungs", "9"), "1 … 8"), (changed("--needle-weight", "2"), "0 … 1"),
      (changed("--attention-factor", "9"), "0.5 … 2"), (base + ["--held-out", text], "is given twice"),
      (base + ["--methods", "longrope:short_factor=[1],long_factor=[1]"], "8 pairs"),
      (base + ["--methods", "yarn:factr=2"], "factr"), (base + ["--config", "/nowhere.json"], "nowhere"),
      (base + ["--config", "qwen2.5-7b"], "rotates 64 pairs"), (base + ["--beside", "bfloat16"], "leave --beside out"),
      (base + ["--text", "/nowhere.txt"], "nowhere"), (base + ["--resume", text], "no checkpoint"),
      (["search", "smollm2-135m"] + Array(base[2...]), "has no weights"),
    ]
    for (arguments, words) in cases {
      let run = await CapturedRun(arguments)
      #expect(run.status == 2 && run.error.contains(words), "\(words): \(run.error)\(run.output.prefix(200))")
    }
    let unseen = await CapturedRun(Array(base[..<(base.firstIndex(of: "--held-out") ?? 0)]))
    #expect(unseen.status == 2 && unseen.error.contains("give --held-out FILE"))
  }

  @Test func aScaledFilesOwnScalingIsReplacedAndSaid() async throws {
    let config = model + "/config.json"
    let text = try String(contentsOfFile: config, encoding: .utf8)
    let scaled = text.replacing(
      "\"model_type\": \"llama\"",
      with:
        "\"model_type\": \"llama\", \"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 2.0, \"original_max_position_embeddings\": 128}"
    ).replacing("\"max_position_embeddings\": 128", with: "\"max_position_embeddings\": 256")
    try Data(scaled.utf8).write(to: URL(fileURLWithPath: config))
    let run = await CapturedRun(base + ["--format", "json"])
    #expect(run.status == 0 && run.error.contains("own yarn is replaced"), "\(run.error)")
    #expect(run.error.contains("plain rotation at 128 tokens"), "\(run.error)")
    #expect((run.json?["setting"] as? [String: Any])?["trained_length"] as? Int == 128)
  }

  @Test func aModelWithoutRotationIsRefused() async throws {
    let config = model + "/config.json"
    let text = try String(contentsOfFile: config, encoding: .utf8)
    try Data(
      text.replacing("\"model_type\": \"llama\"", with: "\"model_type\": \"gpt2\"").utf8
    ).write(to: URL(fileURLWithPath: config))
    let run = await CapturedRun(base)
    #expect(run.status == 2 && !run.error.isEmpty, "\(run.error)")
  }
}
