import Foundation
import RopeConfig
import RopeJSON
import RopeMath
import RopeTestSupport
import Testing

/// A GGUF file means what the config.json of the same model means.
@Suite struct GGUFModelTests {
  private func writer(
    _ architecture: String, _ keys: [(String, GGUFWriter.Value)], tensors: [GGUFWriter.Tensor] = []
  ) -> GGUFWriter {
    var writer = GGUFWriter()
    writer.metadata = [("general.architecture", .text(architecture))] + keys.map { ("\(architecture).\($0)", $1) }
    writer.tensors = tensors
    return writer
  }

  private func load(_ writer: GGUFWriter) throws -> Reading {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("ropescope-\(UUID().uuidString).gguf")
    try Data(writer.bytes).write(to: path)
    defer { try? FileManager.default.removeItem(at: path) }
    return try ModelLoader.load(path.path)
  }

  private func message(_ writer: GGUFWriter) -> (text: String, pointer: String?)? {
    do {
      _ = try load(writer)
      return nil
    } catch let error as ConfigurationError { return (error.message, error.pointer) } catch { return ("\(error)", nil) }
  }

  private let llama: [(String, GGUFWriter.Value)] = [
    ("block_count", .uint32(32)), ("context_length", .uint32(131_072)), ("embedding_length", .uint32(4096)),
    ("attention.head_count", .uint32(32)), ("attention.head_count_kv", .uint32(8)),
    ("rope.freq_base", .float32(500_000)), ("rope.dimension_count", .uint32(128)), ("vocab_size", .uint32(128_256)),
  ]

  /// The layers of both rotate alike under the file's own scaling, pairing aside.
  private func expectSame(_ model: Reading, as json: String, length: Int) throws {
    let expected = try ModelLoader.load(bytes: Array(json.utf8), name: "expected")
    #expect(model.missing.isEmpty && model.layerTypes.count == expected.layerTypes.count)
    #expect(
      model.layers == expected.layers && model.heads == expected.heads && model.keyValueHeads == expected.keyValueHeads
        && model.window == expected.window && model.kvLoraRank == expected.kvLoraRank)
    for (layer, other) in zip(model.layerTypes, expected.layerTypes) {
      #expect(layer.name == other.name && layer.window == other.window && layer.layerCount == other.layerCount)
      #expect(layer.geometry.headDimension == other.geometry.headDimension)
      #expect(layer.geometry.trainedLength == other.geometry.trainedLength)
      let plans = try [layer, other].map { layer in
        let context = MethodContext(geometry: layer.geometry, targetLength: length)
        return try BoundMethod(layer.scaling ?? MethodSpecification("none"), context: context).plan(length: length)
      }
      let worst = Accuracy.worst(plans[0].inverseFrequencies, plans[1].inverseFrequencies, by: Accuracy.relative)
      print("\(model.family ?? "") \(layer.name): worst relative difference \(worst)")
      // Frequency factors are stored in float32.
      #expect(worst <= 1e-6)
      #expect(Accuracy.relative(plans[0].attentionFactor, plans[1].attentionFactor) <= 1e-6)
    }
  }

  @Test func plainLlamaIsInterleaved() throws {
    let model = try load(writer("llama", llama))
    #expect(model.family == "llama" && model.layerTypes.first?.geometry.pairing == .interleaved)
    #expect(model.layerTypes.first?.scaling == nil)
    let base = model.values.first { $0.key == "base" }
    #expect(base?.pointer == "llama.rope.freq_base" && base?.line == nil && base?.origin == .given)
    try expectSame(
      model,
      as: """
        {"model_type": "llama", "num_hidden_layers": 32, "max_position_embeddings": 131072, "hidden_size": 4096,
        "num_attention_heads": 32, "num_key_value_heads": 8, "rope_theta": 500000, "vocab_size": 128256}
        """, length: 8192)
  }

  /// The converter's own loop: 1 above, the factor below, in between by the wavelength.
  private func llama3Divisors(factor: Double, original: Double) -> [Float] {
    (0..<64).map { pair in
      let wavelength = 2 * Double.pi * pow(500_000, Double(2 * pair) / 128)
      if wavelength < original / 4 { return 1 }
      if wavelength > original { return Float(factor) }
      let smooth = (original / wavelength - 1) / 3
      return Float(1 / ((1 - smooth) / factor + smooth))
    }
  }

  @Test func llama3IsKnownByItsDivisors() throws {
    let divisors = llama3Divisors(factor: 8, original: 8192)
    let model = try load(writer("llama", llama, tensors: [.init("rope_freqs.weight", shape: [64], float32: divisors)]))
    #expect(model.layerTypes.first?.scaling?.parts.first?.id == "llama3")
    #expect(model.values.contains { $0.key == "factor" && $0.pointer == "rope_freqs.weight" })
    try expectSame(
      model,
      as: """
        {"model_type": "llama", "num_hidden_layers": 32, "max_position_embeddings": 131072, "hidden_size": 4096,
        "num_attention_heads": 32, "num_key_value_heads": 8, "rope_theta": 500000, "vocab_size": 128256,
        "rope_scaling": {"rope_type": "llama3", "factor": 8, "low_freq_factor": 1, "high_freq_factor": 4,
        "original_max_position_embeddings": 8192}}
        """, length: 131_072)
  }

  @Test func unknownDivisorsAreTakenAsTheyAre() throws {
    let divisors = (0..<64).map { 1 + Float($0) / 10 }
    let model = try load(writer("llama", llama, tensors: [.init("rope_freqs.weight", shape: [64], float32: divisors)]))
    let layer = try #require(model.layerTypes.first)
    let context = MethodContext(geometry: layer.geometry, targetLength: 131_072)
    let plan = try BoundMethod(try #require(layer.scaling), context: context).plan(length: 131_072)
    let expected = zip(layer.geometry.inverseFrequencies, divisors).map { $0 / Double($1) }
    #expect(Accuracy.worst(plan.inverseFrequencies, expected, by: Accuracy.relative) <= 1e-6)
    #expect(plan.attentionFactor == 1)
    #expect(model.notes.contains { $0.contains("no published scaling") })
  }

  @Test func yarnAndLinear() throws {
    let qwen: [(String, GGUFWriter.Value)] = [
      ("block_count", .uint32(28)), ("context_length", .uint32(32_768)), ("embedding_length", .uint32(3584)),
      ("attention.head_count", .uint32(28)), ("attention.head_count_kv", .uint32(4)), ("rope.freq_base", .float32(1e6)),
    ]
    let yarn =
      qwen + [
        ("rope.scaling.type", .text("yarn")), ("rope.scaling.factor", .float32(4)),
        ("rope.scaling.original_context_length", .uint32(32_768)),
      ]
    let json = """
      {"model_type": "qwen2", "num_hidden_layers": 28, "max_position_embeddings": 32768, "hidden_size": 3584,
      "num_attention_heads": 28, "num_key_value_heads": 4, "rope_theta": 1000000, "rope_scaling":
      """
    let model = try load(writer("qwen2", yarn))
    #expect(model.layerTypes.first?.geometry.pairing == .half)
    try expectSame(
      model, as: json + #"{"rope_type": "yarn", "factor": 4, "original_max_position_embeddings": 32768}}"#,
      length: 131_072)
    let scaled = try load(
      writer(
        "qwen2", yarn + [("rope.scaling.attn_factor", .float32(0.5)), ("rope.scaling.yarn_ext_factor", .float32(1))]))
    try expectSame(
      scaled,
      as: json
        + #"{"rope_type": "yarn", "factor": 4, "original_max_position_embeddings": 32768, "#
        + #""attention_factor": \#(0.5 * (0.1 * log(4.0) + 1))}}"#,
      length: 131_072)
    #expect(scaled.notes.contains { $0.contains("yarn_ext_factor is not read") })
    let linear = try load(
      writer("qwen2", qwen + [("rope.scaling.type", .text("linear")), ("rope.scaling.factor", .float32(2))]))
    try expectSame(linear, as: json + #"{"rope_type": "linear", "factor": 2}}"#, length: 65_536)
    let old = try load(writer("qwen2", qwen + [("rope.scale_linear", .float32(2))]))
    try expectSame(old, as: json + #"{"rope_type": "linear", "factor": 2}}"#, length: 65_536)
  }

  @Test func gemma3HasTwoBases() throws {
    let model = try load(
      writer(
        "gemma3",
        [
          ("block_count", .uint32(26)), ("context_length", .uint32(131_072)), ("embedding_length", .uint32(2560)),
          ("attention.head_count", .uint32(8)), ("attention.head_count_kv", .uint32(4)),
          ("attention.key_length", .uint32(256)), ("rope.freq_base", .float32(1e6)),
          ("rope.freq_base_swa", .float32(10_000)), ("attention.sliding_window", .uint32(1024)),
          ("rope.scaling.type", .text("linear")), ("rope.scaling.factor", .float32(8)),
        ]))
    #expect(model.layerTypes.map(\.isSliding) == [false, true])
    try expectSame(
      model,
      as: """
        {"model_type": "gemma3_text", "num_hidden_layers": 26, "max_position_embeddings": 131072, "hidden_size": 2560,
        "num_attention_heads": 8, "num_key_value_heads": 4, "head_dim": 256, "rope_theta": 1000000,
        "rope_local_base_freq": 10000, "sliding_window": 1024, "rope_scaling": {"rope_type": "linear", "factor": 8}}
        """, length: 131_072)
  }

  @Test func phi3LongRoPEComesFromTensors() throws {
    let long = (0..<48).map { 1 + Float($0) / 4 }
    let short = (0..<48).map { 1 + Float($0) / 64 }
    let attention = (1 + log(32.0) / log(4096.0)).squareRoot()
    let model = try load(
      writer(
        "phi3",
        [
          ("block_count", .uint32(32)), ("context_length", .uint32(131_072)), ("embedding_length", .uint32(3072)),
          ("attention.head_count", .uint32(32)), ("attention.head_count_kv", .uint32(32)),
          ("rope.dimension_count", .uint32(96)), ("rope.freq_base", .float32(10_000)),
          ("rope.scaling.original_context_length", .uint32(4096)),
          ("rope.scaling.attn_factor", .float32(Float(attention))),
        ],
        tensors: [
          .init("rope_factors_long.weight", shape: [48], float32: long),
          .init("rope_factors_short.weight", shape: [48], float32: short),
        ]))
    for length in [4096, 8192] {
      try expectSame(
        model,
        as: """
          {"model_type": "phi3", "num_hidden_layers": 32, "max_position_embeddings": 131072, "hidden_size": 3072,
          "num_attention_heads": 32, "num_key_value_heads": 32, "rope_theta": 10000,
          "original_max_position_embeddings": 4096,
          "rope_scaling": {"type": "longrope", "long_factor": \(long), "short_factor": \(short)}}
          """, length: length)
    }
  }

  @Test func partialAndLatentHeads() throws {
    let neox = try load(
      writer(
        "gptneox",
        [
          ("block_count", .uint32(6)), ("context_length", .uint32(2048)), ("embedding_length", .uint32(512)),
          ("attention.head_count", .uint32(8)), ("rope.dimension_count", .uint32(16)),
        ]))
    #expect(
      neox.layerTypes.first?.geometry.rotaryDimension == 16 && neox.layerTypes.first?.geometry.headDimension == 64)
    let latent: [(String, GGUFWriter.Value)] = [
      ("block_count", .uint32(27)), ("context_length", .uint32(163_840)), ("embedding_length", .uint32(2048)),
      ("attention.head_count", .uint32(16)), ("attention.kv_lora_rank", .uint32(512)),
      ("attention.key_length", .uint32(192)), ("rope.dimension_count", .uint32(64)),
      ("rope.freq_base", .float32(10_000)),
      ("rope.scaling.type", .text("yarn")), ("rope.scaling.factor", .float32(40)),
      ("rope.scaling.original_context_length", .uint32(4096)),
    ]
    let multiplier = "rope.scaling.yarn_log_multiplier"
    let deepseek = try load(writer("deepseek2", latent + [(multiplier, .float32(0.0707))]))
    // A file made before converters wrote it is computed otherwise, which is said.
    #expect(try load(writer("deepseek2", latent)).notes.contains { $0.contains(multiplier + " is missing") })
    #expect(!deepseek.notes.contains { $0.contains("is missing") })
    #expect(deepseek.kvLoraRank == 512 && deepseek.layerTypes.first?.geometry.headDimension == 64)
    #expect(deepseek.layerTypes.first?.geometry.pairing == .interleaved)
    #expect(deepseek.layerTypes.first?.scaling?.parts.map(\.id) == ["yarn", "mla-mscale"])
    #expect(deepseek.layerTypes.first?.scaling?.parts.first?.given["mscale_all_dim"] == .number(0.707))
  }

  @Test func faultsAreToldInTheFilesOwnWords() throws {
    var part = GGUFWriter()
    part.metadata = [("split.count", .uint32(3)), ("split.no", .uint32(1))]
    let cases: [(GGUFWriter, String, String?)] = [
      (GGUFWriter(), "no text “general.architecture”", nil),
      (part, "one of 3 parts of a model, but its name does not end with", nil),
      (
        writer("llama", llama + [("attention.key_length", .int32s([]))]),
        "“llama.attention.key_length” is a list, expected a number", "llama.attention.key_length"
      ),
      (
        writer("llama", llama + [("attention.key_length", .text("many"))]),
        "“llama.attention.key_length” is the text “many”, expected a number", "llama.attention.key_length"
      ),
      (
        writer("llama", llama.filter { $0.0 != "rope.freq_base" } + [("rope.freq_base", .float32(-1))]),
        "“llama.rope.freq_base” is -1, expected a number above 0", "llama.rope.freq_base"
      ),
      (
        writer("llama", llama.filter { $0.0 != "rope.freq_base" } + [("rope.freq_base", .float32(.nan))]),
        "expected a finite number", "llama.rope.freq_base"
      ),
      (
        writer("llama", llama + [("rope.scaling.type", .text("linear"))]),
        "linear scaling needs “llama.rope.scaling.factor”", "llama.rope.scaling.type"
      ),
      (
        writer("llama", llama, tensors: [.init("rope_freqs.weight", shape: [3], float32: [1, 2, 3])]),
        "has 3 numbers, this model rotates 64 pairs", "rope_freqs.weight"
      ),
      (
        writer("llama", llama, tensors: [.init("rope_freqs.weight", shape: [2], float32: [1, -2])]),
        "not a list of finite numbers above 0", "rope_freqs.weight"
      ),
      (
        writer("llama", llama, tensors: [.init("rope_freqs.weight", shape: [2, 2], float32: [1, 2, 3, 4])]),
        "of shape [2, 2]", "rope_freqs.weight"
      ),
    ]
    for (writer, expected, pointer) in cases {
      let message = message(writer)
      #expect(message?.text.contains(expected) == true, "\(message?.text ?? "no error"), expected “\(expected)”")
      #expect(message?.pointer == pointer, "\(expected)")
    }
    var truncated = GGUFWriter()
    truncated.claimedTensorCount = 1 << 40
    #expect(message(truncated)?.text.contains("not a valid GGUF file: the number of tensors") == true)
    #expect(message(writer("llama", llama + [("rope.scaling.type", .text("novel"))])) == nil)
    #expect(try load(writer("novel", llama)).notes.contains { $0.contains("architecture “novel” is not known") })
  }

  /// Damaged files either resolve or give an error; none traps.
  @Test func noMutationTraps() throws {
    let yarn: [(String, GGUFWriter.Value)] = [
      ("rope.scaling.type", .text("yarn")), ("rope.scaling.factor", .float32(4)),
      ("rope.scaling.yarn_log_multiplier", .float32(0.1)), ("attention.sliding_window_pattern", .flags([true, false])),
    ]
    let divisors = llama3Divisors(factor: 8, original: 8192)
    let plain = writer("llama", llama + yarn).bytes
    let divided = writer("gemma3", llama, tensors: [.init("rope_freqs.weight", shape: [64], float32: divisors)]).bytes
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("ropescope-\(UUID().uuidString).gguf")
    defer { try? FileManager.default.removeItem(at: path) }
    var generator = SeededGenerator(seed: 3)
    var refused = 0
    for round in 0..<600 {
      var bytes = round.isMultiple(of: 2) ? plain : divided
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[place] =
          [0, 0x7F, 0xFF, UInt8.random(in: 0...255, using: &generator)].randomElement(using: &generator) ?? 0
      }
      try Data(bytes).write(to: path)
      do {
        _ = try ModelLoader.load(path.path)
      } catch { refused += 1 }
    }
    print("refused \(refused) of 600 damaged models")
    #expect(refused > 100)
  }

  @Test(.enabled(if: RealModels.smolLM2 != nil)) func smolLM2() throws {
    let model = try ModelLoader.load(try #require(RealModels.smolLM2))
    let geometry = try #require(model.layerTypes.first?.geometry)
    #expect(model.layers == 30 && model.heads == 9 && model.keyValueHeads == 3 && model.window == 8192)
    #expect(geometry.headDimension == 64 && geometry.rotaryDimension == 64 && geometry.base == 100_000)
    #expect(geometry.trainedLength == 8192 && geometry.pairing == .interleaved)
  }

  @Test(.enabled(if: RealModels.gemma3 != nil)) func gemma3() throws {
    let model = try ModelLoader.load(try #require(RealModels.gemma3))
    #expect(model.layers == 18 && model.heads == 4 && model.keyValueHeads == 1 && model.window == 32_768)
    #expect(model.layerTypes.map(\.geometry.base) == [1e6, 1e4] && model.layerTypes.map(\.layerCount) == [3, 15])
    #expect(
      model.layerTypes.map(\.window) == [nil, 512] && model.layerTypes.allSatisfy { $0.geometry.pairing == .half })
  }
}
