import Foundation
import RopeTensors
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
    (
      #"{"head_dim": 128, "max_position_embeddings": 4096, "rope_scaling": {"rope_type": "linear", "factor": "x"}}"#,
      "factor"
    ),
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
    ["inspect", "qwen2.5-7b", "--method", "clex:weights=nothere.safetensors"],
    ["inspect", "qwen2.5-7b", "--target", "2^60"],
    ["inspect", "qwen2.5-7b", "--at", "9999999999999999999"], ["inspect", "--head-dim", "128"],
    ["inspect", "--head-dim", "1000000000", "--trained-length", "4k"], ["inspect", "nothere.json"],
    ["figure", "wavelenght", "qwen2.5-7b", "-o", "x.pdf"], ["figure", "wavelength", "qwen2.5-7b", "-o", "x.bmp"],
    ["figure", "wavelength", "qwen2.5-7b", "--width", "0", "-o", "x.pdf"], ["reprot", "qwen2.5-7b"], ["inspect"],
    ["render", "nothere.json"], ["report", "qwen2.5-7b", "--target", "128k", "-o", "/proc/ropescope"],
    ["inspect", "--head-dim", "2", "--trained-length", "4k", "--method", "ntk:factor=2"],
    ["report", "qwen2.5-7b", "--target", "128k", "--samples", "3"],
    ["attend", "nothere.safetensors", "-o", "out.safetensors"],
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

  /// A scaling that nobody knows is refused; one that a model's own code knows is read as none, and said so.
  @Test func unknownScalingsAreRefused() async {
    let config =
      #"{"head_dim": 128, "max_position_embeddings": 4096, "rope_scaling": {"rope_type": "yarm", "factor": 4}}"#
    let run = await CapturedRun(["inspect", "-"], input: config)
    #expect(run.status == 2 && run.error.contains("no runtime knows the rope_type “yarm”; did you mean “yarn”?"))
    let own = await CapturedRun(["inspect", "-"], input: config.replacing("yarm", with: "clex"))
    #expect(own.status == 0 && own.output.contains("rope_type “clex” is not known (KeyError)"))
  }

  @Test func nearNamesAreSuggested() async {
    for (arguments, hint) in [
      (["inspct"], "inspect"), (["inspect", "qwen2.5-7c"], "qwen2.5-7b"),
      (["inspect", "qwen2.5-7b", "--method", "lineer"], "linear"),
      (["figure", "wavelenght", "qwen2.5-7b", "-o", "x.pdf"], "wavelength"),
      (["report", "qwen2.5-7b", "--style", "nurips"], "neurips"),
    ] {
      let run = await CapturedRun(arguments)
      #expect(run.error.contains("did you mean “\(hint)”"), "\(run.error)")
    }
  }

  /// Degenerate YaRN ranges, factors below and at 1, one-token models: numbers, not crashes.
  @Test(arguments: [
    "yarn:factor=4,beta_fast=1,beta_slow=1", "yarn:factor=1", "yarn:factor=4,beta_fast=1e-6,beta_slow=1e6",
    "yarn:factor=0.5", "llama3:factor=2,low_freq_factor=4,high_freq_factor=4",
  ])
  func degenerateParametersEndWell(method: String) async throws {
    for trained in ["1", "2", "4k"] {
      let run = await CapturedRun(
        [
          "inspect", "--head-dim", "64", "--trained-length", trained, "--method", method, "--target", "8k", "--format",
          "json",
        ])
      #expect(run.status == 0 || run.status == 2)
      #expect(run.json != nil, "\(method) \(trained)")
      if let plan = (run.json?["plans"] as? [[String: Any]])?.first {
        let frequencies = try #require(plan["inverse_frequencies"] as? [Double])
        #expect(frequencies.allSatisfy { $0.isFinite && $0 >= 0 })
      }
    }
  }

  @Test func controlCharactersAreWrittenOut() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.file(
      "config.json", #"{"head_dim": "a\u001b[2J\n\u009bb\u007f", "max_position_embeddings": 64}"#)
    let run = await CapturedRun(["inspect", file])
    #expect(run.status == 2 && run.error.contains(#"the text “a\u{1b}[2J \u{9b}b\u{7f}”"#), "\(run.error)")
    #expect(run.error.unicodeScalars.dropLast().allSatisfy { $0.properties.generalCategory != .control })
  }

  // MARK: Models that cannot be run

  /// A copy of a golden model with some keys of its configuration changed.
  private func model(_ name: String, _ changes: [String: Any] = [:], in folder: TemporaryFolder) throws -> String {
    let path = folder.path + "/" + name
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    var config = try #require(try Fixtures.json("golden/models/\(name)/config.json") as? [String: Any])
    config.merge(changes) { $1 }
    try JSONSerialization.data(withJSONObject: config).write(to: URL(fileURLWithPath: path + "/config.json"))
    try Fixtures.data("golden/models/\(name)/model.safetensors")
      .write(to: URL(fileURLWithPath: path + "/model.safetensors"))
    return path
  }

  /// What is said where five tokens are to be read.
  private func refusal(_ model: String, ids: String = "[1, 2, 3, 4, 5]", in folder: TemporaryFolder) async throws
    -> String
  {
    let ids = try folder.file("ids.json", ids)
    let run = await CapturedRun([
      "evaluate", "perplexity", model, "--token-ids", ids, "--lengths", "4", "--methods", "none", "-q",
    ])
    #expect(run.status == 2, "\(run.output)")
    return run.error
  }

  @Test func valuesThatNoModelHasAreRefused() async throws {
    let cases: [(String, [String: Any], String)] = [
      (
        "gemma3-s1", ["final_logit_softcapping": -1],
        "“final_logit_softcapping” is -1, expected 0.001 or more, or 0 for none"
      ),
      ("gemma3-s1", ["final_logit_softcapping": 1e-9], "expected 0.001 or more, or 0 for none"),
      ("gemma3-s1", ["query_pre_attn_scalar": 0], "“query_pre_attn_scalar” is 0, expected 0.001"),
      ("gemma3-s1", ["rms_norm_eps": 2], "“rms_norm_eps” is 2, expected 0 … 1"),
      (
        "gemma3-s1", ["layer_types": "sliding_attention"],
        "“layer_types” is the text “sliding_attention”, expected a list"
      ),
      ("gemma3-s1", ["layer_types": [1, 2, 3]], "“layer_types[0]” is 1, expected full_attention or sliding_attention"),
      (
        "gemma3-s1", ["layer_types": ["full_attention", "window", "full_attention"]],
        "“layer_types[1]” is the text “window”, expected full_attention"
      ),
      ("gemma3-s1", ["layer_types": ["full_attention"]], "“layer_types” names 1 layers, the model has 3"),
      (
        "qwen2-s1", ["tie_word_embeddings": false],
        "/model.safetensors”: the file holds no tensor “lm_head.weight”"
      ),
      (
        "llama-s1", ["vocab_size": 98],
        "/model.safetensors”: tensor “model.embed_tokens.weight” has shape [97, 64], the model's configuration asks for [98, 64]"
      ),
    ]
    for (name, changes, expected) in cases {
      let folder = try TemporaryFolder()
      let said = try await refusal(model(name, changes, in: folder), in: folder)
      #expect(said.contains(expected), "\(said), expected “\(expected)”")
    }
  }

  @Test func missingFilesAndTensorsAreNamed() async throws {
    let folder = try TemporaryFolder()
    let path = try model("llama-s1", in: folder), weights = URL(fileURLWithPath: path + "/model.safetensors")
    let whole = try Safetensors([UInt8](Data(contentsOf: weights)))
    for missing in ["model.layers.0.post_attention_layernorm.weight", "model.norm.weight"] {
      var writer = SafetensorsWriter()
      for name in whole.names where name != missing { writer.add(try whole.floats(name), named: name) }
      try Data(writer.bytes).write(to: weights)
      #expect(
        try await refusal(path, in: folder).contains("/model.safetensors”: the file holds no tensor “\(missing)”"))
    }
    try Data([1, 2, 3]).write(to: weights)
    #expect(try await refusal(path, in: folder).contains("/model.safetensors”: not a valid safetensors file"))
    try FileManager.default.moveItem(atPath: path + "/config.json", toPath: path + "/params.json")
    #expect(try await refusal(path, in: folder).contains("the model's config.json is missing"))
  }

  @Test func tokenIDsThatAreNoneAreNamed() async throws {
    let folder = try TemporaryFolder()
    let path = try model("llama-s1", in: folder)
    for entry in ["9223372036854775808", "1e30", "1.5"] {
      let said = try await refusal(path, ids: "[1, \(entry)]", in: folder)
      #expect(said.contains("ids.json: entry 2 of the token ids is \(entry), expected a whole number"), "\(said)")
    }
  }

  @Test func shapesThatAttentionCannotReadAreNamed() async throws {
    let folder = try TemporaryFolder()
    func tensor(_ shape: [Int]) throws -> Tensor<Float> {
      try Tensor(shape: shape, values: [Float](repeating: 1, count: shape.reduce(1, *)))
    }
    let good = [2, 3, 4]
    let cases: [([[Int]], String)] = [
      ([good, [3, 4], good], "“k” has shape [3, 4]"), ([[], good, good], "“q” has shape []"),
      ([good, good, [2, 0, 4]], "“v” has shape [2, 0, 4]"),
    ]
    for (shapes, expected) in cases {
      var file = SafetensorsWriter()
      for (name, shape) in zip(["q", "k", "v"], shapes) { file.add(try tensor(shape), named: name) }
      let path = folder.path + "/in.safetensors"
      try Data(file.bytes).write(to: URL(fileURLWithPath: path))
      let run = await CapturedRun(["attend", path, "-o", folder.path + "/out.safetensors"])
      #expect(run.status == 2 && run.error.contains("tensor \(expected), expected three axes"), "\(run.error)")
    }
  }

  @Test func unreadableAndUnwritablePathsAreNamed() async throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path + "/empty", withIntermediateDirectories: true)
    let empty = await CapturedRun(["inspect", folder.path + "/empty"])
    #expect(empty.status == 2 && empty.error.contains("config.json"))
    _ = try folder.file("taken", "a file")
    let blocked = await CapturedRun([
      "report", "smollm2-135m", "--target", "16k", "--methods", "none", "-o", folder.path + "/taken/out",
    ])
    #expect(blocked.status == 2 && blocked.error.contains("taken"))
    #expect(folder.files == ["taken"])
  }
}
