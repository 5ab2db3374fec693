import Foundation
import RopeInference
import RopeMath
import RopeTensors
import RopeTestSupport
import Testing

/// A model as a GGUF file computes what its safetensors twin does.
@Suite struct GGUFModelTests {
  private static let names = [
    "model.embed_tokens": "token_embd", "lm_head": "output", "model.norm": "output_norm",
    "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm", "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
  ]

  /// `model.layers.1.mlp.up_proj.weight` → `blk.1.ffn_up.weight`.
  private static func name(_ name: String) throws -> String {
    let ending = name.hasSuffix(".bias") ? ".bias" : ".weight"
    var stem = String(name.dropLast(ending.count)), prefix = ""
    if let match = stem.firstMatch(of: /^model\.layers\.(\d+)\./) {
      prefix = "blk.\(match.output.1)."
      stem.removeSubrange(match.range)
    }
    return prefix + (try #require(names[stem], "\(stem)")) + ending
  }

  private func file(_ golden: GoldenModel, _ tensors: MemoryWeights, metadata: [(String, GGUFWriter.Value)] = []) throws
    -> GGUFWriter
  {
    let a = golden.decoder, attention = a.layers[0].attention
    var writer = GGUFWriter()
    writer.metadata =
      [
        ("general.architecture", .text("qwen2")), ("qwen2.block_count", .uint32(UInt32(a.layers.count))),
        ("qwen2.context_length", .uint32(128)), ("qwen2.embedding_length", .uint32(UInt32(a.hiddenSize))),
        ("qwen2.feed_forward_length", .uint32(UInt32(a.layers[0].feedForward.size))),
        ("qwen2.attention.head_count", .uint32(UInt32(attention.heads))),
        ("qwen2.attention.head_count_kv", .uint32(UInt32(attention.keyValueHeads))),
        ("qwen2.attention.layer_norm_rms_epsilon", .float32(1e-6)), ("qwen2.rope.freq_base", .float32(1e6)),
      ] + metadata
    for (name, tensor) in tensors.tensors.sorted(by: { $0.key < $1.key }) {
      writer.tensors.append(.init(try Self.name(name), shape: tensor.shape, float32: tensor.values))
    }
    return writer
  }

  private func path(_ writer: GGUFWriter) throws -> String {
    let path = NSTemporaryDirectory() + "/ropescope-\(UUID().uuidString).gguf"
    try Data(writer.bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  /// Layers that are not attention are named, as they are for the configurations of the same models.
  @Test(arguments: [
    ("qwen3next", "linear attention"), ("qwen35", "linear attention"), ("falcon-h1", "state-space"),
    ("granitehybrid", "state-space"), ("lfm2", "convolutions"), ("t5", "those of llama"),
  ])
  func layersThatCannotBeRunAreNamed(_ name: String, _ reason: String) throws {
    var writer = GGUFWriter()
    writer.metadata = [
      ("general.architecture", .text(name)), ("\(name).block_count", .uint32(2)),
      ("\(name).context_length", .uint32(4096)), ("\(name).embedding_length", .uint32(128)),
      ("\(name).attention.head_count", .uint32(2)), ("\(name).attention.head_count_kv", .uint32(2)),
      ("\(name).attention.key_length", .uint32(64)),
    ]
    let path = try path(writer)
    defer { try? FileManager.default.removeItem(atPath: path) }
    var message = "nothing was thrown"
    do { _ = try RunnableModel(path: path) } catch { message = "\(error)" }
    #expect(message.contains("“\(name)” cannot be run") && message.contains(reason), "\(message)")
  }

  @Test func logitsAreThoseOfTheSafetensorsTwin() throws {
    let golden = try GoldenModel(folder: "models/qwen2-s1")
    let tensors = try #require(golden.weights as? MemoryWeights)
    let path = try path(file(golden, tensors))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let files = try RunnableModel(path: path), ids = (0..<40).map { $0 * 11 % 97 }
    func logits(_ model: any LanguageModel, _ plans: LayerPlans) throws -> [Double] {
      var all: [Double] = []
      try model.forEachLogits(of: ids, plans: plans, at: 0..<ids.count, options: RunOptions()) { all += $1 }
      return all
    }
    for method in ["config", "yarn:factor=2", "self-extend:window=16,group=4"] {
      let own = try MethodPlanner(MethodSpecification.parse(method), model: files.resolved, targetLength: 40).plans(
        length: 40)
      let expected = try logits(
        Transformer<Double>(golden.decoder, weights: golden.weights, resolved: golden.resolved),
        golden.plans(method, length: 40))
      let error = Accuracy.worst(try logits(files.languageModel(), own), expected) { abs($0 - $1) }
      let precise = Accuracy.worst(try logits(files.languageModel(.float64), own), expected) { abs($0 - $1) }
      print("GGUF twin under \(method): off by \(error) in float32, \(precise) in float64")
      #expect(error <= 1e-4 && precise <= 1e-12, "\(method)")
    }
  }

  @Test func wrongFilesAreRefused() throws {
    let golden = try GoldenModel(folder: "models/qwen2-s1")
    let tensors = try #require(golden.weights as? MemoryWeights)
    func refusal(_ writer: GGUFWriter) throws -> String {
      let path = try path(writer)
      defer { try? FileManager.default.removeItem(atPath: path) }
      do throws(InferenceError) {
        _ = try RunnableModel(path: path).languageModel()
        return "none"
      } catch { return error.description }
    }
    var missing = try file(golden, tensors)
    missing.tensors.removeAll { $0.name == "blk.1.ffn_up.weight" }
    #expect(try refusal(missing).contains("blk.1.ffn_up.weight"))
    var short = try file(golden, tensors)
    let place = try #require(short.tensors.firstIndex { $0.name == "blk.0.attn_k.weight" })
    short.tensors[place] = .init("blk.0.attn_k.weight", shape: [8, 64], float32: Array(repeating: 0, count: 512))
    #expect(try refusal(short).contains("blk.0.attn_k.weight"))
    let split = try file(golden, tensors, metadata: [("split.count", .uint32(3)), ("split.no", .uint32(0))])
    #expect(try refusal(split).contains("3 parts"))
  }
}
