import Foundation
import RopeTestSupport
import Testing

/// What commands print is what the published schemas say.
@Suite struct SchemaTests {
  /// Commands by the schema of their answer.
  private static let commands: [(schema: String, arguments: [String])] = {
    let configs = Fixtures.folder.path + "/configs"
    return [
      ("check", ["check", configs, "--target-length", "128k"]), ("check", ["check", Fixtures.folder.path + "/broken"]),
      ("check", ["check", configs, "--runtime", "vllm@0.33,llama.cpp", "--min-severity", "warning"]),
      ("inspect", ["inspect", "gemma-3-4b", "--target", "256k"]),
      (
        "inspect",
        ["inspect", "llama-2-7b", "--method", "lm-infinite,rerope,dca,dynamic+logn,longlora,xpos", "--target", "16k"]
      ),
      (
        "inspect", ["inspect", "qwen2.5-7b", "--command", "vllm serve Qwen/Qwen2.5-7B-Instruct --max-model-len 131072"]
      ),
      ("parity", ["parity", "gpt-oss-20b", "--runtimes", "all"]),
      ("parity", ["parity", "qwen2.5-7b", "--runtimes", "vllm@0.9,ollama,lmdeploy"]),
      ("analysis", ["analyse", "llama-2-7b", "--methods", "self-extend,dynamic,yarn", "--target", "16k"]),
      ("analysis", ["analyse", "llama-3.1-8b", "--target", "256k", "--only", "phase-safe-length,wavelengths"]),
      ("suggest", ["suggest", "qwen2.5-7b", "--target", "128k"]),
      ("suggest", ["suggest", "llama-2-7b", "--target", "4k"]),
      ("preparation", ["prepare", "qwen2.5-7b", "--target", "128k", "--train", "axolotl", "--serve", "vllm"]),
      ("convert", ["convert", "qwen2.5-7b", "--method", "yarn:factor=4", "--target", "128k", "--to", "llama.cpp"]),
      ("diff", ["diff", "qwen2.5-7b", "llama-3-8b"]), ("diff", ["diff", "qwen2.5-7b", "gemma-3-4b"]),
      ("explain", ["explain", "yarn"]), ("explain", ["explain", "phase-safe"]), ("methods", ["methods"]),
      ("rules", ["rules"]),
      ("figures", ["figures"]), ("models", ["models"]), ("doctor", ["doctor"]),
      ("error", ["inspect", "/nowhere/config.json"]), ("error", ["inspect", "qwen2.5-7b", "--method", "yarn:factr=4"]),
    ]
  }()

  @Test(arguments: commands) func answersFollowTheirSchema(_ command: (schema: String, arguments: [String]))
    async throws
  {
    let run = await CapturedRun(command.arguments + ["--format", "json", "-q"])
    let faults = try await SchemaValidator(named: command.schema).faults(run.output)
    #expect(faults.isEmpty, "\(command.arguments.joined(separator: " ")): \(faults.prefix(5).joined(separator: "; "))")
  }

  @Test func everyFixtureThatInspectReadsFollowsTheSchema() async throws {
    let validator = try await SchemaValidator(named: "inspect")
    let folder = Fixtures.folder.appendingPathComponent("configs")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
      .sorted()
    var count = 0
    for file in files {
      let run = await CapturedRun(["inspect", folder.path + "/" + file, "--format", "json"])
      guard run.status == 0 else { continue }
      let faults = try validator.faults(run.output)
      #expect(faults.isEmpty, "\(file): \(faults.prefix(5).joined(separator: "; "))")
      count += 1
    }
    #expect(count > 20)
  }

  @Test func recordsOfReportsAndBatchesFollowTheirSchema() async throws {
    let folder = try TemporaryFolder()
    let measured = Fixtures.folder.path + "/measured/smollm2-135m-10k.csv"
    let runs = [
      ["report", "qwen2.5-7b", "--methods", "yarn,dynamic", "--target", "64k"],
      ["report", "smollm2-135m", "--target", "16k", "--methods", "none,yarn", "--measured", measured],
    ]
    for (number, words) in runs.enumerated() {
      let path = folder.path + "/report-\(number)"
      #expect(await CapturedRun(words + ["-o", path, "-q"]).status == 0)
      for (schema, file) in [("run", "run.json"), ("figure", "data/wavelength.json")] {
        let faults = try await SchemaValidator(named: schema).faults(
          String(contentsOfFile: path + "/" + file, encoding: .utf8))
        #expect(faults.isEmpty, "\(words): \(file): \(faults.prefix(5).joined(separator: "; "))")
      }
    }
    let batch = folder.path + "/batch"
    let plan = Fixtures.folder.path + "/plans/two.yaml"
    #expect(await CapturedRun(["batch", plan, "-o", batch, "-q"]).status == 0)
    let results = await CapturedRun(["results", batch + "/results.db", "--format", "json"])
    #expect(try await SchemaValidator(named: "results").faults(results.output) == [])
  }

  @Test func filesAndRunsOfModelsFollowTheirSchema() async throws {
    let folder = try TemporaryFolder()
    let model = Fixtures.folder.path + "/golden/models/llama-s1",
      ids = try folder.file("ids.json", "[1, 5, 9, 2, 7, 3]")
    let tokenizer = try folder.file(
      "tokenizer.json", String(contentsOfFile: Fixtures.folder.path + "/tokenizer/byte-level.json", encoding: .utf8))
    let baseline = folder.path + "/baseline.json"
    _ = await CapturedRun(["check", Fixtures.folder.path + "/broken", "--write-baseline", baseline, "-q"])
    let answers = [
      ("baseline", try String(contentsOfFile: baseline, encoding: .utf8)),
      ("bench", await CapturedRun(["bench", "inspect", "--runs", "1", "--format", "json"]).output),
      (
        "tokens",
        await CapturedRun(
          ["tokenize", tokenizer, "--text", ids, "--format", "json"]
        ).output
      ),
      (
        "logits",
        await CapturedRun([
          "evaluate", "logits", model, "--token-ids", ids, "--methods", "none,yarn:factor=2", "--format", "json",
        ]).output
      ),
      ("statistics", await CapturedRun(["evaluate", "statistics", model, "--token-ids", ids]).output),
      ("moments", await CapturedRun(["evaluate", "statistics", model, "--token-ids", ids, "--compact"]).output),
    ]
    for (schema, answer) in answers {
      let faults = try await SchemaValidator(named: schema).faults(answer)
      #expect(faults.isEmpty, "\(schema): \(faults.prefix(5).joined(separator: "; "))")
    }
  }

  /// The schemas name every document that says what it is: a test of the list.
  @Test func schemasAreListed() async throws {
    let list = await CapturedRun(["docs", "schema"])
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Fixtures.package.appendingPathComponent("Templates/schemas").path)
    #expect(files.count > 25)
    for file in files where file.hasSuffix(".schema.json") {
      let name = String(file.dropLast(".schema.json".count))
      #expect(list.output.contains("\n\(name) "), "\(file) is no part of the program: templates.c")
    }
    let unknown = await CapturedRun(["docs", "schema", "chek"])
    #expect(unknown.status == 2 && unknown.error.contains("check"))
  }

  /// A validator that accepts everything would prove nothing.
  @Test func faultsAreFound() async throws {
    let validator = try await SchemaValidator(named: "error")
    #expect(try validator.faults(#"{"schema": "ropescope.error/1"}"#) == [": error is missing"])
    #expect(try validator.faults(#"{"schema": "ropescope.check/1", "error": 1}"#).count == 2)
    let right =
      #"{"schema": "ropescope.error/1", "error": {"kind": "usage", "message": "no", "path": null, "line": null, "column": null, "pointer": null, "later": 1}}"#
    #expect(try validator.faults(right) == [])
  }
}
