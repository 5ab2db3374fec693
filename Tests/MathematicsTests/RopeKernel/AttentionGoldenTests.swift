import Foundation
import RopeKernel
import RopeMath
import RopeTensors
import RopeTestSupport
import Testing

/// The kernel against the attention of the methods' own code: `attention.json`.
@Suite struct AttentionGoldenTests {
  struct Case {
    let name: String
    let parameters: [String: Any]
    let outputs: [String: Any]

    func number(_ key: String) -> Double { (parameters[key] as? NSNumber)?.doubleValue ?? .nan }
    func text(_ key: String) -> String { number(key).formattedShortest }
  }

  let q: Tensor<Double>
  let k: Tensor<Double>
  let v: Tensor<Double>
  let cases: [Case]

  init() throws {
    let file = try #require(try Fixtures.json("golden/attention.json") as? [String: Any])
    let tensors = try #require(file["tensors"] as? [String: Any])
    func tensor(_ name: String, heads: Int) throws -> Tensor<Double> {
      try Tensor(shape: [heads, 48, 32], values: try #require(tensors[name] as? [Double]))
    }
    q = try tensor("q", heads: 4)
    k = try tensor("k", heads: 2)
    v = try tensor("v", heads: 2)
    cases = try #require(file["cases"] as? [[String: Any]]).map { entry in
      let inputs = try #require(entry["inputs"] as? [String: Any])
      return Case(
        name: try #require(entry["name"] as? String), parameters: try #require(inputs["params"] as? [String: Any]),
        outputs: try #require(entry["outputs"] as? [String: Any]))
    }
  }

  /// The specification and trained length that say what a case ran.
  private func specification(_ c: Case) throws -> (text: String, trainedLength: Int) {
    let group = String(c.name.prefix { $0 != "/" })
    switch group {
    case "rope":
      let config = try #require(c.parameters["config"] as? [String: Any])
      let window = (config["max_position_embeddings"] as? NSNumber)?.intValue ?? 0
      guard let scaling = config["rope_scaling"] as? [String: Any] else { return ("none", window) }
      let known = ["factor", "original_max_position_embeddings", "attention_factor"]
      let given = known.compactMap { key in (scaling[key] as? NSNumber).map { "\(key)=\($0.doubleValue)" } }
      return ("\(try #require(scaling["rope_type"] as? String)):\(given.joined(separator: ","))", window)
    case "ntk": return ("ntk:factor=\(c.text("alpha"))", 4096)
    case "lm-infinite":
      let masks = (c.parameters["use_lambda_mask"] as? NSNumber)?.boolValue == true
      return (
        "lm-infinite:local=\(c.text("local_branch")),global=\(c.text("global_branch")),"
          + "limit=\(c.text("limit_distance")),visibility=\(masks ? "lambda" : "all")", 16
      )
    case "self-extend":
      return ("self-extend:group=\(c.text("group_size_1")),window=\(c.text("group_size_2"))", 16)
    case "landmark": return ("landmark:block=\(Int(c.number("mem_freq")) + 1),pattern=training", 16)
    case "rerope": return ("rerope:window=\(c.text("window")),logn=\(c.text("training_length"))", 16)
    case "leaky-rerope":
      return (
        "leaky-rerope:window=\(c.text("window")),step=\(c.text("scaling_factor")),logn=\(c.text("training_length"))", 16
      )
    case "dca":
      return (
        "dca:chunk=\(c.text("chunk_size")),local=\(c.text("local_window")),mscale=true",
        Int(c.number("max_position_embeddings"))
      )
    default: throw KernelError.plan("no specification for \(c.name)")
    }
  }

  @Test func everyExecutedCase() throws {
    var worst: [String: Double] = [:]
    for c in cases {
      let (text, trainedLength) = try specification(c)
      let geometry = try RotaryGeometry(headDimension: 32, trainedLength: trainedLength)
      let context = MethodContext(geometry: geometry, targetLength: 48)
      let plan = try BoundMethod(.parse(text), context: context).plan(length: 48)
      let recorded = try #require(c.outputs["output"] as? [Double])
      let isFloat32 = c.name.hasPrefix("rope/")
      let output = try ReferenceAttention.attend(q: q, k: k, v: v, plan: plan)
      #expect(output.shape == [4, 48, 32])
      let error = Accuracy.worst(output.values, recorded) { abs($0 - $1) }
      #expect(error <= (isFloat32 ? 3e-6 : 1e-12), "\(c.name) as \(text): \(error)")
      worst[c.name] = error
      let single = try ReferenceAttention.attend(
        q: Tensor(shape: q.shape, values: q.values.map { Float($0) }),
        k: Tensor(shape: k.shape, values: k.values.map { Float($0) }),
        v: Tensor(shape: v.shape, values: v.values.map { Float($0) }), plan: plan)
      let singleError = Accuracy.worst(single.values.map { Double($0) }, recorded) { abs($0 - $1) }
      #expect(singleError <= 3e-6, "\(c.name) in float32: \(singleError)")
      worst["float32", default: 0] = max(worst["float32"] ?? 0, singleError)
      if let own = c.outputs["output_float64_own"] as? [Double] {
        let error = Accuracy.worst(output.values, own) { abs($0 - $1) }
        #expect(error <= 1e-12, "\(c.name) in float64: \(error)")
        worst["rope in float64", default: 0] = max(worst["rope in float64"] ?? 0, error)
      }
      if let factor = c.outputs["attention_factor"] as? Double {
        #expect(Accuracy.relative(plan.attentionFactor, factor) <= 1e-12, "\(c.name)")
      }
      if let frequencies = c.outputs["inv_freq_float64_own"] as? [Double] {
        #expect(Accuracy.worst(plan.inverseFrequencies, frequencies, by: Accuracy.relative) <= 1e-12, "\(c.name)")
      }
    }
    for (name, error) in worst.sorted(by: { $0.key < $1.key }) { print("attention.json \(name): \(error)") }
    #expect(cases.count == 19)
  }

  /// Chunked attention beyond its trained length, where its authors' code scales cos and sin.
  @Test func dualChunkMagnitude() throws {
    let geometry = try RotaryGeometry(headDimension: 32, trainedLength: 16)
    let context = MethodContext(geometry: geometry, targetLength: 48)
    let scaled = try BoundMethod(.parse("dca:chunk=12,local=4,mscale=true"), context: context).plan(length: 48)
    #expect(Accuracy.relative(scaled.attentionFactor, 1 + 0.05 * log(3.0)) <= 1e-15)
    #expect(try BoundMethod(.parse("dca:chunk=12,local=4"), context: context).plan(length: 48).attentionFactor == 1)
  }
}
