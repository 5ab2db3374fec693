import RopeConfig
import RopeInference
import RopeMath
import RopeTensors
import RopeTestSupport
import Testing

/// Every family against the logits of transformers: all positions, unscaled and under every scaling of the fixtures.
@Suite struct DecoderFamilyTests {
  /// The largest difference, as a share of the largest logit.
  static func error(_ x: [[Double]], _ y: [[Double]]) -> Double {
    guard x.count == y.count, !y.isEmpty else { return .infinity }
    let largest = y.joined().map { abs($0) }.max() ?? 1
    return Accuracy.worst(Array(x.joined()), Array(y.joined())) { abs($0 - $1) } / largest
  }

  @Test(arguments: try DecoderGoldens.families())
  func logitsAreThoseOfTransformers(_ family: String) throws {
    let golden = try DecoderGoldens(family)
    #expect(!golden.cases.isEmpty && golden.tokens.count == 40)
    for item in golden.cases {
      let double = try Self.error(item.model.logits(Double.self, golden.tokens, kernel: .reference), item.logits)
      let single = try Self.error(item.model.logits(Float.self, golden.tokens), item.logits)
      print("DECODER \(family) \(item.name): float64 \(double), float32 \(single)")
      #expect(double <= 1e-9 && single <= 1e-5, "\(family), \(item.name)")
    }
  }

  /// A session reads token by token what a prefill reads at once.
  @Test(arguments: try DecoderGoldens.families())
  func sessionsReadAsPrefillsDo(_ family: String) throws {
    let golden = try DecoderGoldens(family)
    guard let item = golden.cases.first else { return }
    let plans = try item.model.plans(length: golden.tokens.count)
    let session = try item.model.transformer(Float.self).session(
      plans: plans, capacity: 40, options: RunOptions(chunk: 9))
    var last = try session.read(Array(golden.tokens.prefix(21)))
    #expect(Self.error([last], [item.logits[20]]) <= 2e-5, "\(family)")
    for token in golden.tokens[21...] { last = try session.read([token]) }
    #expect(Self.error([last], [item.logits[39]]) <= 2e-5, "\(family)")
  }

  /// The fast kernel computes what the plain one does, whatever the method.
  @Test(arguments: try DecoderGoldens.families())
  func fastAndPlainKernelAgree(_ family: String) throws {
    let golden = try DecoderGoldens(family)
    guard let item = golden.cases.first else { return }
    let rotates = item.model.resolved.rotates
    for method in rotates
      ? ["ntk:factor=2", "self-extend:window=9,group=3", "lm-infinite:local=12,global=3", "rerope:window=8"]
      : ["config"]
    {
      let fast = try item.model.logits(Float.self, golden.tokens, method: method)
      let plain = try item.model.logits(Float.self, golden.tokens, method: method, kernel: .reference)
      #expect(Self.error(fast, plain) <= 2e-5, "\(family), \(method)")
    }
  }

  /// Layers and experts that are expanded at each use are those that are kept.
  @Test(arguments: ["llama", "qwen2_moe", "gpt_oss", "deepseek_v3", "gemma4_text"])
  func expandedOnDemandIsTheSame(_ family: String) throws {
    let golden = try DecoderGoldens(family)
    let model = try #require(golden.cases.first).model
    #expect(try model.logits(Float.self, golden.tokens, memoryLimit: 0) == model.logits(Float.self, golden.tokens))
  }

  /// Products in bfloat16 move logits as far as 8 significant bits let them, and not in float32's last digits only.
  @Test(arguments: ["llama", "qwen3", "gemma3_text", "phi3", "gpt_neox", "olmo2", "cohere2"])
  func bfloat16IsNearFloat32(_ family: String) throws {
    let golden = try DecoderGoldens(family)
    for item in golden.cases {
      let full = try item.model.logits(Float.self, golden.tokens)
      let half = try item.model.logits(Float.self, golden.tokens, products: .bfloat16)
      let error = Self.error(half, full)
      print("BFLOAT16 \(family) \(item.name): \(error) of the largest logit")
      #expect(error > 1e-4 && error <= 0.06, "\(family), \(item.name)")
    }
  }
}
