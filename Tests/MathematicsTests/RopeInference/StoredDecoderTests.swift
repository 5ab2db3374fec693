import Foundation
import RopeInference
import RopeMath
import RopeTestSupport
import Testing

/// Files that llama.cpp's converter writes give the logits that llama.cpp gives.
@Suite struct StoredDecoderTests {
  private func load(_ writer: GGUFWriter) throws -> RunnableModel {
    let path = NSTemporaryDirectory() + "/ropescope-\(UUID().uuidString).gguf"
    try Data(writer.bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try RunnableModel(path: path)
  }

  private func logits(
    _ files: RunnableModel, _ tokens: [Int], _ precision: RunnableModel.Precision
  ) throws -> [[Double]] {
    var rows: [[Double]] = []
    let plans = try MethodPlanner(.configuration, model: files.resolved, targetLength: tokens.count)
      .plans(length: tokens.count)
    try files.languageModel(precision, workers: 2).forEachLogits(
      of: tokens, plans: plans, at: 0..<tokens.count, options: RunOptions(chunk: 17)
    ) { rows.append($1) }
    return rows
  }

  /// What is read as transformers does where llama.cpp does otherwise: Phi-3's windows, which it switches off, OLMo 3's
  /// own base of sliding layers, which it reads and leaves, and latent attention under linear scaling, whose logits it
  /// multiplies by YaRN's temperature.
  private static func isOurs(_ family: String, _ name: String) -> Bool {
    ["olmo3", "phi3"].contains(family) || family.hasPrefix("deepseek") && name == "linear"
  }

  @Test(arguments: try StoredTwin.families())
  func logitsAreThoseOfLlamaCpp(_ family: String) throws {
    let twins = try StoredTwin.twins(family) { Self.isOurs(family, $0) }
    #expect(!twins.isEmpty)
    for twin in twins {
      let files = try load(twin.writer()), expected = twin.logits
      let rows = expected.first?.count ?? 0
      let single = try logits(files, twin.tokens, .float32).map { Array($0.prefix(rows)) }
      let error = DecoderFamilyTests.error(single, expected)
      print("STORED \(family) \(twin.name): \(error)\(twin.isPeer ? " of llama.cpp" : "")")
      // llama.cpp's activations by table are off by so much, and GELU by the error function from its approximation, of
      // which the file does not say which one is meant.
      let activations = Set(files.decoder.layers.map(\.feedForward.activation))
      let isTabled = !activations.isDisjoint(with: [.gelu, .geluTanh]), isUntold = activations.contains(.gelu)
      #expect(
        error <= (twin.isPeer ? isTabled ? 1e-2 : 1e-4 : isUntold ? 1e-3 : 1e-5), "\(family), \(twin.name)")
    }
  }

  /// What changes the result and is not read is named.
  @Test func whatIsNotReadIsNamed() throws {
    let twin = try #require(try StoredTwin.twins("llama").first { $0.name == "plain" })
    func refusal(_ change: (inout GGUFWriter) -> Void) throws -> String {
      var writer = try twin.writer()
      change(&writer)
      do {
        _ = try load(writer).languageModel()
        return "none"
      } catch { return "\(error)" }
    }
    #expect(try refusal { _ in } == "none")
    #expect(
      try refusal {
        $0.tensors.append(.init("blk.0.attn_q_norm.weight", shape: [8], float32: Array(repeating: 1, count: 8)))
      }
      .contains("“blk.0.attn_q_norm.weight”"))
    #expect(
      try refusal { $0.tensors.append(.init("blk.1.attn_q.scale", shape: [1], float32: [2])) }
        .contains("“blk.1.attn_q.scale”"))
    #expect(try refusal { $0.metadata.append(("llama.attention.causal", .flag(false))) }.contains("attention.causal"))
    #expect(
      try refusal { $0.metadata += [("llama.expert_count", .uint32(4)), ("llama.expert_used_count", .uint32(2))] }
        .contains("ffn_"))
    #expect(try refusal { $0.tensors.removeAll { $0.name == "blk.1.attn_k.weight" } }.contains("blk.1.attn_k.weight"))
  }

  /// A list of one width a layer is one width where its entries are equal.
  @Test func listsOfEqualEntriesAreRead() throws {
    let twin = try #require(try StoredTwin.twins("llama").first { $0.name == "plain" })
    var writer = try twin.writer()
    for index in writer.metadata.indices where writer.metadata[index].0.hasSuffix("feed_forward_length") {
      writer.metadata[index].1 = .int32s([48, 48])
    }
    let error = DecoderFamilyTests.error(try logits(load(writer), twin.tokens, .float64), twin.logits)
    #expect(error <= 1e-6)
  }

  /// Files from before experts were stacked have a tensor of each.
  @Test func expertsOfTheirOwnAreRead() throws {
    let twin = try #require(try StoredTwin.twins("mixtral").first { $0.name == "plain" })
    var writer = try twin.writer()
    for tensor in writer.tensors {
      guard let part = ["gate", "up", "down"].first(where: { tensor.name.hasSuffix("ffn_\($0)_exps.weight") }) else {
        continue
      }
      writer.tensors.removeAll { $0.name == tensor.name }
      let count = tensor.shape[0], size = tensor.bytes.count / count
      for expert in 0..<count {
        var own = tensor
        own.name = tensor.name.replacing("ffn_\(part)_exps", with: "ffn_\(part).\(expert)")
        own.shape = Array(tensor.shape.dropFirst())
        own.bytes = Array(tensor.bytes[expert * size..<(expert + 1) * size])
        writer.tensors.append(own)
      }
    }
    #expect(writer.tensors.contains { $0.name == "blk.1.ffn_down.3.weight" })
    #expect(try logits(load(writer), twin.tokens, .float32) == logits(load(twin.writer()), twin.tokens, .float32))
  }

  /// xIELU's numbers may be one for all layers, and may not be left out.
  @Test func numbersOfEveryLayerAreNeeded() throws {
    let twin = try #require(try StoredTwin.twins("apertus").first { $0.name == "plain" })
    var writer = try twin.writer()
    writer.metadata.removeAll { $0.0 == "xielu.beta" }
    #expect { try load(writer) } throws: { "\($0)".contains("“xielu.beta” for its 2 layers") }
    writer.metadata.append(("xielu.beta", .float32(0.5)))
    #expect(throws: Never.self) { _ = try logits(load(writer), twin.tokens, .float32) }
  }

  /// A file may have the biases of some projections only.
  @Test func someBiasesAreRead() throws {
    let twin = try #require(try StoredTwin.twins("qwen2").first { $0.name == "plain" })
    var writer = try twin.writer()
    writer.tensors.removeAll { $0.name == "blk.0.attn_k.bias" }
    var zeroed = try twin.writer()
    for index in zeroed.tensors.indices where zeroed.tensors[index].name == "blk.0.attn_k.bias" {
      zeroed.tensors[index].bytes = zeroed.tensors[index].bytes.map { _ in 0 }
    }
    let some = try logits(load(writer), twin.tokens, .float64)
    #expect(try some == logits(load(zeroed), twin.tokens, .float64))
    #expect(DecoderFamilyTests.error(some, twin.logits) > 1e-3)
  }
}
