import RealModule
import RopeKernel
import RopeMath
import RopeTensors
import Testing

/// Biases, sinks and scales of each head against attention written out by hand.
@Suite struct LogitChangeTests {
  private static let tokens = 30, heads = 4, width = 8

  private static func random(_ shape: [Int], seed: UInt64) throws -> Tensor<Double> {
    var sampler = SeededGenerator(seed: seed)
    return try Tensor(shape: shape, values: (0..<shape.reduce(1, *)).map { _ in 2 * sampler.nextUniform() - 1 })
  }

  private static func plan(_ text: String) throws -> RotaryPlan {
    let geometry = try RotaryGeometry(headDimension: width, trainedLength: 16)
    return try BoundMethod(.parse(text), context: MethodContext(geometry: geometry, targetLength: tokens)).plan(
      length: tokens)
  }

  /// The weights of one row from the un-rotated products, with `change` of each logit and `sink` in the denominator.
  private static func row(
    _ q: Tensor<Double>, _ k: Tensor<Double>, head: Int, token p: Int, sink: Double?,
    change: (_ logit: Double, _ distance: Int) -> Double
  ) -> [Double] {
    func vector(_ tensor: Tensor<Double>, _ head: Int, _ token: Int) -> ArraySlice<Double> {
      let start = (head * tokens + token) * width
      return tensor.values[start..<start + width]
    }
    let logits = (0...p).map { r in
      change(
        zip(vector(q, head, p), vector(k, head, r)).reduce(0) { $0 + $1.0 * $1.1 } / Double(width).squareRoot(), p - r)
    }
    let total = logits.reduce(0) { $0 + Double.exp($1) } + (sink.map { Double.exp($0) } ?? 0)
    return logits.map { .exp($0) / total }
  }

  /// Worst difference to the kernel's weights over all rows.
  private static func error(
    _ text: String, sinks: [Double]? = nil,
    change: (_ logit: Double, _ distance: Int, _ head: Int, _ token: Int) -> Double
  ) throws -> Double {
    let q = try random([heads, tokens, width], seed: 7), k = try random([heads, tokens, width], seed: 8)
    let weights = try ReferenceAttention.weights(q: q, k: k, plan: plan(text))
    var worst = 0.0
    for head in 0..<heads {
      for p in 0..<tokens {
        let expected = row(q, k, head: head, token: p, sink: sinks?[head]) { change($0, $1, head, p) }
        let start = (head * tokens + p) * tokens
        for (r, weight) in expected.enumerated() { worst = max(worst, abs(weights.values[start + r] - weight)) }
      }
    }
    return worst
  }

  /// ALiBi of four heads: 1/4, 1/16, 1/64, 1/256.
  @Test func linearBiases() throws {
    let slopes = [0.25, 0.0625, 0.015625, 0.00390625]
    #expect(try Self.error("alibi") { logit, distance, head, _ in logit - slopes[head] * Double(distance) } < 1e-14)
    #expect(
      try Self.error("alibi:slopes=[1;2;0;0.5]") { logit, distance, head, _ in
        logit - [1, 2, 0, 0.5][head] * Double(distance)
      } < 1e-14)
  }

  @Test func scaleInvariance() throws {
    let error = try Self.error("drope+scale-invariant:tau=3") { logit, distance, _, _ in
      let square = 2 * (Double.log(Double(distance) / 3 + 1) - 0.5 + 1)
      return square.squareRoot() * logit - square + 1
    }
    #expect(error < 1e-14)
  }

  @Test func sinksTakeTheirShare() throws {
    let sinks = [0.5, -1, 3, -40]
    #expect(try Self.error("drope+sink:sinks=[0.5;-1;3;-40]", sinks: sinks) { logit, _, _, _ in logit } < 1e-14)
    // A sink above every logit leaves nothing, and overflows nowhere.
    let q = try Self.random([1, 5, Self.width], seed: 1), k = try Self.random([1, 5, Self.width], seed: 2)
    let weights = try ReferenceAttention.weights(q: q, k: k, plan: Self.plan("sink:sinks=[2000]"))
    #expect(weights.values.allSatisfy { $0 == 0 })
  }

  @Test func headsScaleTheirQueries() throws {
    let error = try Self.error("drope+ssmax:s=[0.1;0.2;0.3;0.4],b=[1;0;-1;2]") { logit, _, head, token in
      logit * ([0.1, 0.2, 0.3, 0.4][head] * Double.log(Double(token) + 1) + [1, 0, -1, 2][head])
    }
    #expect(error < 1e-14)
  }

  @Test func countsOfHeadsMustAgree() throws {
    let q = try Self.random([3, 5, Self.width], seed: 1), k = try Self.random([1, 5, Self.width], seed: 2)
    for text in ["sink:sinks=[1;2]", "alibi:slopes=[1;2;3;4]", "ssmax:s=[1;2]"] {
      #expect(throws: KernelError.self) { try ReferenceAttention.weights(q: q, k: k, plan: Self.plan(text)) }
    }
    #expect(throws: KernelError.self) {
      try ReferenceAttention.weights(q: q, k: k, plan: Self.plan("landmark:block=4+sink"))
    }
  }

  /// One position counter each: the text's own is the token's index, whatever the others say.
  @Test func countersOfXDRoPE() throws {
    let q = try Self.random([1, 6, Self.width], seed: 3), k = try Self.random([1, 6, Self.width], seed: 4)
    var plan = try Self.plan("xdrope:alpha=3")
    #expect(plan.pairStreams == [.sequence, .width, .height, .temporal])
    let streams = TokenStreams(temporal: [0, 9, 9, 9, 9, 4], height: [0, 3, 3, 5, 5, 4], width: [0, 2, 4, 2, 4, 4])
    let whole = try ReferenceAttention.weights(q: q, k: k, plan: plan)
    #expect(
      try ReferenceAttention.weights(q: q, k: k, plan: plan, options: AttentionOptions(streams: streams)) != whole)
    plan.pairStreams = Array(repeating: .sequence, count: 4)
    #expect(
      try ReferenceAttention.weights(q: q, k: k, plan: plan, options: AttentionOptions(streams: streams)) == whole)
  }
}
