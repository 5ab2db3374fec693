import Foundation
import RopeScopeCLI
import RopeTensors
import RopeTestSupport
import Testing

/// Evaluations of a tiny model with a tokenizer of single characters, from the command line.
@Suite struct EvaluateCommandTests {
  private let folder: TemporaryFolder
  private let model: String
  private let text: String

  init() throws {
    folder = try TemporaryFolder()
    model = try CharacterModel.write(into: folder)
    text = try folder.file("prose.txt", String(repeating: "The quick brown fox jumps over the lazy dog.\n", count: 30))
  }

  @Test func logitsGoIntoATensorFile() async throws {
    let file = folder.path + "/logits.safetensors"
    let run = await CapturedRun([
      "evaluate", "logits", model, "--text", text, "--methods", "none,yarn:factor=2", "--positions", "all", "--top",
      "2", "--format", "json", "-o", file, "-q",
    ])
    #expect(run.status == 0, "\(run.error)")
    let tensors = try Safetensors([UInt8](Data(contentsOf: URL(fileURLWithPath: file))))
    #expect(tensors.names.sorted() == ["none", "yarn:factor=2"])
    let logits = try tensors.floats("none"), count = 30 * 45
    #expect(logits.shape == [count, 97])
    let runs = try #require(run.json?["runs"] as? [[String: Any]])
    let positions = try #require(runs[0]["positions"] as? [[String: Any]])
    let top = try #require((positions[count - 1]["top"] as? [[String: Any]])?.first)
    let id = try #require(top["id"] as? Int), value = try #require(top["logit"] as? Double)
    #expect(logits.values[(count - 1) * 97 + id] == Float(value))
    #expect(logits.values[((count - 1) * 97)...].max() == Float(value))
  }

  @Test func generationAddsWhatIsAskedFor() async throws {
    let first = await CapturedRun(["generate", model, "--count", "5"], input: "The quick")
    #expect(first.status == 0 && first.output.trimmingCharacters(in: .newlines).count <= 5, "\(first.error)")
    #expect(
      first.output
        == (await CapturedRun(["generate", model, "--count", "5", "--precision", "float64"], input: "The quick")).output
    )
    for count in ["0", "1000000000000", "9223372036854775807"] {
      let run = await CapturedRun(["generate", model, "--count", count], input: "The quick")
      #expect(run.status == 2 && run.error.contains("it must lie in 1 … 1048576"), "\(run.error)")
    }
    let several = await CapturedRun(["generate", model, "--methods", "none,ntk:factor=2"], input: "The quick")
    #expect(several.status == 2 && several.error.contains("one method is expected, 2 are named"))
  }

  @Test func generationDoesNotDependOnItsLength() async throws {
    let ids = try folder.file("ids.json", "[20, 30, 40, 50, 60, 70, 80, 90, 20, 30, 40, 50, 60, 70, 80]")
    func found(_ method: String, _ count: Int) async throws -> [Int] {
      let run = await CapturedRun([
        "generate", model, "--token-ids", ids, "--method", method, "--count", String(count), "--format", "json",
      ])
      #expect(run.status == 0, "\(run.output)")
      #expect(try await SchemaValidator(named: "generation").faults(run.output) == [])
      #expect(run.json?["prompt_tokens"] as? Int == 15)
      return try #require(run.json?["ids"] as? [Int])
    }
    // Lists of factors that change at 20 tokens, a base that grows beyond a window of 18.
    let numbers = "[\(Array(repeating: "1", count: 8).joined(separator: ";"))]"
    let long = "[\((0..<8).map { String(1 + 3 * $0) }.joined(separator: ";"))]"
    for method in [
      "longrope:original_max_position_embeddings=20,short_factor=\(numbers),long_factor=\(long)",
      "dynamic:factor=4,original_max_position_embeddings=18",
    ] {
      let all = try await found(method, 12)
      for count in [1, 5, 6] { #expect(try await found(method, count) == Array(all.prefix(count)), "\(method)") }
    }
    // Each token is the likeliest after a full pass over the text before it.
    let method = "dynamic:factor=4,original_max_position_embeddings=18", all = try await found(method, 8)
    let prompt = [20, 30, 40, 50, 60, 70, 80, 90, 20, 30, 40, 50, 60, 70, 80]
    for count in [0, 3, 7] where count < all.count {
      let text = (prompt + all.prefix(count)).map(String.init).joined(separator: ", ")
      let run = await CapturedRun([
        "evaluate", "logits", model, "--token-ids", try folder.file("more-\(count).json", "[\(text)]"), "--method",
        method,
        "--format", "json", "-q",
      ])
      let runs = try #require(run.json?["runs"] as? [[String: Any]])
      let top = (runs[0]["positions"] as? [[String: Any]])?.first?["top"] as? [[String: Any]]
      #expect(top?.first?["id"] as? Int == all[count])
    }
  }

  @Test func goingBeyondTheWindowIsSaid() async throws {
    let inside = await CapturedRun(["generate", model, "--count", "5"], input: "The quick")
    #expect(!inside.error.contains("window"))
    let window = 128
    let crossing = await CapturedRun(["generate", model, "--count", "\(window)"], input: "The quick")
    #expect(crossing.error.contains("beyond the file's window of"), "\(crossing.error)")
    let long = await CapturedRun(
      ["generate", model, "--count", "1"], input: String(repeating: "The quick brown fox. ", count: 30))
    #expect(long.error.contains("tokens are more than the file's window of"), "\(long.error)")
    let both = await CapturedRun(["generate", model, "--text", text, "--token-ids", text])
    #expect(both.status == 2 && both.error.contains("either --text FILE or --token-ids FILE"))
  }

  @Test func bothKernelsFindAndMissTheSame() async throws {
    let base = [
      "evaluate", "passkey", model, "--text", text, "--lengths", "400", "--depths", "0,1", "--methods",
      "none,landmark:top_k=1", "--format", "json", "-q",
    ]
    for needle in ["passkey", "sentence"] {
      let fast = await CapturedRun(base + ["--needle", needle])
      let plain = await CapturedRun(base + ["--needle", needle, "--precision", "float64"])
      #expect(fast.status == 0 && plain.status == 0, "\(fast.error)\(plain.error)")
      func losses(_ run: CapturedRun) throws -> [Double] {
        try #require(run.json?["cells"] as? [[String: Any]]).compactMap { $0["nll"] as? Double }
      }
      let error = zip(try losses(fast), try losses(plain)).map { abs($0 - $1) }.max() ?? .infinity
      #expect(try losses(fast).count == 4 && error < 1e-4, "off by \(error)")
    }
    for (option, value) in [("--trials", "9223372036854775807"), ("--lengths", "1024M")] {
      let own = option == "--lengths" ? base.map { $0 == "400" ? value : $0 } : base + [option, value]
      let run = await CapturedRun(own)
      #expect(run.status == 2 && run.output.contains("possible"), "\(run.output)")
    }
  }

  @Test func staleCachesOfUnrotatedKeysAreNone() async throws {
    let run = await CapturedRun([
      "evaluate", "perplexity", model, "--text", text, "--lengths", "300", "--windows", "1", "--methods",
      "dynamic,self-extend:window=64,group=4", "--cache", "stale", "--format", "json", "-q",
    ])
    #expect(run.status == 0, "\(run.output)")
    let runs = try #require(run.json?["runs"] as? [[String: Any]])
    #expect(runs.compactMap { $0["cache"] as? String } == ["stale", "consistent"])
  }

  @Test func tokenizersOfAnotherModelAreRefused() async throws {
    try CharacterModel.writeTokenizer(CharacterModel.printable + ["ab", "cd"], into: model)
    for command in [
      ["evaluate", "perplexity", model, "--lengths", "100", "--text", text], ["generate", model, "--text", text],
    ] {
      let run = await CapturedRun(command)
      #expect(run.status == 2 && run.error.contains("98") && run.error.contains("97"), "\(run.error)")
    }
  }

  @Test func recordsOfTextsFollowTheirSchemas() async throws {
    for (name, words) in [
      ("perplexity", ["--lengths", "300,600"]), ("longppl", ["--lengths", "300,600", "--short-context", "100"]),
      ("passkey", ["--lengths", "400", "--depths", "0,1", "--trials", "2"]),
    ] {
      let run = await CapturedRun(["evaluate", name, model, "--text", text, "--format", "json", "-q"] + words)
      let faults = try await SchemaValidator(named: name).faults(run.output)
      #expect(run.status == 0 && faults.isEmpty, "\(name): \(faults.prefix(5))\(run.error)")
    }
  }

  @Test func longBenchIsReadFromItsOwnFiles() async throws {
    let items = try folder.file(
      "items.jsonl",
      """
      {"dataset": "hotpotqa", "input": "Who?", "context": "The fox jumps.", "answers": ["the fox"], "length": 3, "all_classes": null, "_id": "a", "language": "en"}
      {"dataset": "trec", "input": "What?", "context": "\(String(repeating: "A dog is lazy. ", count: 90))", "answers": ["dog"], "all_classes": ["dog", "fox"], "_id": "b"}

      """)
    let base = ["evaluate", "longbench", model, "--items", items, "--lengths", "700"]
    let run = await CapturedRun(base + ["--methods", "none,ntk:factor=2", "--format", "json", "-q"])
    #expect(run.status == 0, "\(run.error)")
    let faults = try await SchemaValidator(named: "scores").faults(run.output)
    #expect(faults.isEmpty, "\(faults.prefix(5))")
    let found = try #require(run.json?["items"] as? [[String: Any]])
    #expect(found.compactMap { $0["dataset"] as? String } == ["hotpotqa", "trec", "hotpotqa", "trec"])
    #expect(found.compactMap { $0["truncated"] as? Bool } == [false, true, false, true])
    #expect(found.allSatisfy { ($0["tokens"] as? Int ?? 701) <= 700 && $0["text"] is String })
    #expect(run.json?["prompts"] as? String == "own" && (run.json?["groups"] as? [Any])?.count == 8)
    let prompts = try folder.file(
      "dataset2prompt.json", #"{"hotpotqa": "{context} {input}", "trec": "{context}{input}"}"#)
    let own = await CapturedRun(base + ["--prompts", prompts, "--likelihood", "--trials", "1", "-q"])
    #expect(own.status == 0 && own.output.contains("few-shot learning"), "\(own.error)\(own.output)")
    let dry = await CapturedRun(base + ["--dry-run"])
    #expect(dry.output.contains("2 items, 1 of them without the middle"), "\(dry.output)")
    let broken = try folder.file("broken.jsonl", "{\"dataset\": \"hotpotqa\"}\n")
    let refused = await CapturedRun(["evaluate", "longbench", model, "--items", broken, "--lengths", "700"])
    #expect(refused.status == 2 && refused.error.contains("broken.jsonl:1: “input” is missing"), "\(refused.error)")
  }

  @Test func promptsStandInTheModelsChat() async throws {
    let say = ["generate", model, "--text", try folder.file("say.txt", "Hello"), "--count", "2", "--format", "json"]
    let missing = await CapturedRun(say + ["--chat"])
    #expect(missing.status == 2 && missing.output.contains("has no chat template"), "\(missing.output)")
    try Data(
      #"{"chat_template": "{% for m in messages %}[{{ m.role }}]{{ m.content | trim }}{% endfor %}{% if add_generation_prompt %}[a]{% endif %}"}"#
        .utf8
    ).write(to: URL(fileURLWithPath: model + "/tokenizer_config.json"))
    func tokens(_ words: [String]) async throws -> Int {
      let run = await CapturedRun(say + words)
      #expect(run.status == 0, "\(run.error)")
      return try #require(run.json?["prompt_tokens"] as? Int)
    }
    // A character a token: “[user]Hello[a]”.
    #expect(try await tokens([]) == 5)
    #expect(try await tokens(["--chat"]) == 14)
    #expect(try await tokens(["--chat", "--system", "Be"]) == 14 + "[system]Be".count)
    let other = try folder.file("other.jinja", "<{{ messages[-1].content }}>{{ strftime_now('%Y') }}")
    #expect(try await tokens(["--chat", "--chat-template", other, "--chat-date", "2024-07-26"]) == 11)
    for (words, message) in [
      (["--system", "x"], "go with --chat"), (["--chat", "--chat-date", "soon"], "a day as 2024-07-26"),
      (["--chat", "--chat-template", other], "“strftime_now” is undefined"),
      (["--chat", "--chat-template", try folder.file("bad.jinja", "a\n{{ 1 +")], "line 2"),
    ] {
      let run = await CapturedRun(say + words), said = run.output + run.error
      #expect(run.status == 2 && said.contains(message), "\(words): \(said)")
    }
    // Tasks and hidden numbers are asked in it too, within their budgets.
    for command in [
      ["passkey", model, "--text", text, "--lengths", "400", "--depths", "0"],
      ["needle", model, "--lengths", "700", "--depths", "0.5"],
    ] {
      let run = await CapturedRun(["evaluate"] + command + ["--chat", "--format", "json", "-q"])
      #expect(run.status == 0, "\(run.error)")
      let plain = await CapturedRun(["evaluate"] + command + ["--format", "json", "-q"])
      #expect(plain.status == 0 && plain.output != run.output)
    }
    let silent = try folder.file("silent.jinja", "nothing")
    let run = await CapturedRun([
      "evaluate", "needle", model, "--lengths", "700", "--chat", "--chat-template", silent,
    ])
    #expect(run.status == 2 && run.error.contains("does not write once what a user says"), "\(run.error)")
  }
}
