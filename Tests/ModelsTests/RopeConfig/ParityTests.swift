import Foundation
import RopeConfig
import RopeJSON
import RopeMath
import RopeTensors
import RopeTestSupport
import Testing

func declaration(_ text: String) throws -> Declaration {
  try Declaration(SourceText(bytes: Array(text.utf8)))
}

enum Models {
  static let qwen3YaRN = """
    {"model_type": "qwen3", "head_dim": 128, "hidden_size": 2048, "num_attention_heads": 16, "num_hidden_layers": 28,
     "max_position_embeddings": 40960, "rope_theta": 1000000.0,
     "rope_scaling": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}}
    """
  static let laguna = """
    {"model_type": "qwen2", "head_dim": 128, "max_position_embeddings": 262144, "rope_theta": 500000.0,
     "rope_scaling": {"rope_type": "yarn", "factor": 64.0, "original_max_position_embeddings": 4096,
     "attention_factor": 1.0}}
    """
  static let llama31 = """
    {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 131072,
     "rope_theta": 500000.0, "rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0,
     "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}}
    """
  static let deepSeekV3 = """
    {"model_type": "deepseek_v3", "hidden_size": 7168, "num_attention_heads": 128, "kv_lora_rank": 512,
     "qk_rope_head_dim": 64, "qk_nope_head_dim": 128, "max_position_embeddings": 163840, "rope_theta": 10000,
     "rope_scaling": {"type": "yarn", "factor": 40, "beta_fast": 32, "beta_slow": 1, "mscale": 1.0,
     "mscale_all_dim": 1.0, "original_max_position_embeddings": 4096}}
    """
  static let plain = """
    {"model_type": "qwen2", "hidden_size": 3584, "num_attention_heads": 28, "num_hidden_layers": 28,
     "max_position_embeddings": 32768, "rope_theta": 1000000.0}
    """
}

@Suite struct ParityTests {
  private func report(_ text: String, length: Int = 131_072, all: Bool = true) throws -> [String: RuntimeParity] {
    let report = ParityReport(
      of: try declaration(text), runtimes: all ? RuntimeCatalogue.all : RuntimeCatalogue.newest, length: length)
    return Dictionary(uniqueKeysWithValues: report.runtimes.map { ("\($0.runtime)@\($0.version)", $0) })
  }

  @Test func plainModelsAgreeEverywhere() throws {
    for (id, entry) in try report(Models.plain) where entry.supported {
      #expect(!entry.isMismatch, "\(id): \(entry.numbers?.maxRelativeDifference ?? 0)")
    }
  }

  /// The published differences of a Qwen3 file whose window is not the trained length times the factor.
  @Test func windowThatIsNoMultiple() throws {
    let entries = try report(Models.qwen3YaRN)
    let old = try #require(entries["transformers@4.54.1"]?.numbers)
    #expect(old.parameters["factor"] == .number(1.25))
    #expect(abs(old.attentionFactor - 1.02231) < 1e-5)
    #expect(entries["transformers@4.54.1"]?.isMismatch == true)
    // The slowest pairs are interpolated by 1.25 instead of 4.
    #expect(abs((old.maxRelativeDifference ?? 0) - 2.2) < 1e-6)
    #expect(old.pairsDiffering == 128 / 2 - 24)
    for id in [
      "transformers@5.24.0", "vllm@0.33.0", "vllm@0.29.0", "sglang@0.5.23", "llama.cpp@2026-10-01", "mlx-lm@0.32.2",
      "transformers@4.57.6",
    ] {
      #expect(entries[id]?.isMismatch == false, "\(id)")
    }
    #expect(entries["transformers@4.47.1"]?.reason?.contains("qwen3") == true)
  }

  @Test func explicitAttentionFactor() throws {
    let entries = try report(Models.laguna)
    for id in ["vllm@0.29.0", "sglang@0.5.23", "llama.cpp@2026-10-01", "mlx-lm@0.32.2", "megatron@2026-10"] {
      let numbers = try #require(entries[id]?.numbers, "\(id)")
      #expect(abs(numbers.attentionFactor - 1.41589) < 1e-5, "\(id)")
      #expect(numbers.pairsDiffering == 0 && entries[id]?.isMismatch == true, "\(id)")
      // The factor's difference is none of the pairs'.
      #expect(numbers.maxPairDifference == 0 && numbers.factorDifference == numbers.maxRelativeDifference, "\(id)")
    }
    #expect(entries["vllm@0.33.0"]?.isMismatch == false)
  }

  @Test func latentAttention() throws {
    let entries = try report(Models.deepSeekV3, length: 163_840)
    for id in [
      "transformers@4.57.6", "vllm@0.33.0", "sglang@0.5.23", "llama.cpp@2026-10-01", "mlx-lm@0.32.2", "deepseek@3",
      "megatron@2026-10", "torchtitan@2026-10",
    ] {
      let numbers = try #require(entries[id]?.numbers, "\(id): \(entries[id]?.reason ?? "")")
      #expect(abs(numbers.softmaxScaleFactor - 1.87385) < 1e-5, "\(id)")
      #expect(entries[id]?.isMismatch == false, "\(id): \(numbers.maxRelativeDifference ?? 0)")
    }
    // A short context is not scaled by the authors' code.
    let short = ParityReport(
      of: try declaration(Models.deepSeekV3), runtimes: [try Runtime.named("deepseek")], length: 4096)
    #expect(short.runtimes.first?.numbers?.method == "none")
    #expect(!short.mismatches.isEmpty)
  }

  @Test func documentHasTheContractsKeys() throws {
    let report = ParityReport(of: try declaration(Models.laguna), runtimes: RuntimeCatalogue.all, length: 65_536)
    let encoder = JSONEncoder()
    let object = try #require(try JSONSerialization.jsonObject(with: encoder.encode(report)) as? [String: Any])
    #expect(object["schema"] as? String == "ropescope.parity/1")
    #expect(object["reference"] as? String == "transformers 5.24.0" && object["length"] as? Int == 65_536)
    let entries = try #require(object["runtimes"] as? [[String: Any]])
    #expect(entries.count == RuntimeCatalogue.all.count)
    let keys = [
      "runtime", "version", "supported", "reason", "method", "parameters", "inverse_frequencies", "attention_factor",
      "softmax_scale_factor", "max_relative_difference", "pairs_differing", "max_phase_error_radians", "notes",
    ]
    for entry in entries { for key in keys { #expect(entry[key] != nil, "\(entry["runtime"] ?? "") lacks \(key)") } }
    let back = try JSONDecoder().decode(ParityReport.self, from: encoder.encode(report))
    #expect(back.runtimes.map(\.numbers) == report.runtimes.map(\.numbers))
  }

  /// A model known by options or as a preset is handed on like a file.
  @Test func modelsWithoutAFile() throws {
    let geometry = try RotaryGeometry(
      headDimension: 96, rotaryDimension: 64, base: 50_000, pairing: .interleaved, trainedLength: 2048)
    let config = try Reading(geometry: geometry, name: "options").runtimeDeclaration()
    let plan = try #require(try RuntimeCatalogue.reference.layers(of: config, length: 2048).first?.plan)
    #expect(plan.geometry == geometry)
    let preset = try ModelLoader.load("llama-3.1-8b")
    #expect(
      try RuntimeCatalogue.reference.layers(of: preset.runtimeDeclaration(), length: 2048).first?.method == "llama3")
  }

  @Test func serversWindow() throws {
    let card = Models.qwen3YaRN.replacing("40960", with: "32768")
    let notes = try Runtime.named("vllm").layers(of: declaration(card), length: 131_072).flatMap(\.notes)
    #expect(notes.contains { $0.contains("--max-model-len 131072 is refused, the window is 32768") })
    let old = try #require(try RuntimeCatalogue.selection("vllm@0.29").runtimes.first)
    #expect(
      try !old.layers(of: declaration(card), length: 131_072).flatMap(\.notes).contains { $0.contains("refused") })
  }

  /// A dumped table names the runtime that it came from.
  @Test func dumpedTables() throws {
    let config = try declaration(Models.qwen3YaRN)
    let old = try #require(try RuntimeCatalogue.selection("transformers@4.51").runtimes.first)
    let layer = try #require(try old.layers(of: config, length: 65_536).first)
    let frequencies = layer.plan.inverseFrequencies.map { Float($0) }
    let rows = (0..<512).map { layer.table(at: $0) }
    let bytes = try safetensors([
      ("inv_freq", [64], frequencies),
      ("cos", [1, 512, 128], rows.flatMap { $0.cosines + $0.cosines }),
      ("model.embed_tokens.weight", [4, 8], Array(repeating: 0.5, count: 32)),
      ("cos_sin_cache", [512, 128], rows.flatMap { $0.cosines + $0.sines }),
    ])
    let matches = try TensorMatch.matches(in: try Safetensors(bytes), of: config, length: 65_536)
    #expect(matches.map(\.kind) == [.cosines, .cosinesAndSines, .inverseFrequencies, .unknown])
    for match in matches where match.kind != .unknown {
      #expect(
        Set(match.matching.map { "\($0.runtime)@\($0.version)" }) == ["transformers@4.54.1", "transformers@4.55.4"],
        "\(match.tensor)")
    }
  }

  /// A method with other frequencies for short texts is tried with both.
  @Test func dumpedTableOfShortTexts() throws {
    let config = try declaration(
      """
      {"model_type": "llama", "head_dim": 8, "max_position_embeddings": 8192, "rope_theta": 10000.0,
       "original_max_position_embeddings": 4096, "rope_scaling": {"rope_type": "longrope", "factor": 2.0,
       "original_max_position_embeddings": 4096, "short_factor": [1, 2, 3, 4], "long_factor": [5, 6, 7, 8]}}
      """)
    let short = try #require(try RuntimeCatalogue.reference.layers(of: config, length: 1).first)
    let file = try Safetensors(safetensors([("inv_freq", [4], short.plan.inverseFrequencies.map { Float($0) })]))
    let match = try #require(try TensorMatch.matches(in: file, of: config, length: 8192).first)
    #expect(match.matching.contains { $0.runtime == "transformers" && $0.version == "5.24.0" && $0.length == 1 })
    #expect(!match.matching.contains { $0.runtime == "mlx-lm" })
  }

  private func safetensors(_ tensors: [(String, [Int], [Float])]) throws -> [UInt8] {
    var header: [String: Any] = [:]
    var data: [UInt8] = []
    for (name, shape, values) in tensors {
      let start = data.count
      for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { data += $0 } }
      header[name] = ["dtype": "F32", "shape": shape, "data_offsets": [start, data.count]]
    }
    let json = [UInt8](try JSONSerialization.data(withJSONObject: header, options: .sortedKeys))
    return withUnsafeBytes(of: UInt64(json.count).littleEndian) { Array($0) } + json + data
  }
}
