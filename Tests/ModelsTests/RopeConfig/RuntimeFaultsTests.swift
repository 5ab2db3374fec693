import RopeConfig
import RopeJSON
import RopeMath
import Testing

/// What versions do to single classes of models.
@Suite struct RuntimeFaultsTests {
  private func model(_ type: String, _ rest: String = "", scaling: String? = nil) -> String {
    let dictionary = scaling.map { ", \"rope_scaling\": {\($0)}" } ?? ""
    return """
      {"model_type": "\(type)", "head_dim": 128, "hidden_size": 4096, "num_attention_heads": 32, "num_hidden_layers": 8,
       "max_position_embeddings": 8192, "rope_theta": 500000.0\(rest)\(dictionary)}
      """
  }

  private let linear = #""rope_type": "linear", "factor": 4.0"#
  private let yarn = #""rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 2048"#

  private func read(_ runtime: String, _ text: String, length: Int = 8192) throws -> Reading {
    let chosen = try #require(try RuntimeCatalogue.selection(runtime).runtimes.first)
    return try chosen.read(declaration(text), length: length)
  }

  private func method(_ runtime: String, _ text: String) throws -> String {
    try read(runtime, text).layerTypes.first?.scaling?.name ?? "none"
  }

  @Test func scalingIsIgnored() throws {
    for (runtime, type, mended) in [
      ("vllm 0.11.1", "mixtral", "vllm 0.12.0"), ("vllm 0.10.2", "olmo2", "vllm 0.11.0"),
      ("vllm 0.9.2", "granitemoe", "vllm 0.10.0"), ("sglang 0.5.3", "olmo2", "sglang 0.5.6"),
      ("transformers 4.44.2", "qwen2", "transformers 4.45.0"),
      ("transformers 4.47.1", "mistral", "transformers 4.48.0"),
    ] {
      #expect(try method(runtime, model(type, scaling: linear)) == "none", "\(runtime) \(type)")
      let notes = try read(runtime, model(type, scaling: linear)).layerTypes.flatMap(\.notes)
      #expect(notes.contains { $0.contains("ignore") || $0.contains("hands no") }, "\(runtime) \(type)")
      #expect(try method(mended, model(type, scaling: linear)) == "linear", "\(mended) \(type)")
    }
    #expect(try method("sglang", model("mixtral", scaling: linear)) == "none")
    #expect(try method("vllm", model("dbrx", scaling: linear)) == "none")
    // The window is multiplied all the same.
    #expect(try read("vllm 0.11.1", model("mixtral", scaling: linear)).servedWindow?.tokens == 32_768)
  }

  @Test func basesWrittenIntoCode() throws {
    let old = try read("vllm 0.6.3", model("phi"))
    #expect(old.layerTypes.first?.geometry.base == 10_000 && old.servedWindow?.tokens == 2048)
    #expect(old.values.first { $0.key == "base" }?.note?.contains("0.6.4") == true)
    let new = try read("vllm 0.6.4", model("phi"))
    #expect(new.layerTypes.first?.geometry.base == 500_000 && new.servedWindow?.tokens == 8192)
    #expect(try read("vllm", model("chatglm", ", \"rope_ratio\": 500")).layerTypes.first?.geometry.base == 5_000_000)
  }

  @Test func rotatedShares() throws {
    let ling = model("bailing_moe", ", \"partial_rotary_factor\": 0.5")
    #expect(try read("vllm 0.22.1", ling).layerTypes.first?.geometry.rotaryDimension == 128)
    #expect(try read("vllm 0.23.0", ling).layerTypes.first?.geometry.rotaryDimension == 64)
    let told = model("bailing_moe", ", \"partial_rotary_factor\": 0.5, \"rotary_dim\": 64")
    #expect(try read("vllm 0.22.1", told).layerTypes.first?.geometry.rotaryDimension == 64)
  }

  @Test func slidingLayersThatAreScaled() throws {
    let types = (0..<8).map { $0 % 4 == 3 ? "\"full_attention\"" : "\"sliding_attention\"" }.joined(separator: ", ")
    let olmo = model("olmo3", ", \"sliding_window\": 4096, \"layer_types\": [\(types)]", scaling: yarn)
    func scaled(_ runtime: String) throws -> [Bool] {
      try read(runtime, olmo).layerTypes.map { $0.scaling != nil }
    }
    #expect(try scaled("transformers 5.8.0") == [true, true] && scaled("transformers 5.24.0") == [true, false])
    #expect(try scaled("vllm 0.27.0") == [true, true] && scaled("vllm 0.25.1") == [true, false])
    let report = ParityReport(
      of: try declaration(olmo), runtimes: try RuntimeCatalogue.selection("transformers@5.8").runtimes, length: 8192)
    #expect(report.runtimes.first?.isMismatch == true && report.runtimes.first?.numbers?.isMismatch == false)
  }

  @Test func keysLeftOut() throws {
    let full = yarn + #", "beta_fast": 32.0, "beta_slow": 1.0, "truncate": false, "attention_factor": 1.0"#
    let old = try read("vllm 0.11.0", model("gpt_oss", scaling: full)).layerTypes.first?.scaling?.parts.first?.given
    #expect(old?["truncate"] == .flag(true))
    let new = try read("vllm", model("gpt_oss", scaling: full)).layerTypes.first?.scaling?.parts.first?.given
    #expect(new?["truncate"] == .flag(false) && new?["attention_factor"] != .number(1))
    #expect(throws: ConfigurationError.self) { try read("vllm", model("gpt_oss", scaling: yarn)) }
  }

  @Test func tableIsAskedByName() {
    let version = RuntimeVersion("2026.6.1")
    #expect(RuntimeFaults.affecting(runtime: "unsloth", version: version, modelType: "llama").count == 1)
    #expect(
      RuntimeFaults.affecting(runtime: "unsloth", version: RuntimeVersion("2026.6.5"), modelType: "llama").isEmpty)
    #expect(RuntimeFaults.affecting(runtime: "unsloth", modelType: "llama").isEmpty)
    #expect(RuntimeFaults.affecting(runtime: "unsloth", modelType: "llama", includesMended: true).count == 1)
    #expect(RuntimeFaults.affecting(RuntimeReference("mlx-vlm 0.7.5"), modelType: "qwen3_5_text").count == 1)
    #expect(RuntimeFaults.affecting(RuntimeReference("vllm < 0.12"), modelType: "mixtral").count == 1)
    #expect(RuntimeFaults.affecting(RuntimeReference("vllm >= 0.12"), modelType: "mixtral").isEmpty)
  }

  @Test func everyRowIsUsable() {
    for fault in RuntimeFaults.all {
      #expect(RuntimeReference(fault.runtime).isKnown, "\(fault.runtime)")
      #expect(!fault.sentence.isEmpty && !fault.source.isEmpty)
      if let first = fault.first, let next = fault.next { #expect(first < next, "\(fault.sentence)") }
    }
  }

  // MARK: Windows

  @Test func windowsThatServersDerive() throws {
    func window(_ runtime: String, _ text: String) throws -> ServedWindow? { try read(runtime, text).servedWindow }
    let qwen3 = Models.qwen3YaRN
    #expect(try window("vllm 0.29", qwen3)?.tokens == 131_072 && window("vllm 0.30", qwen3)?.tokens == 40_960)
    #expect(try window("sglang", qwen3)?.tokens == 40_960)
    #expect(try window("transformers", qwen3) == nil && window("mlx-lm", qwen3) == nil)
    #expect(try window("llama.cpp", qwen3)?.longer == .capped)
    #expect(try window("vllm", model("llama", scaling: linear))?.tokens == 32_768)
    #expect(try window("sglang", model("llama", scaling: linear))?.tokens == 32_768)
    let several = model("llama", ", \"n_positions\": 4096, \"model_max_length\": 131072")
    #expect(try window("vllm 0.8.0", several)?.tokens == 4096 && window("vllm 0.8.5", several)?.tokens == 131_072)
    #expect(try window("sglang", several)?.tokens == 131_072)
    #expect(
      try window("sglang 0.4.9", qwen3)?.longerIsRefused == false
        && window("sglang 0.5.3", qwen3)?.longerIsRefused == true)
    let note = try read("vllm", Models.plain, length: 65_536).layerTypes.first?.notes.last
    #expect(note?.contains("--max-model-len 65536 is refused, the window is 32768") == true)
    #expect(try window("vllm 0.29", Models.deepSeekV3)?.tokens == 163_840)
  }

  // MARK: Whole plans

  @Test func plansAreComparedWhole() throws {
    let dual = Models.plain.replacing(
      "\"rope_theta\"",
      with: "\"dual_chunk_attention_config\": {\"chunk_size\": 8192, \"local_size\": 1024}, \"rope_theta\"")
    let report = ParityReport(of: try declaration(dual), length: 32_768)
    let entry = try #require(report.runtimes.first { $0.runtime == "vllm" })
    #expect(entry.isMismatch && entry.numbers?.pairsDiffering == 0)
    #expect(entry.numbers?.otherDifferences == ["positions are re-mapped"])

    var plan = try #require(
      try RuntimeCatalogue.reference.layers(of: declaration(Models.plain), length: 4096).first?.plan)
    let same = plan
    #expect(PlanComparison.isSame(plan, same))
    plan.inverseFrequencies[3] = .nan
    #expect(PlanComparison(of: plan, with: same).isMismatch && !PlanComparison.isSame(same, plan))
    plan = same
    plan.decayRates = Array(repeating: 0.1, count: plan.pairCount)
    #expect(PlanComparison(of: plan, with: same).otherDifferences.count == 1)
    plan = same
    plan.queryScale = .steps(floorScale: 1024, coefficient: 0.1, offset: 0)
    #expect(PlanComparison(of: plan, with: same).isMismatch)
  }
}
