import Foundation
import RopeTestSupport
import Testing

@Suite struct CheckCommandTests {
  private static let noScaling = Fixtures.url("broken/llama-2-7b-longlora-32k-no-scaling.json").path

  @Test func findingsFollowTheContract() async throws {
    let run = await CapturedRun(["check", Self.noScaling, "--format", "json"])
    #expect(run.status == 1)
    #expect(run.json?["schema"] as? String == "ropescope.check/1")
    let file = try #require((run.json?["files"] as? [[String: Any]])?.first)
    let finding = try #require((file["findings"] as? [[String: Any]])?.first)
    #expect(
      Set(finding.keys).isSuperset(of: [
        "rule", "severity", "pointer", "line", "column", "end_line", "end_column", "message", "fix", "references",
      ]))
    let summary = try #require(run.json?["summary"] as? [String: Any])
    #expect(Set(summary.keys).isSuperset(of: ["errors", "warnings", "notes", "fixable"]))
  }

  @Test func everyFormatIsGiven() async throws {
    for (format, sign) in [
      ("text", "error ["), ("concise", "error:"), ("sarif", "\"2.1.0\""), ("github", "::error"),
      ("junit", "<testsuite"), ("markdown", "|"),
    ] {
      let run = await CapturedRun(["check", Self.noScaling, "--format", format])
      #expect(run.status == 1 && run.output.contains(sign), "\(format): \(run.output.prefix(200))")
    }
  }

  @Test func publishedConfigurationsPass() async {
    #expect(await CapturedRun(["check", Fixtures.url("configs").path]).status == 0)
  }

  /// A command that names its model is checked with it where no path is given, whatever lies in the working directory.
  @Test func aCommandAloneIsCheckedWithItsModel() async throws {
    let folder = try TemporaryFolder()
    let config = try folder.file(
      "config.json", try String(contentsOf: Fixtures.url("configs/lg-pythia-1.4b.json"), encoding: .utf8))
    let model = URL(fileURLWithPath: config).deletingLastPathComponent().path
    let script = try folder.file("run.sh", "vllm serve Qwen/Qwen2.5-7B-Instruct --max-model-len 131072\n")
    for (command, place) in [
      ("vllm serve Qwen/Qwen2.5-7B-Instruct --max-model-len 131072", "--command:1:12"),
      ("vllm serve \(model) --max-model-len 131072", "config.json:"), ("@\(script)", "run.sh:1:12"),
    ] {
      let run = await CapturedRun(["check", "--command", command])
      #expect(run.status == 1 && run.output.contains(place), "\(command): \(run.output)")
      #expect(run.output.contains("target-exceeds-window"), "\(command): \(run.output)")
    }
  }

  /// What a finding says to run runs: a file with a command stands in a model's place.
  @Test func theCommandThatAFindingNamesRuns() async throws {
    let folder = try TemporaryFolder()
    let script = try folder.file("run.sh", "vllm serve Qwen/Qwen2.5-7B-Instruct --max-model-len 131072\n")
    let check = await CapturedRun(["check", script])
    #expect(check.output.contains("ropescope suggest \(script) --target LENGTH"), "\(check.output)")
    for command in [["suggest", script, "--target", "128k"], ["inspect", script], ["parity", script]] {
      let run = await CapturedRun(command)
      #expect(run.status < 2 && run.output.contains("131072"), "\(command): \(run.output) \(run.error)")
    }
  }

  /// As every command does, it takes a model by its name.
  @Test func modelsAreCheckedByName() async {
    for name in ["qwen2.5-7b", "Qwen/Qwen2.5-7B-Instruct"] {
      let run = await CapturedRun(["check", name, "--target", "128k", "--fix"])
      #expect(run.status == 1 && run.output.contains("\(name):1:"), "\(run.output) \(run.error)")
    }
    let unknown = await CapturedRun(["check", "qwen2.5-8b.json"])
    #expect(unknown.status == 2 && unknown.output.contains("there is no such file"))
  }

  @Test func nothingCheckedIsSaid() async throws {
    let folder = try TemporaryFolder()
    let run = await CapturedRun(["check", folder.path])
    #expect(run.status == 0 && run.error.contains("nothing was checked"), "\(run.error)")
  }

  /// A fix mends the file, keeps its spelling, and is shown by --diff without writing.
  @Test func fixesMendAndDiffsShow() async throws {
    let folder = try TemporaryFolder()
    let config =
      "{\n  \"head_dim\": 128,\n  \"max_position_embeddings\": 16384,\n  \"rope_scaling\": {\"type\": \"linear\", \"factor\": 4.0}\n}\n"
    let file = try folder.file("config.json", config)
    let diff = await CapturedRun(["check", file, "--fix", "--diff"])
    #expect(diff.output.contains("+") && diff.output.contains("rope_type"), "\(diff.output)")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == config)
    _ = await CapturedRun(["check", file, "--fix"])
    let mended = try String(contentsOfFile: file, encoding: .utf8)
    #expect(mended.contains("\"rope_type\": \"linear\"") && mended.contains("\"factor\": 4.0"))
  }

  @Test func hostileFilesDoNotStopTheOthers() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file(
      "b.json", #"{"head_dim": 128, "max_position_embeddings": 4096, "rope_scaling": {"rope_type": "linear"}}"#)
    let run = await CapturedRun(["check", folder.path + "/b.json", folder.path + "/gone.json", "--format", "json"])
    #expect(run.status == 2)
    let files = try #require(run.json?["files"] as? [[String: Any]])
    #expect(files.contains { ($0["findings"] as? [Any])?.isEmpty == false })
    #expect(files.contains { $0["error"] is [String: Any] })
  }

  @Test func rulesAreExplainedAndSelected() async {
    let page = await CapturedRun(["explain", "window-not-raised"])
    #expect(page.status == 0 && page.output.contains("What to write"))
    let none = await CapturedRun(["check", Self.noScaling, "--select", "head-dim-odd"])
    #expect(none.status == 0)
    let unknown = await CapturedRun(["check", Self.noScaling, "--select", "window-not-risen"])
    #expect(unknown.status == 2 && unknown.error.contains("window-not-raised"), "\(unknown.error)")
  }

  @Test func paritySaysWhoDiffers() async throws {
    let same = await CapturedRun(["parity", "llama-3.1-8b", "--format", "json"])
    #expect(same.status == 0)
    let runtimes = try #require(same.json?["runtimes"] as? [[String: Any]])
    for runtime in runtimes {
      #expect(
        Set(runtime.keys).isSuperset(of: [
          "runtime", "version", "supported", "reason", "method", "parameters", "inverse_frequencies",
          "attention_factor",
          "softmax_scale_factor", "max_relative_difference", "pairs_differing", "max_phase_error_radians", "notes",
        ]))
    }
    let other = await CapturedRun(["parity", "gpt-oss-20b", "--at", "128k"])
    #expect(other.status == 1 && other.output.contains("differs"))
    #expect(await CapturedRun(["parity", "llama-3.1-8b", "--runtimes", "vlmm"]).error.contains("vllm"))
  }

  @Test func aDumpedTableIsRecognised() async throws {
    let folder = try TemporaryFolder()
    let dump = folder.path + "/dump.safetensors"
    #expect(
      await CapturedRun(["inspect", "llama-3.1-8b", "--at", "64", "--target", "128k", "--export", dump]).status == 0)
    let run = await CapturedRun(["parity", "llama-3.1-8b", "--tensor", dump])
    #expect(run.output.contains("is what") && run.output.contains("transformers@"), "\(run.output)")
  }

  @Test func settingsAreConvertedAndSuggested() async throws {
    let convert = await CapturedRun([
      "convert", "qwen2.5-7b", "--method", "yarn:factor=4", "--target", "128k", "--to", "llama.cpp",
    ])
    #expect(
      convert.status == 0 && convert.output.contains("--rope-scale 4")
        && convert.output.contains("--yarn-orig-ctx 32768"))
    let suggest = await CapturedRun(["suggest", "qwen2.5-7b", "--target", "128k", "--format", "json"])
    #expect((suggest.json?["method"] as? String)?.hasPrefix("yarn:factor=4") == true)
    let within = await CapturedRun(["suggest", "qwen2.5-7b", "--target", "16k", "--format", "json"])
    #expect(within.json?["unchanged"] as? Bool == true)
    let refused = await CapturedRun([
      "convert", "qwen2.5-7b", "--method", "longrope", "--target", "128k", "--to", "llama.cpp",
    ])
    #expect(refused.status == 2 && refused.error.hasPrefix("ropescope: "))
  }

  /// Findings, advice, effect and files of one launch; what is written is what is printed.
  @Test func launchesArePrepared() async throws {
    let folder = try TemporaryFolder()
    let trainer = try folder.file("axolotl.yml", "base_model: Qwen/Qwen2.5-7B\nsequence_len: 131072\nadapter: qlora\n")
    let arguments = [
      "prepare", "qwen2.5-7b", "--target", "128k", "--train", trainer, "--serve", "vllm@0.33", "--write",
      folder.path + "/launch",
    ]
    let run = await CapturedRun(arguments + ["--format", "json"])
    let files = try #require(run.json?["files"] as? [[String: Any]])
    #expect(run.json?["schema"] as? String == "ropescope.preparation/1" && run.json?["findings"] is [Any])
    #expect((run.json?["advice"] as? [String: Any])?["for"] as? [String] == ["vllm@0.33.0"])
    #expect(files.compactMap { $0["kind"] as? String } == ["configuration", "trainer", "server"])
    for file in files {
      let path = try #require(file["path"] as? String), text = try #require(file["text"] as? String)
      #expect(try String(contentsOfFile: "\(folder.path)/launch/\(path)", encoding: .utf8) == text)
    }
    let text = await CapturedRun(["prepare", "llama-3.1-8b", "--target", "64k"])
    #expect(
      text.status == 0 && text.output.contains("Nothing needs to change for 65,536 tokens.")
        && text.output.contains("GiB"))
    #expect(await CapturedRun(["prepare", "llama-3.1-8b", "--target", "64k", "--train", "nothing"]).status == 2)
    let unnamed = await CapturedRun(
      ["prepare", "-", "--target", "16k", "--serve", "vllm"],
      input:
        #"{"head_dim": 64, "max_position_embeddings": 4096, "rope_theta": 10000.0, "model_type": "llama", "hidden_size": 512, "num_attention_heads": 8}"#
    )
    #expect(unnamed.output.contains("vllm serve MODEL --hf-overrides"))
  }

  /// The blocks of trainers and servers, read back before they are printed.
  @Test(arguments: [
    ("axolotl", "sequence_len: 131072"), ("llama-factory", "cutoff_len: 131072"), ("trl", "--max_length 131072"),
    ("unsloth", "max_seq_length=131072"), ("ms-swift", "\"factor\": 4.0"), ("ollama", "PARAMETER num_ctx 131072"),
    ("lmdeploy", "--hf-overrides"),
  ])
  func trainersAreTold(_ name: String, _ part: String) async throws {
    let run = await CapturedRun([
      "convert", "qwen2.5-7b", "--method", "yarn:factor=4", "--target", "128k", "--to", name,
    ])
    #expect(run.status == 0 && run.output.contains(part), "\(run.output)\(run.error)")
    #expect(run.error.contains("config.json") == !["ms-swift", "lmdeploy"].contains(name))
  }

  @Test func differencesAreTold() async throws {
    #expect(await CapturedRun(["diff", "llama-3-8b", "llama-3-8b"]).status == 0)
    let run = await CapturedRun(["diff", "llama-3-8b", "llama-3.1-8b", "--format", "json"])
    #expect(run.status == 1 && run.json?["schema"] as? String == "ropescope.diff/1")
  }

  @Test func dialectsReadTheFileTheirOwnWay() async throws {
    func frequencies(_ dialect: String) async throws -> [Double] {
      let run = await CapturedRun(["inspect", "gpt-oss-20b", "--dialect", dialect, "--at", "128k", "--format", "json"])
      #expect(run.status == 0, "\(run.error)")
      return try #require((run.json?["plans"] as? [[String: Any]])?.first?["inverse_frequencies"] as? [Double])
    }
    #expect(try await frequencies("transformers") != frequencies("llama.cpp"))
  }

  /// A report of a scaled file has a chapter on runtimes, with a figure where they differ.
  @Test func reportsCompareRuntimes() async throws {
    let folder = try TemporaryFolder()
    let run = await CapturedRun([
      "report", "gpt-oss-20b", "--target", "128k", "--methods", "config,none", "-o", folder.path, "-q",
    ])
    #expect(run.status == 0, "\(run.error)")
    #expect(folder.files.contains("figures/parity.pdf"))
    let html = try String(contentsOfFile: folder.path + "/report.html", encoding: .utf8)
    #expect(html.contains("What runtimes compute from this file"))
  }
}
