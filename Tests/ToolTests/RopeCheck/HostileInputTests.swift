import Foundation
import RopeCheck
import RopeConfig
import RopeJSON
import Testing

@Suite struct HostileInputTests {
  private static let good =
    #"{"model_type": "llama", "max_position_embeddings": 4096, "rope_scaling": {"rope_type": "yarm", "factor": 2.0}}"#

  private static func folder(_ files: [String: Data]) throws -> URL {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("rope-check-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, data) in files { try data.write(to: url.appendingPathComponent(name)) }
    return url
  }

  @Test func badFilesFailAloneAndTheOthersAreChecked() throws {
    let url = try Self.folder([
      "a-brackets.json": Data(repeating: UInt8(ascii: "["), count: 10 << 20),
      "b-duplicate.json": Data(#"{"rope_theta": 1, "model_type": "llama", "rope_theta": 2}"#.utf8),
      "c-overflow.json": Data(#"{"model_type": "llama", "rope_theta": 1e999}"#.utf8),
      "d-encoding.json": Data([0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D]),
      "e-empty.json": Data(),
      "z-good.json": Data(Self.good.utf8),
    ])
    defer { try? FileManager.default.removeItem(at: url) }
    try FileManager.default.createSymbolicLink(at: url.appendingPathComponent("loop"), withDestinationURL: url)
    try FileManager.default.createSymbolicLink(
      at: url.appendingPathComponent("self.json"), withDestinationURL: url.appendingPathComponent("self.json"))
    let report = Checker().check(paths: [url.path])
    let errors = Dictionary(
      report.files.compactMap { file in file.error.map { ((file.path as NSString).lastPathComponent, $0) } }
    ) { first, _ in first }
    #expect(
      Set(errors.keys) == [
        "a-brackets.json", "b-duplicate.json", "c-overflow.json", "d-encoding.json", "e-empty.json", "self.json",
      ])
    #expect(errors["b-duplicate.json"]?.message.contains("stands twice") == true)
    #expect(errors["b-duplicate.json"]?.pointer == "/rope_theta")
    #expect(errors["b-duplicate.json"]?.column == 42)
    #expect(errors["a-brackets.json"]?.message.contains("nested more than") == true)
    #expect(errors["c-overflow.json"]?.message.contains("1e999") == true)
    #expect(errors["d-encoding.json"]?.message.contains("UTF-8") == true)
    #expect(report.files.flatMap(\.findings).contains { $0.rule == "rope-type-unknown" })
    #expect(report.exitCode(failOn: .error) == 2)
  }

  @Test func aFileThatVanishesIsReported() {
    var files = CheckFileSystem.memory(["a/config.json": Self.good, "b/config.json": Self.good])
    let read = files.read
    files.read = { path throws(ConfigurationError) in
      if path == "a/config.json" { throw ConfigurationError(.unreadable, "the file cannot be read", path: path) }
      return try read(path)
    }
    let report = Checker(files: files).check(paths: ["."])
    #expect(report.files.map(\.path) == ["a/config.json", "b/config.json"])
    #expect(report.files.first?.error != nil)
    #expect(report.files.last?.findings.isEmpty == false)
  }

  @Test func aMissingPathIsAnError() {
    let report = Checker(files: .memory([:])).check(paths: ["nowhere.json"])
    #expect(report.files.first?.error?.kind == "unreadable")
    #expect(report.exitCode(failOn: .error) == 2)
  }

  /// Any value in any place: rules never crash and never loop.
  @Test func oddValuesInEveryPlaceAreSurvived() throws {
    let odd = [
      "null", "true", "-1", "0", "1e308", "-1e308", "0.5", "\"text\"", "[]", "{}", "[1, \"a\", null]", "{\"a\": {}}",
      "1099511627776", "9223372036854775807", "NaN", "Infinity",
    ]
    let keys = [
      "max_position_embeddings", "rope_theta", "hidden_size", "num_attention_heads", "head_dim",
      "partial_rotary_factor", "sliding_window", "layer_types", "rope_scaling", "rope_parameters", "model_type",
      "num_hidden_layers", "vocab_size", "kv_lora_rank", "qk_rope_head_dim", "no_rope_layers", "text_config",
      "original_max_position_embeddings",
    ]
    let inner = [
      "rope_type", "type", "factor", "original_max_position_embeddings", "beta_fast", "beta_slow", "attention_factor",
      "mscale", "mscale_all_dim", "low_freq_factor", "high_freq_factor", "short_factor", "long_factor", "mrope_section",
      "truncate", "rope_theta",
    ]
    let facts = Facts(
      targetLength: 131_072, trainLength: 65_536, claimedLength: 1 << 20,
      runtimes: ["vllm", "sglang", "llama.cpp", "mlx", "transformers 4.40-5"],
      base: "Llama-3.1-8B", trainer: "Megatron-LM",
      commandLine: "--rope-scaling yarn --max-model-len 1 -c 0 --hf-overrides '{\"rope_parameters\": {}}'",
      yaml: "a: [", workload: "short 2k", precision: "rope bf16", memory: 0.001)
    var count = 0
    for type in ["yarn", "linear", "dynamic", "llama3", "longrope", "default", "clex", "x"] {
      for key in keys + inner {
        for value in odd {
          let isInner = inner.contains(key)
          let dictionary =
            "{\"rope_type\": \"\(type)\", \"factor\": 4.0, \"original_max_position_embeddings\": 4096\(isInner ? ", \"\(key)\": \(value)" : "")}"
          let text =
            "{\"model_type\": \"llama\", \"hidden_size\": 4096, \"num_attention_heads\": 32, \"max_position_embeddings\": 16384, \"rope_scaling\": \(dictionary)\(isInner ? "" : ", \"\(key)\": \(value)")}"
          // Repeated keys are refused before the rules see them; a nested copy brings the odd value to them.
          let single =
            key == "rope_scaling" || text.components(separatedBy: "\"\(key)\"").count > 2
            ? "{\"model_type\": \"llama\", \"max_position_embeddings\": 16384, \"rope_scaling\": {\"rope_type\": \"\(type)\", \"factor\": 4.0}, \"text_config\": {\"model_type\": \"qwen3\", \"\(key)\": \(value)}}"
            : text
          let report = Checker(facts: count.isMultiple(of: 2) ? facts : Facts()).check(
            bytes: Array(single.utf8), path: "config.json")
          #expect(report.files.count == 1)
          count += 1
        }
      }
    }
    #expect(count > 3000)
  }
}
