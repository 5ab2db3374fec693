import Foundation
import RopeConfig
import RopeJSON
import RopeMath
import RopeTestSupport
import Testing

/// llama.cpp and MLX in their own float32 arithmetic.
@Suite struct OwnArithmeticTests {
  @Test func ggmlRotation() throws {
    let file = try GoldenFile("llamacpp_rope.json")
    var worstPlain = 0.0
    var worstMixed = 0.0
    for golden in file.cases {
      let name = golden["name"]?.text ?? ""
      let inputs = golden["inputs"]
      func float(_ key: String) -> Float { Float(inputs?[key]?.number ?? 0) }
      let rotation = GGMLRotation(
        dimensions: Int(float("n_dims")), trainedLength: Int(float("n_ctx_orig")), base: float("freq_base"),
        scale: float("freq_scale"), extrapolation: float("ext_factor"), attention: float("attn_factor"),
        betaFast: float("beta_fast"), betaSlow: float("beta_slow"),
        frequencyFactors: inputs?["freq_factors"]?.numbers?.map { Float($0) })
      let ends = try #require(golden["outputs", "corr_dims"]?.numbers)
      #expect([Double(rotation.correctionRange.low), Double(rotation.correctionRange.high)] == ends, "\(name)")
      for (index, position) in (inputs?["positions"]?.numbers ?? []).enumerated() {
        let row = rotation.row(at: Int(position))
        for (key, values) in [("cos", row.cosines), ("sin", row.sines)] {
          let expected = try #require(golden["outputs", key]?.elements?[index].numbers)
          for (i, pair) in zip(values, expected).enumerated() {
            let error = abs(Double(pair.0) - pair.1)
            if rotation.extrapolation == 0 {
              worstPlain = max(worstPlain, error / Double(rotation.attention))
              #expect(error <= 2e-7 * max(1, Double(rotation.attention)), "\(name): \(key) \(i) at \(position)")
            } else {
              let angle =
                abs(position) * Foundation.pow(Double(rotation.base), -2 * Double(i) / Double(rotation.dimensions))
              let tolerance = 4 * (angle * 0x1p-24 + 1e-7)
              worstMixed = max(worstMixed, error / tolerance)
              #expect(error <= tolerance, "\(name): \(key) \(i) at \(position)")
            }
          }
        }
      }
    }
    print(
      "llama.cpp: \(file.cases.count) cases, worst \(worstPlain) without YaRN, \(worstMixed) of the tolerance with it")
    #expect(file.cases.count == 24)
  }

  /// The rotation that the dialect sets up from a config is the one that the recorded scalars describe.
  @Test func llamaCppSetsUpItsKernel() throws {
    let text = """
      {"model_type": "qwen2", "head_dim": 128, "max_position_embeddings": 131072, "rope_theta": 1000000.0,
       "rope_scaling": {"type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}}
      """
    let declaration = try Declaration(SourceText(bytes: Array(text.utf8)))
    let layer = try #require(try Runtime.named("llama.cpp").layers(of: declaration, length: 131072).first)
    guard case .ggml(let rotation) = layer.arithmetic else {
      Issue.record("llama.cpp rotates by \(layer.arithmetic)")
      return
    }
    #expect(rotation.correctionRange.low == 23 && rotation.correctionRange.high == 40)
    #expect(rotation.scale == 0.25 && rotation.extrapolation == 1)
    // The kernel's own 1 + 0.1·ln 4 and the context's division by it leave gm(4).
    let row = layer.table(at: 0)
    #expect(abs(Double(row.cosines[0]) - layer.plan.attentionFactor) < 2e-7)
    // Float64 frequencies and the float32 chain agree to the chain's own error.
    for (i, theta) in layer.plan.inverseFrequencies.enumerated() {
      let sine = Double(layer.table(at: 1000).sines[i]) / layer.plan.attentionFactor
      #expect(abs(sine - Foundation.sin(1000 * theta)) < 1e-3)
    }
  }

  /// From a config the dialect comes to the very scalars that the recorded runs were given.
  @Test func llamaCppScalarsFromConfigurations() throws {
    let file = try GoldenFile("llamacpp_rope.json")
    func list(_ values: [Double]) -> String { "[" + values.map { "\($0)" }.joined(separator: ", ") + "]" }
    func recorded(_ name: String) throws -> JSONNode {
      try #require(file.cases.first { $0["name"]?.text == "neox/\(name)" }?["inputs"])
    }
    let lists = try #require(try recorded("longrope-ff-attn1.19")["freq_factors"]?.numbers)
    let configs = [
      ("plain-d128-1e4", 128, 4096, 1e4, ""),
      ("linear-x4", 128, 4096, 1e4, #""type": "linear", "factor": 4.0"#),
      (
        "yarn-x4-attn1", 128, 131_072, 1e6, #""type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768"#
      ),
      (
        "yarn-x32-gptoss-like", 64, 131_072, 150_000,
        #""type": "yarn", "factor": 32.0, "original_max_position_embeddings": 4096"#
      ),
      (
        "llama3-ff-x8", 128, 131_072, 500_000,
        #""type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192"#
      ),
      (
        "longrope-ff-attn1.19", 96, 131_072, 1e4,
        "\"type\": \"longrope\", \"original_max_position_embeddings\": 4096, \"short_factor\": \(list(lists)), \"long_factor\": \(list(lists))"
      ),
    ]
    for (name, head, window, base, scaling) in configs {
      let inputs = try recorded(name)
      let dictionary = scaling.isEmpty ? "" : ", \"rope_scaling\": {\(scaling)}"
      let config = try declaration(
        "{\"model_type\": \"qwen2\", \"head_dim\": \(head), \"max_position_embeddings\": \(window), \"rope_theta\": \(base)\(dictionary)}"
      )
      let layer = try #require(try Runtime.named("llama.cpp").layers(of: config, length: window).first)
      guard case .ggml(let rotation) = layer.arithmetic else {
        Issue.record("\(name): \(layer.arithmetic)")
        continue
      }
      func float(_ key: String) -> Float { Float(inputs[key]?.number ?? 0) }
      #expect(
        rotation.dimensions == Int(float("n_dims")) && rotation.trainedLength == Int(float("n_ctx_orig")), "\(name)")
      #expect(rotation.base == float("freq_base") && rotation.scale == float("freq_scale"), "\(name)")
      #expect(
        rotation.extrapolation == float("ext_factor") && abs(rotation.attention - float("attn_factor")) < 2e-7,
        "\(name)")
      let factors = inputs["freq_factors"]?.numbers
      #expect((factors == nil) == (rotation.frequencyFactors == nil), "\(name)")
      if let factors, let own = rotation.frequencyFactors {
        let error = Accuracy.worst(own.map(Double.init), factors, by: Accuracy.relative)
        #expect(error < 1e-6, "\(name): factors \(error)")
      }
    }
  }

  @Test func mlxRotation() throws {
    let file = try GoldenFile("mlx_rope.json")
    var worst = 0.0
    var worstFrequency = 0.0
    for golden in file.cases {
      let name = golden["name"]?.text ?? ""
      let inputs = golden["inputs"]
      let outputs = golden["outputs"]
      let isTraditional = inputs?["traditional"]?.flag == true
      var members = [
        ("model_type", "\"llama\""), ("head_dim", file.spelling(inputs?["dims"]) ?? ""),
        ("rope_theta", file.spelling(inputs?["base"]) ?? ""),
        ("max_position_embeddings", file.spelling(inputs?["max_position_embeddings"]) ?? ""),
      ]
      if let scaling = inputs?["scaling_config"], !scaling.isNull {
        members.append(("rope_scaling", file.spelling(scaling) ?? ""))
      }
      let declaration = try file.declaration(members: members)
      let inputRows = inputs?["x"]?.elements?.compactMap { $0.numbers }
      let rows = try #require(inputRows)
      let offset = Int(inputs?["offset"]?.number ?? 0)
      let layer = try #require(try Runtime.named("mlx-lm").layers(of: declaration, length: offset + rows.count).first)
      if let factor = (outputs?["mscale"] ?? outputs?["scale"])?.number {
        #expect(Accuracy.relative(layer.plan.attentionFactor, factor) <= 1e-12, "\(name)")
      }
      if let reciprocals = outputs?["freqs_are_reciprocal_inv_freq"]?.numbers {
        let own = layer.plan.inverseFrequencies.map { 1 / $0 }
        let error = Accuracy.worst(own, reciprocals, by: Accuracy.relative)
        #expect(error <= 5e-7, "\(name): freqs \(error)")
        worstFrequency = max(worstFrequency, error)
      }
      let isTabled = outputs?["freqs_are_reciprocal_inv_freq"] != nil
      for (t, x) in rows.enumerated() {
        let row = layer.table(at: offset + t)
        let half = x.count / 2
        let expected = try #require(outputs?["y"]?.elements?[t].numbers)
        for i in 0..<half {
          let (a, b) = isTraditional ? (2 * i, 2 * i + 1) : (i, i + half)
          let c = Double(row.cosines[i])
          let s = Double(row.sines[i])
          let own = [x[a] * c - x[b] * s, x[a] * s + x[b] * c]
          let tolerance = 1e-6 + (isTabled ? 6e-7 * Double(offset + t) * layer.plan.inverseFrequencies[i] : 0)
          for (value, reference) in zip(own, [expected[a], expected[b]]) {
            worst = max(worst, abs(value - reference) / tolerance)
            #expect(abs(value - reference) <= tolerance, "\(name): row \(t), pair \(i)")
          }
        }
      }
    }
    print("MLX-LM: \(file.cases.count) cases, y at \(worst) of the tolerance, freqs \(worstFrequency) relative")
    #expect(file.cases.count == 10)
  }
}
