import RopeConfig
import RopeJSON
import RopeMath
import RopeTestSupport
import Testing

@Suite struct ServingRuntimesTests {
  /// Cos and sin against the runtime's own table, `[positions][pairs]`.
  private func compareTables(
    _ layer: RuntimeLayer, _ cache: JSONNode?, _ name: String, worst: inout Double
  ) throws {
    let positions = cache?["positions"]?.numbers ?? []
    for (index, position) in positions.enumerated() {
      let row = layer.table(at: Int(position))
      for (key, values) in [("cos", row.cosines), ("sin", row.sines)] {
        let expected = try #require(cache?[key]?.elements?[index].numbers)
        #expect(expected.count == values.count)
        for (i, pair) in zip(values, expected).enumerated() {
          let tolerance = 3e-7 * max(1, layer.plan.attentionFactor) + 6e-7 * position * layer.plan.inverseFrequencies[i]
          let share = abs(Double(pair.0) - pair.1) / tolerance
          #expect(share <= 1, "\(name): \(key) of pair \(i) at \(position)")
          worst = max(worst, share)
        }
      }
    }
  }

  private func compareFrequencies(
    _ layer: RuntimeLayer, _ record: JSONNode?, _ name: String, unscaled: Bool, worst: inout Double
  ) {
    guard let record = record?.numbers else { return }
    // Linear classes record the unscaled table and divide the position.
    let own = unscaled ? layer.plan.geometry.inverseFrequencies : layer.plan.inverseFrequencies
    let error = Accuracy.worst(own, record, by: Accuracy.float32Ulps)
    #expect(error <= (layer.method.hasPrefix("yarn") ? 16 : 5), "\(name): \(error) ulp")
    worst = max(worst, error)
  }

  private func members(_ file: GoldenFile, _ inputs: JSONNode?) -> [(String, String)] {
    var members = [("model_type", "\"llama\""), ("head_dim", file.spelling(inputs?["head_size"]) ?? "")]
    members.append(("max_position_embeddings", file.spelling(inputs?["max_position"]) ?? ""))
    members.append(("rope_interleave", inputs?["is_neox_style"]?.flag == true ? "false" : "true"))
    if let parameters = file.spelling(inputs?["rope_parameters"]) { members.append(("rope_parameters", parameters)) }
    if let scaling = file.spelling(inputs?["rope_scaling"]) { members.append(("rope_scaling", scaling)) }
    if let base = file.spelling(inputs?["base"]) { members.append(("rope_theta", base)) }
    return members
  }

  @Test func vllmTables() throws {
    let file = try GoldenFile("vllm_rope.json")
    var ulps = 0.0
    var share = 0.0
    var compared = 0
    for golden in file.cases {
      let name = golden["name"]?.text ?? ""
      let outputs = golden["outputs"]
      // Five tables by position, not one by frequency: the method itself is tested with its band.
      if name.hasPrefix("dual_chunk") { continue }
      let declaration = try file.declaration(members: members(file, golden["inputs"]))
      let served = golden["inputs", "max_model_len"]?.number.map { Int($0) }
      if outputs?["raised"] != nil {
        #expect(throws: ConfigurationError.self, "\(name)") {
          try Runtime.named("vllm").layers(of: declaration, length: 4096, servedLength: served)
        }
        continue
      }
      let layer = try #require(
        try Runtime.named("vllm").layers(of: declaration, length: served ?? 4096, servedLength: served).first)
      let isLong = outputs?["use_long_rope"]?.flag
      compareFrequencies(
        layer, outputs?["inv_freq"] ?? isLong.flatMap { outputs?[$0 ? "inv_freq_long" : "inv_freq_short"] }, name,
        unscaled: layer.method == "linear", worst: &ulps)
      if let factor = (outputs?["mscale"] ?? isLong.flatMap { outputs?[$0 ? "long_mscale" : "short_mscale"] })?.number {
        #expect(Accuracy.relative(layer.plan.attentionFactor, factor) <= 1e-12, "\(name)")
      }
      try compareTables(layer, outputs?["cos_sin_cache"] ?? outputs?["cos_sin_used"], name, worst: &share)
      compared += 1
    }
    print("vLLM: \(compared) cases, worst \(ulps) ulp, cos/sin at \(share) of the tolerance")
    #expect(compared == 20)
  }

  /// The five tables of dual chunk attention are rows of the plain one at the positions that the plan's bands name.
  @Test func vllmDualChunks() throws {
    let file = try GoldenFile("vllm_rope.json")
    let golden = try #require(file.cases.first { $0["name"]?.text == "dual_chunk/32-8" })
    let dual = file.spelling(golden["inputs", "dual_chunk_attention_config"]) ?? ""
    let config = try file.declaration(
      members: members(file, golden["inputs"]) + [("dual_chunk_attention_config", dual)])
    let layer = try #require(try Runtime.named("vllm").layers(of: config, length: 256).first)
    #expect(layer.plan.bands.count == 3)
    let own = layer.plan.bands[0]
    let previous = layer.plan.bands[1]
    let older = layer.plan.bands[2]
    let maps: [(String, (Int) -> Double)] = [
      ("cos_sin_q_cache", { own.query($0) }), ("cos_sin_qc_cache", { previous.query($0) }),
      ("cos_sin_k_cache", { own.key($0) }), ("cos_sin_q_inter_cache", { older.query($0) }),
    ]
    for (name, map) in maps {
      let table = try #require(golden["outputs", name], "\(name)")
      for (index, position) in (table["positions"]?.numbers ?? []).enumerated() {
        let row = layer.table(at: Int(map(Int(position))))
        for (key, values) in [("cos", row.cosines), ("sin", row.sines)] {
          let expected = try #require(table[key]?.elements?[index].numbers)
          let error = Accuracy.worst(values.map(Double.init), expected) { abs($0 - $1) }
          #expect(error <= 3e-7 + 6e-7 * map(Int(position)), "\(name): \(key) at \(position)")
        }
      }
    }
  }

  @Test func sglangTables() throws {
    let file = try GoldenFile("sglang_rope.json")
    var ulps = 0.0
    var share = 0.0
    for golden in file.cases {
      let name = golden["name"]?.text ?? ""
      let outputs = golden["outputs"]
      let declaration = try file.declaration(members: members(file, golden["inputs"]))
      guard name.hasPrefix("longrope") else {
        let layer = try #require(try Runtime.named("sglang").layers(of: declaration, length: 4096).first)
        compareFrequencies(layer, outputs?["inv_freq"], name, unscaled: layer.method == "linear", worst: &ulps)
        if let factor = outputs?["mscale"]?.number {
          #expect(Accuracy.relative(layer.plan.attentionFactor, factor) <= 1e-12, "\(name)")
        }
        try compareTables(layer, outputs?["cos_sin_cache"], name, worst: &share)
        continue
      }
      // One token more than the trained length still reads the short list.
      for (length, key) in [(4096, "short"), (4097, "short"), (4098, "long")] {
        let layer = try #require(try Runtime.named("sglang").layers(of: declaration, length: length).first)
        compareFrequencies(layer, outputs?["inv_freq_\(key)"], name, unscaled: false, worst: &ulps)
        let factor = try #require(outputs?["\(key)_mscale"]?.number)
        #expect(Accuracy.relative(layer.plan.attentionFactor, factor) <= 1e-12)
      }
    }
    print("SGLang: \(file.cases.count) cases, worst \(ulps) ulp, cos/sin at \(share) of the tolerance")
    #expect(file.cases.count == 9)
  }
}

extension Runtime {
  /// The newest version of a runtime.
  static func named(_ name: String) throws -> Runtime {
    try #require(try RuntimeCatalogue.selection(name).runtimes.last)
  }
}
