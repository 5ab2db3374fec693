import Foundation
import RopeTestSupport
import Testing

/// One clear sentence with the place, exit 2, no half-written file.
@Suite struct BadInputTests {
  @Test(arguments: [
    ("nonsense", "1:1"), (#"{"head_dim": 128,"#, "not JSON"), ("", "not JSON"), ("[]", "object"),
    (#"{"head_dim": 1000000000, "max_position_embeddings": 4096}"#, "/head_dim"),
    (#"{"head_dim": 128, "max_position_embeddings": 1152921504606846976}"#, "/max_position_embeddings"),
    (#"{"head_dim": 128, "max_position_embeddings": -4}"#, "/max_position_embeddings"),
    (#"{"head_dim": "wide", "max_position_embeddings": 4096}"#, "/head_dim"),
    (#"{"head_dim": 128, "max_position_embeddings": 4096, "rope_theta": NaN}"#, "/rope_theta"),
    (#"{"head_dim": 128, "max_position_embeddings": 4096, "rope_theta": 1e999}"#, "/rope_theta"),
    (#"{"head_dim": 128, "max_position_embeddings": 4096, "rope_scaling": {"rope_type": "linear", "factor": "x"}}"#, "factor"),
  ])
  func configurationsAreRefusedWithAPlace(text: String, place: String) async throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("config.json", text)
    for command in [["inspect", file], ["report", file, "--target", "8k", "-o", folder.path + "/out"]] {
      let run = await CapturedRun(command)
      #expect(run.status == 2, "\(text): \(run.output.prefix(200))")
      #expect(run.output.isEmpty && run.error.contains(place), "\(run.error)")
      #expect(run.error.split(separator: "\n").count == 1, "\(run.error)")
    }
    #expect(folder.files == ["config.json"])
  }

  @Test(arguments: [
    ["inspect", "qwen2.5-7b", "--method", "yarm"], ["inspect", "qwen2.5-7b", "--method", "yarn:factr=4"],
    ["inspect", "qwen2.5-7b", "--method", "yarn:factor=0"], ["inspect", "qwen2.5-7b", "--method", "yarn:factor=nan"],
    ["inspect", "qwen2.5-7b", "--method", "yarn+ntk"], ["inspect", "qwen2.5-7b", "--method", "clex"],
    ["inspect", "qwen2.5-7b", "--method", "clex:weights=nothere.safetensors"], ["inspect", "qwen2.5-7b", "--target", "2^60"],
    ["inspect", "qwen2.5-7b", "--at", "9999999999999999999"], ["inspect", "--head-dim", "128"],
    ["inspect", "--head-dim", "1000000000", "--trained-length", "4k"], ["inspect", "nothere.json"],
    ["figure", "wavelenght", "qwen2.5-7b", "-o", "x.pdf"], ["figure", "wavelength", "qwen2.5-7b", "-o", "x.bmp"],
    ["figure", "wavelength", "qwen2.5-7b", "--width", "0", "-o", "x.pdf"], ["reprot", "qwen2.5-7b"], ["inspect"],
    ["render", "nothere.json"], ["report", "qwen2.5-7b", "--target", "128k", "-o", "/proc/ropescope"],
    ["inspect", "--head-dim", "2", "--trained-length", "4k", "--method", "ntk:factor=2"],
    ["report", "qwen2.5-7b", "--target", "128k", "--samples", "3"], ["attend", "nothere.safetensors", "-o", "out.safetensors"],
  ])
  func optionsAreRefusedInOneSentence(arguments: [String]) async throws {
    let run = await CapturedRun(arguments)
    #expect(run.status == 2)
    #expect(run.output.isEmpty && run.error.hasPrefix("ropescope: "), "\(run.error)")
    #expect(run.error.count < 500, "\(run.error)")
    let json = await CapturedRun(arguments + ["--format", "json"])
    guard ["inspect", "analyse"].contains(arguments[0]) else { return }
    let error = try #require(json.json?["error"] as? [String: Any])
    #expect(json.status == 2 && json.json?["schema"] as? String == "ropescope.error/1")
    #expect(Set(error.keys) == ["kind", "message", "path", "line", "column", "pointer"])
  }

  /// A scaling that nobody knows is read as none, and said so.
  @Test func unknownScalingsAreNoted() async {
    let config = #"{"head_dim": 128, "max_position_embeddings": 4096, "rope_scaling": {"rope_type": "yarm", "factor": 4}}"#
    let run = await CapturedRun(["inspect", "-"], input: config)
    #expect(run.status == 0 && run.output.contains("“yarm” is not known to transformers"))
  }

  @Test func nearNamesAreSuggested() async {
    for (arguments, hint) in [
      (["inspct"], "inspect"), (["inspect", "qwen2.5-7c"], "qwen2.5-7b"), (["inspect", "qwen2.5-7b", "--method", "lineer"], "linear"),
      (["figure", "wavelenght", "qwen2.5-7b", "-o", "x.pdf"], "wavelength"), (["report", "qwen2.5-7b", "--style", "nurips"], "neurips"),
    ] {
      let run = await CapturedRun(arguments)
      #expect(run.error.contains("did you mean “\(hint)”"), "\(run.error)")
    }
  }

  /// Degenerate YaRN ranges, factors below and at 1, one-token models: numbers, not crashes.
  @Test(arguments: ["yarn:factor=4,beta_fast=1,beta_slow=1", "yarn:factor=1", "yarn:factor=4,beta_fast=1e-6,beta_slow=1e6", "yarn:factor=0.5", "llama3:factor=2,low_freq_factor=4,high_freq_factor=4"])
  func degenerateParametersEndWell(method: String) async throws {
    for trained in ["1", "2", "4k"] {
      let run = await CapturedRun(
        ["inspect", "--head-dim", "64", "--trained-length", trained, "--method", method, "--target", "8k", "--format", "json"])
      #expect(run.status == 0 || run.status == 2)
      #expect(run.json != nil, "\(method) \(trained)")
      if let plan = (run.json?["plans"] as? [[String: Any]])?.first {
        let frequencies = try #require(plan["inverse_frequencies"] as? [Double])
        #expect(frequencies.allSatisfy { $0.isFinite && $0 >= 0 })
      }
    }
  }

  @Test func unreadableAndUnwritablePathsAreNamed() async throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path + "/empty", withIntermediateDirectories: true)
    let empty = await CapturedRun(["inspect", folder.path + "/empty"])
    #expect(empty.status == 2 && empty.error.contains("config.json"))
    _ = try folder.file("taken", "a file")
    let blocked = await CapturedRun(["report", "smollm2-135m", "--target", "16k", "--methods", "none", "-o", folder.path + "/taken/out"])
    #expect(blocked.status == 2 && blocked.error.contains("taken"))
    #expect(folder.files == ["taken"])
  }
}
