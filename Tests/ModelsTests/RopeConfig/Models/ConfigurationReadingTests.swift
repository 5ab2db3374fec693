import Foundation
import RopeConfig
import RopeJSON
import RopeMath
import RopeTestSupport
import Testing

@Suite struct ConfigurationReadingTests {
  private func model(_ text: String) throws -> Reading {
    try ModelLoader.load(bytes: Array(text.utf8), name: "config.json")
  }

  private func fault(in text: String) -> ConfigurationError? {
    do {
      _ = try model(text)
      return nil
    } catch {
      return error as? ConfigurationError
    }
  }

  private let llama =
    #""model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 4096"#

  @Test func mistralParametersAreYaRN() throws {
    let sizes = #""dim": 4096, "n_layers": 34, "n_heads": 32, "head_dim": 128, "rope_theta": 1000000.0"#
    let native = try model(
      "{\(sizes), \"max_position_embeddings\": 262144,\n\"yarn\": {\"factor\": 16, \"beta\": 16, \"alpha\": 2, "
        + "\"original_max_position_embeddings\": 16384, \"apply_scale\": false}}")
    let same = try model(
      "{\(sizes), \"max_position_embeddings\": 262144, \"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 16, "
        + "\"beta_fast\": 16, \"beta_slow\": 2, \"original_max_position_embeddings\": 16384, \"attention_factor\": 1}}")
    #expect(native.layerTypes.first?.scaling != nil)
    #expect(native.layerTypes.map(\.scaling) == same.layerTypes.map(\.scaling))
    // The maker's own code rotates neighbours.
    #expect(
      native.layerTypes.first?.geometry.pairing == .interleaved && same.layerTypes.first?.geometry.pairing == .half)
    #expect(native.layerTypes.map(\.geometry.trainedLength) == same.layerTypes.map(\.geometry.trainedLength))
    let error = try #require(
      fault(
        in: "{\(sizes),\n\"yarn\": {\"factor\": 16, \"beta\": \"32\", \"original_max_position_embeddings\": 16384}}"))
    #expect(error.pointer == "/yarn/beta")
    #expect(error.line == 2)
  }

  /// The same rotation under the names of the makers' own programs, and by their defaults.
  @Test func makersFilesAreRead() throws {
    func same(_ native: String, _ usual: String) throws {
      let native = try model(native), usual = try model(usual)
      #expect(native.layerTypes.map(\.scaling) == usual.layerTypes.map(\.scaling))
      #expect(native.layerTypes.map(\.geometry) == usual.layerTypes.map(\.geometry))
      #expect(native.layerTypes.allSatisfy { $0.scaling != nil })
    }
    let meta = #""dim": 4096, "n_layers": 32, "n_heads": 32, "n_kv_heads": 8, "rope_theta": 500000.0"#
    let llama3 = """
      "rope_interleave": true, "rope_scaling": {"rope_type": "llama3", "factor": 8, "low_freq_factor": 1, \
      "high_freq_factor": 4, "original_max_position_embeddings": 8192}
      """
    try same("{\(meta), \"use_scaled_rope\": true}", "{\(meta), \(llama3)}")
    let sizes = #""num_hidden_layers": 24, "num_attention_heads": 64, "head_dim": 64, "sliding_window": 128"#
    try same(
      """
      {\(sizes), "rope_theta": 150000, "initial_context_length": 4096, "rope_scaling_factor": 32.0, \
      "rope_ntk_alpha": 1, "rope_ntk_beta": 32}
      """,
      """
      {\(sizes), "rope_theta": 150000, "model_type": "gpt_oss", "max_position_embeddings": 131072, "rope_scaling": \
      {"rope_type": "yarn", "factor": 32, "beta_fast": 32, "beta_slow": 1, "truncate": false, \
      "original_max_position_embeddings": 4096}}
      """)
    let latent = """
      "n_layers": 61, "dim": 7168, "n_heads": 128, "kv_lora_rank": 512, "qk_nope_head_dim": 128, \
      "qk_rope_head_dim": 64
      """
    let deepSeek = """
      {\(latent), "model_type": "deepseek_v3", "max_position_embeddings": 16384, "rope_theta": 10000, "rope_scaling": \
      {"rope_type": "yarn", "factor": 40, "beta_fast": 32, "beta_slow": 1, "mscale": 1, "mscale_all_dim": 1, \
      "original_max_position_embeddings": 4096}}
      """
    try same("{\(latent)}", deepSeek)
    try same("{\(latent), \"rope_factor\": 40, \"mscale\": 1.0, \"max_seq_len\": 16384}", deepSeek)
    let short = try model("{\(latent), \"max_seq_len\": 4096}")
    #expect(short.layerTypes.allSatisfy { $0.scaling == nil } && short.window == 4096)
  }

  @Test func placesAreKept() throws {
    let text =
      "{\r\n  \(llama),\r\n  \"rope_scaling\": {\r\n    \"type\": \"yarn\",\r\n    \"factor\": \"4\"\r\n  }\r\n}"
    let error = try #require(fault(in: text))
    #expect(error.line == 5)
    #expect(error.column == 15)
    #expect(error.pointer == "/rope_scaling/factor")
    #expect(error.message.contains("the text “4”"))
  }

  @Test func valuesKnowTheirOrigin() throws {
    let model = try model("{\(llama), \"rope_theta\": 500000.0}")
    let base = try #require(model.values.first { $0.key == "base" })
    #expect(base.origin == .given && base.pointer == "/rope_theta" && base.line == 1)
    let head = try #require(model.values.first { $0.key == "head_dim" })
    #expect(head.origin == .derived && head.value == .number(128))
    let plain = try self.model("{\(llama)}")
    #expect(plain.values.first { $0.key == "base" }?.origin == .default)
  }

  @Test func byteOrderMarkAndPythonLiteralsAreRead() throws {
    let marked = try ModelLoader.load(
      bytes: [0xEF, 0xBB, 0xBF] + Array("{\(llama), \"x\": -Infinity}".utf8), name: "c")
    #expect(marked.layerTypes.count == 1)
    #expect(fault(in: "{\(llama), \"rope_theta\": NaN}")?.pointer == "/rope_theta")
  }

  @Test func nestedTextConfigurationsAreFound() throws {
    let model = try model(
      "{\"model_type\": \"x\", \"vision_config\": {\"hidden_size\": 64}, \"text_config\": {\(llama), \"rope_theta\": 7e5}}"
    )
    #expect(model.layerTypes.first?.geometry.base == 7e5)
    #expect(model.values.first { $0.key == "base" }?.pointer == "/text_config/rope_theta")
  }

  @Test func bothGenerationsOfKeysAgree() throws {
    let old = try model("{\(llama), \"rope_theta\": 1e6, \"rope_scaling\": {\"type\": \"linear\", \"factor\": 4}}")
    let new = try model(
      "{\(llama), \"rope_parameters\": {\"rope_type\": \"linear\", \"factor\": 4, \"rope_theta\": 1e6}}")
    #expect(old.layerTypes.first?.geometry == new.layerTypes.first?.geometry)
    #expect(old.layerTypes.first?.scaling == new.layerTypes.first?.scaling)
  }

  @Test func latentAttentionCarriesItsSoftmaxScale() throws {
    let text = """
      {"model_type": "deepseek_v3", "hidden_size": 7168, "num_attention_heads": 128, "kv_lora_rank": 512,
       "qk_rope_head_dim": 64, "qk_nope_head_dim": 128, "max_position_embeddings": 163840, "rope_theta": 10000,
       "rope_scaling": {"type": "yarn", "factor": 40, "mscale": 1.0, "mscale_all_dim": 1.0,
       "original_max_position_embeddings": 4096}}
      """
    let layer = try #require(try model(text).layerTypes.first)
    let plan = try layer.plan(length: 163_840, target: 163_840)
    #expect(layer.geometry.headDimension == 64)
    #expect(plan.attentionFactor == 1)
    #expect(Accuracy.relative(plan.softmaxScaleFactor, 1.87385) < 1e-5)
  }

  @Test(arguments: [
    "", "{", "[1, 2]", "{\"a\": }", "{\"a\": 01}", "{\"a\" 1}", "{\"a\": \"\u{1}\"}", "{} x", "{\"a\": tru}",
    "{\"hidden_size\": 1e999}", "{\"head_dim\": 1000000000}",
    "{\"head_dim\": 128, \"max_position_embeddings\": 1152921504606846976}",
    "{\"head_dim\": 63, \"max_position_embeddings\": 4096}", "{\"head_dim\": 128.5}", "{\"head_dim\": -4}",
    "{\"head_dim\": 128, \"max_position_embeddings\": 4096, \"rope_theta\": 0}",
    "{\"head_dim\": 128, \"max_position_embeddings\": 4096, \"rope_theta\": -1}",
    "{\"head_dim\": 2, \"max_position_embeddings\": 4096, \"rope_scaling\": {\"type\": \"dynamic\", \"factor\": 2.0}}",
    "{\"head_dim\": 128, \"max_position_embeddings\": 4096, \"rope_scaling\": \"linear\"}",
    "{\"head_dim\": 128, \"max_position_embeddings\": 4096, \"rope_scaling\": {\"type\": 4}}",
    "{\"head_dim\": 128, \"max_position_embeddings\": 4096, \"rope_scaling\": {\"type\": \"linear\"}}",
    "{\"head_dim\": 128, \"max_position_embeddings\": 4096, \"rope_scaling\": {\"type\": \"linear\", \"factor\": 0}}",
    "{\"head_dim\": 128, \"max_position_embeddings\": 4096, \"rope_scaling\": {\"type\": \"linear\", \"factor\": -3}}",
    "{\"head_dim\": 128, \"max_position_embeddings\": 4096, \"rope_theta\": 1, \"rope_scaling\": {\"type\": \"yarn\", \"factor\": 4}}",
  ])
  func faultsAreOneSentenceWithAPlace(text: String) throws {
    let error = try #require(fault(in: text), "\(text) is read")
    #expect(!error.message.isEmpty && !error.message.contains("\n"))
    #expect(error.path == "config.json")
  }

  @Test func hostileInputEndsWithAnError() {
    #expect(fault(in: String(repeating: "[", count: 10_000_000))?.kind == .malformed)
    #expect(fault(in: String(repeating: "{\"a\":", count: 1_000_000))?.kind == .malformed)
    let invalid: [UInt8] = Array("{\"a\": \"".utf8) + [0xFF, 0xC0] + Array("\"}".utf8)
    #expect(throws: ConfigurationError.self) { try ModelLoader.load(bytes: invalid, name: "x") }
    #expect(throws: ConfigurationError.self) { try ModelLoader.load(bytes: [0xFF, 0xFE, 0x7B, 0], name: "x") }
    #expect(throws: ConfigurationError.self) { try ModelLoader.load("no-such-model-or-file") }
  }

  /// As transformers' Qwen2Config and Qwen3Config: off unless switched on, and then in the last layers.
  @Test func qwenSlidesWhereItIsSwitchedOn() throws {
    let sizes =
      #""hidden_size": 64, "num_attention_heads": 4, "num_hidden_layers": 30, "max_position_embeddings": 4096"#
    for type in ["qwen2", "qwen3"] {
      let qwen = "\"model_type\": \"\(type)\", \(sizes), \"sliding_window\": 128"
      #expect(try model("{\(qwen)}").layerTypes.first?.window == nil)
      let on = try model("{\(qwen), \"use_sliding_window\": true}")
      #expect(on.layerTypes.first?.window == 128 && on.windowedLayers == (0..<30).map { $0 >= 28 })
      #expect(on.notes.contains { $0.contains("holds for 2 of 30 layers") })
      let none = try model("{\(qwen), \"use_sliding_window\": true, \"max_window_layers\": 30}")
      #expect(none.layerTypes.first?.window == nil && none.windowedLayers == nil)
      let types = (0..<30).map { $0 == 7 ? "\"sliding_attention\"" : "\"full_attention\"" }.joined(separator: ", ")
      let listed = try model("{\(qwen), \"use_sliding_window\": true, \"layer_types\": [\(types)]}")
      #expect(listed.windowedLayers == (0..<30).map { $0 == 7 })
    }
    let mistral = try model("{\"model_type\": \"mistral\", \(sizes), \"sliding_window\": 128}")
    #expect(mistral.layerTypes.first?.window == 128 && mistral.windowedLayers == nil)
  }

  @Test func pipesAreNoConfigurations() throws {
    let pipe = NSTemporaryDirectory() + "/ropescope-\(UUID().uuidString).json"
    #expect(mkfifo(pipe, 0o600) == 0)
    defer { try? FileManager.default.removeItem(atPath: pipe) }
    do {
      _ = try ModelLoader.load(pipe)
      Issue.record("read")
    } catch {
      #expect(error.message.contains("no regular file") && error.path == pipe)
    }
  }

  @Test func misspelledPresetsAreGuessed() {
    do {
      _ = try ModelLoader.load("qwen2.5-7")
      Issue.record("read")
    } catch {
      #expect(error.message.contains("did you mean “qwen2.5-7b”"))
    }
  }
}
