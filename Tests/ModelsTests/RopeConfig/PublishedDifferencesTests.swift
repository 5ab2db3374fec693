import Foundation
import RopeConfig
import RopeJSON
import RopeMath
import RopeTestSupport
import Testing

/// Differences between runtimes that were read in their sources or reported by users, number by number.
@Suite struct PublishedDifferencesTests {
  private func model(
    type: String = "llama", head: Int = 128, window: Int, base: Double, scaling: String, extra: String = ""
  ) throws -> Declaration {
    try declaration(
      """
      {"model_type": "\(type)", "head_dim": \(head), "max_position_embeddings": \(window), "rope_theta": \(base),
       \(extra)"rope_scaling": {\(scaling)}}
      """)
  }

  private func layer(
    _ runtime: String, _ config: Declaration, length: Int = 32_768, served: Int? = nil
  ) throws -> RuntimeLayer {
    let chosen = try #require(try RuntimeCatalogue.selection(runtime).runtimes.first)
    return try #require(try chosen.layers(of: config, length: length, servedLength: served).first)
  }

  private func attention(_ runtime: String, _ config: Declaration) throws -> Double {
    try layer(runtime, config).plan.attentionFactor
  }

  /// Largest factor by which a frequency of the runtime exceeds the reference's, and at which pair.
  private func largestRatio(_ runtime: String, _ config: Declaration) throws -> (ratio: Double, pair: Int) {
    let own = try layer(runtime, config).plan
    let reference = try layer("transformers", config).plan
    let ratios = zip(own.inverseFrequencies, reference.inverseFrequencies).map { $0 / $1 }
    let largest = try #require(ratios.indices.max { ratios[$0] < ratios[$1] })
    return (ratios[largest], largest)
  }

  @Test func temperature() throws {
    let lone = try model(
      window: 163_840, base: 1e4,
      scaling: #""type": "yarn", "factor": 40.0, "original_max_position_embeddings": 4096, "mscale": 0.707"#)
    #expect(abs(try attention("transformers", lone) - 1.36889) < 1e-5)
    for runtime in ["mlx-lm", "mlx-swift-lm"] { #expect(abs(try attention(runtime, lone) - 1.26080) < 1e-5) }
    let pair = try model(
      window: 163_840, base: 1e4,
      scaling:
        #""type": "yarn", "factor": 40.0, "original_max_position_embeddings": 4096, "mscale": 0.707, "mscale_all_dim": 1.0"#
    )
    #expect(abs(try attention("transformers", pair) - 0.92104) < 1e-5)
    for runtime in ["vllm@0.29", "llama.cpp"] { #expect(abs(try attention(runtime, pair) - 1.36889) < 1e-5) }
    let equal = try model(
      window: 65_536, base: 1e6,
      scaling:
        #""type": "yarn", "factor": 16.0, "original_max_position_embeddings": 4096, "mscale": 1.0, "mscale_all_dim": 1.0"#
    )
    for (runtime, factor) in [
      ("transformers", 1), ("vllm", 1), ("transformers@4.45", 1.27726), ("vllm@0.29", 1.27726), ("llama.cpp", 1.27726),
    ] {
      #expect(abs(try attention(runtime, equal) - factor) < 1e-5, "\(runtime)")
    }
    let zero = try model(
      window: 40_960, base: 1e4,
      scaling:
        #""type": "yarn", "factor": 10.0, "original_max_position_embeddings": 4096, "mscale": 0.0, "mscale_all_dim": 1.0"#
    )
    #expect(abs(try attention("sglang", zero) - 0.81284) < 1e-5)
  }

  @Test func ramp() throws {
    let unrounded = try model(
      type: "qwen2", head: 64, window: 131_072, base: 150_000,
      scaling: #""rope_type": "yarn", "factor": 32.0, "original_max_position_embeddings": 4096, "truncate": false"#)
    for runtime in ["llama.cpp", "mlx-lm", "transformers@4.51"] {
      let (ratio, pair) = try largestRatio(runtime, unrounded)
      #expect(abs(ratio - 1.763) < 1e-3 && pair == 17, "\(runtime): \(ratio) at \(pair)")
    }
    let betas = try model(
      type: "qwen2", window: 131_072, base: 1e6,
      scaling:
        #""rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768, "beta_fast": 64, "beta_slow": 2"#
    )
    let (ratio, pair) = try largestRatio("llama.cpp", betas)
    #expect(abs(ratio - 1.53) < 5e-3 && pair == 37)
    let multimodal = try model(
      type: "qwen2_5_vl", window: 32_768, base: 1e6,
      scaling:
        #""rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768, "mrope_section": [16, 24, 24]"#
    )
    #expect(abs(try largestRatio("vllm", multimodal).ratio - 2.235) < 1e-3)
  }

  @Test func missingOriginalLength() throws {
    let config = try model(
      type: "qwen2", window: 131_072, base: 1e6, scaling: #""rope_type": "yarn", "factor": 4.0"#)
    #expect(try layer("transformers", config).parameters["original_max_position_embeddings"] == .number(131_072))
    #expect(try layer("mlx-lm", config).parameters["original_max_position_embeddings"] == .number(4096))
    #expect(throws: ConfigurationError.self) { try layer("llama.cpp", config) }
    let own = try layer("mlx-lm", config).plan
    let reference = try layer("transformers", config).plan
    let smallest = zip(own.inverseFrequencies, reference.inverseFrequencies).map { $0 / $1 }.min() ?? 1
    #expect(abs(smallest - 0.26) < 5e-3)
  }

  @Test func dynamicScaling() throws {
    let config = try model(window: 4096, base: 1e4, scaling: #""type": "dynamic", "factor": 2.0"#)
    #expect(try layer("transformers", config, length: 1000).plan.base == 10_000)
    #expect(abs(try layer("sglang", config, length: 1000).plan.base - 30_528) < 1)
    #expect(try layer("vllm", config, length: 8192).plan.base == 10_000)
    let growing = try layer("transformers", config, length: 8192).plan
    #expect(Accuracy.relative(growing.base, 10_000 * pow(3, 128.0 / 126)) < 1e-12)
    #expect(try layer("llama.cpp", config, length: 8192).method == "none")
  }

  @Test func searchedLists() throws {
    func list(_ value: Double) -> String { "[" + Array(repeating: "\(value)", count: 48).joined(separator: ", ") + "]" }
    let config = try model(
      type: "phi3", head: 96, window: 131_072, base: 1e4,
      scaling: "\"type\": \"longrope\", \"short_factor\": \(list(1)), \"long_factor\": \(list(2))",
      extra: "\"original_max_position_embeddings\": 4096, ")
    func first(_ runtime: String, _ length: Int, _ served: Int?) throws -> Double {
      try layer(runtime, config, length: length, served: served).plan.inverseFrequencies[0]
    }
    #expect(try first("transformers", 1000, nil) == 1 && first("transformers", 4097, nil) == 0.5)
    #expect(try first("vllm", 1000, 131_072) == 0.5 && first("vllm", 1000, nil) == 1)
    #expect(try first("llama.cpp", 1000, nil) == 0.5 && first("llama.cpp", 1000, 4096) == 1)
    #expect(try first("mlx-lm", 1000, nil) == 0.5)
    #expect(try first("sglang", 4097, nil) == 1 && first("sglang", 4098, nil) == 0.5)
    #expect(throws: ConfigurationError.self) { try first("megatron", 1000, nil) }
  }

  @Test func keysThatOnlySomeRead() throws {
    let modern = try declaration(
      """
      {"model_type": "llama", "head_dim": 128, "max_position_embeddings": 131072,
       "rope_parameters": {"rope_type": "linear", "factor": 4.0, "rope_theta": 500000.0}}
      """)
    for runtime in ["transformers@4.57", "mlx-lm"] {
      let layer = try layer(runtime, modern)
      #expect(layer.plan.base == 10_000 && layer.method == "none", "\(runtime)")
      #expect(layer.notes.contains { $0.contains("rope_parameters") }, "\(runtime)")
    }
    let both = try model(window: 4096, base: 1e4, scaling: #""type": "dynamic", "rope_type": "linear", "factor": 2.0"#)
    #expect(try layer("transformers", both).method == "linear" && layer("mlx-lm", both).method == "dynamic")
    #expect(throws: ConfigurationError.self) { try layer("vllm", both) }
  }

  /// No runtime stumbles over a published file, and the reference agrees with itself.
  @Test func publishedConfigurations() throws {
    var counts: [String: [Int]] = [:]
    for name in try Fixtures.names(in: "configs") where name.hasSuffix(".json") {
      let bytes = [UInt8](try Fixtures.data("configs/\(name)"))
      let report = ParityReport(
        of: try Declaration(SourceText(bytes: bytes)), runtimes: RuntimeCatalogue.all, length: 131_072)
      guard report.referenceReason == nil else { continue }
      for entry in report.runtimes {
        counts["\(entry.runtime)@\(entry.version)", default: [0, 0, 0]][
          entry.isMismatch ? 1 : entry.supported ? 0 : 2] += 1
      }
    }
    for (runtime, count) in counts.sorted(by: { $0.key < $1.key }) {
      print("published files on \(runtime): \(count[0]) alike, \(count[1]) different, \(count[2]) refused")
    }
    #expect(counts["transformers@5.24.0"]?[1] == 0 && counts["transformers@5.24.0"]?[2] == 0)
    #expect((counts["vllm@0.33.0"]?[0] ?? 0) > 50)
  }
}
