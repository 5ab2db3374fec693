import Foundation
import RopeKernel
import RopeMath
import RopeTensors
import RopeTestSupport
import Testing

/// What must hold of the kernel whatever the numbers are.
@Suite struct KernelInvariantTests {
  private static let trained = 16
  private static let length = 40

  /// One specification of every kind of plan.
  private static let methods = [
    "none", "linear:factor=3", "ntk:factor=4", "dynamic", "yarn:factor=4", "llama3:factor=4", "abf:rope_theta=50000",
    "partial:partial_rotary_factor=0.5", "logn", "yarn:factor=4+logn", "lm-infinite:local=12,global=3,limit=12",
    "lm-infinite:local=12,global=3,limit=12,visibility=all", "self-extend:window=6,group=4", "rerope:window=8",
    "leaky-rerope:window=8,step=4", "dca:chunk=12,local=4,mscale=true", "landmark:block=8,pattern=training",
    "landmark:block=8,top_k=2", "longlora:group=8",
    "xpos", "mrope", "ntk:factor=2+self-extend:window=6,group=4", "string:shifted_offset=10,small_local_value=3",
    "drope", "alibi",
    "scale-invariant:tau=4", "ssmax:s=[0.1;0.2;0.3;0.4]", "entropy-abf", "infoscale", "cope:clip_low_n=3",
    "mrrope:factor=4,beta_fast=2,beta_slow=0.05",
    "self-extend:window=6,group=4+scale-invariant", "xdrope:alpha=4", "ernie-3d",
  ]

  private static func random(_ shape: [Int], seed: UInt64) throws -> Tensor<Double> {
    var sampler = SeededGenerator(seed: seed)
    return try Tensor(shape: shape, values: (0..<shape.reduce(1, *)).map { _ in 2 * sampler.nextUniform() - 1 })
  }

  private static func inputs(width: Int = 16, count: Int = length) throws -> (
    q: Tensor<Double>, k: Tensor<Double>, v: Tensor<Double>
  ) {
    (
      try random([4, count, width], seed: 1), try random([2, count, width], seed: 2),
      try random([2, count, width], seed: 3)
    )
  }

  private static func bound(_ text: String, pairing: PairLayout = .half, width: Int = 16) throws -> BoundMethod {
    let geometry = try RotaryGeometry(headDimension: width, base: 10_000, pairing: pairing, trainedLength: trained)
    return try BoundMethod(.parse(text), context: MethodContext(geometry: geometry, targetLength: length))
  }

  private static func worst(_ left: Tensor<Double>, _ right: Tensor<Double>) -> Double {
    zip(left.values, right.values).map { abs($0 - $1) }.max() ?? .infinity
  }

  @Test(arguments: methods)
  func rowsSumToOneAndLookBackOnly(method: String) throws {
    let (q, k, _) = try Self.inputs()
    let plan = try Self.bound(method).plan(length: Self.length)
    let weights = try ReferenceAttention.weights(q: q, k: k, plan: plan)
    let n = Self.length
    for head in 0..<4 {
      for p in 0..<n {
        let start = (head * n + p) * n, row = weights.values[start..<start + n]
        #expect(abs(row.reduce(0, +) - 1) < 1e-13, "\(method): row \(p)")
        #expect(row.dropFirst(p + 1).allSatisfy { $0 == 0 } && row.allSatisfy { $0 >= 0 })
        for (r, weight) in row.enumerated() where r <= p && plan.normalisation == .softmax {
          let isSeen = plan.visibility.allows(query: p, key: r, shifted: head >= 2)
          #expect((weight > 0) == isSeen, "\(method): query \(p), key \(r)")
        }
      }
    }
  }

  /// Later tokens change nothing of earlier outputs, as long as the plan is the same.
  @Test(arguments: methods.filter { !$0.hasPrefix("landmark:block=8,top_k") })
  func outputsDoNotSeeTheFuture(method: String) throws {
    let (q, k, v) = try Self.inputs()
    let plan = try Self.bound(method).plan(length: Self.length)
    let whole = try ReferenceAttention.attend(q: q, k: k, v: v, plan: plan)
    func head(_ tensor: Tensor<Double>, _ count: Int) throws -> Tensor<Double> {
      let (heads, n, width) = (tensor.shape[0], tensor.shape[1], tensor.shape[2])
      var values: [Double] = []
      for head in 0..<heads { values += tensor.values[head * n * width..<(head * n + count) * width] }
      return try Tensor(shape: [heads, count, width], values: values)
    }
    let count = 23
    let part = try ReferenceAttention.attend(q: head(q, count), k: head(k, count), v: head(v, count), plan: plan)
    #expect(Self.worst(part, try head(whole, count)) < 1e-13, "\(method)")
  }

  /// The two layouts of pairs are one permutation of features apart.
  @Test(arguments: methods)
  func pairLayoutsAgree(method: String) throws {
    let (q, k, v) = try Self.inputs()
    let half = try Self.bound(method).plan(length: Self.length)
    let interleaved = try Self.bound(method, pairing: .interleaved).plan(length: Self.length)
    let m = half.pairCount
    func permuted(_ tensor: Tensor<Double>) throws -> Tensor<Double> {
      let width = 16
      var values = tensor.values
      for row in stride(from: 0, to: values.count, by: width) {
        for i in 0..<m {
          values[row + 2 * i] = tensor.values[row + i]
          values[row + 2 * i + 1] = tensor.values[row + i + m]
        }
      }
      return try Tensor(shape: tensor.shape, values: values)
    }
    let one = try ReferenceAttention.attend(q: q, k: k, v: v, plan: half)
    let other = try ReferenceAttention.attend(q: permuted(q), k: permuted(k), v: v, plan: interleaved)
    #expect(Self.worst(one, other) < 1e-13, "\(method)")
  }

  /// Moving queries and keys together changes nothing where only true distances count.
  @Test(arguments: [
    "none", "linear:factor=3", "ntk:factor=4", "yarn:factor=4", "llama3:factor=4", "partial:partial_rotary_factor=0.5",
  ])
  func rotationsAdd(method: String) throws {
    let plan = try Self.bound(method).plan(length: Self.length)
    var shifted = plan
    shifted.bands = [
      PositionBand(region: .everywhere, query: PositionFunction(offset: 1000), key: PositionFunction(offset: 1000))
    ]
    let (q, k, v) = try Self.inputs()
    let error = Self.worst(
      try ReferenceAttention.attend(q: q, k: k, v: v, plan: plan),
      try ReferenceAttention.attend(q: q, k: k, v: v, plan: shifted))
    #expect(error < 1e-11, "\(method): \(error)")
  }

  /// Each method's limits in which it is plain RoPE, as its paper or code has them.
  @Test(arguments: [
    "linear:factor=1", "ntk:factor=1", "yarn:factor=1", "llama3:factor=1", "self-extend:window=6,group=1",
    "self-extend:window=40,group=4",
    "rerope:window=40", "leaky-rerope:window=8,step=1", "leaky-rerope:window=40,step=4",
    "lm-infinite:local=40,global=3,limit=40",
    "dca:chunk=60,local=4,mscale=false", "landmark:block=64", "longlora:pattern=full,factor=1",
    "dynamic:factor=1,original_max_position_embeddings=40",
  ])
  func limitsArePlainRotation(method: String) throws {
    let (q, k, v) = try Self.inputs()
    let plain = try ReferenceAttention.attend(q: q, k: k, v: v, plan: Self.bound("none").plan(length: Self.length))
    let own = try ReferenceAttention.attend(q: q, k: k, v: v, plan: Self.bound(method).plan(length: Self.length))
    #expect(Self.worst(own, plain) < 1e-12, "\(method): \(Self.worst(own, plain))")
  }

  @Test func leakyReachesReRoPE() throws {
    let (q, k, v) = try Self.inputs()
    let rectified = try ReferenceAttention.attend(
      q: q, k: k, v: v, plan: Self.bound("rerope:window=8").plan(length: Self.length))
    let leaky = try ReferenceAttention.attend(
      q: q, k: k, v: v, plan: Self.bound("leaky-rerope:window=8,step=1e12").plan(length: Self.length))
    #expect(Self.worst(rectified, leaky) < 1e-9)
  }

  /// Methods without a hazard compute the same in one pass and token by token, whatever the cache keeps.
  @Test(arguments: methods)
  func decodingIsThePassWithoutHazard(method: String) throws {
    let (q, k, v) = try Self.inputs()
    let bound = try Self.bound(method)
    let hazard = try StaleCacheDifference(q: q, k: k, v: v, prefill: Self.trained, method: bound)
    let moves = ["K1", "K2", "K3"].contains(try bound.plan(length: Self.length).cachedKeys.hazardClass)
    let stale = hazard.stale.max() ?? 0
    // Dual chunk attention keeps the factor of the length that a key was cached at.
    if moves || method.hasPrefix("dca") {
      #expect(stale > 1e-6, "\(method)")
      #expect((hazard.firstStaleToken ?? 0) >= Self.trained)
    } else {
      #expect(stale < 1e-12, "\(method): \(stale)")
    }
    let plans = try (Self.trained...Self.length).map { try bound.plan(length: $0) }
    let isSteady = plans.allSatisfy {
      $0.inverseFrequencies == plans[0].inverseFrequencies && $0.attentionFactor == plans[0].attentionFactor
        && $0.bands == plans[0].bands && $0.visibility == plans[0].visibility
    }
    if isSteady, !method.contains("top_k") { #expect((hazard.length.max() ?? 0) < 1e-12, "\(method)") }
  }

  /// float32 is float64 but for rounding.
  @Test(arguments: methods)
  func narrowAndWideAgree(method: String) throws {
    let (q, k, v) = try Self.inputs()
    let plan = try Self.bound(method).plan(length: Self.length)
    let wide = try ReferenceAttention.attend(q: q, k: k, v: v, plan: plan)
    let narrow = try ReferenceAttention.attend(
      q: q.converted(Float.init), k: k.converted(Float.init), v: v.converted(Float.init), plan: plan)
    #expect(Self.worst(wide, narrow.converted(Double.init)) < 3e-6, "\(method)")
  }

  /// Grouped-query heads are the same as key heads written out for each query head; windows and caps do what they say.
  @Test func groupedHeadsWindowsAndCaps() throws {
    let (q, k, v) = try Self.inputs()
    let plan = try Self.bound("yarn:factor=4").plan(length: Self.length)
    func spread(_ tensor: Tensor<Double>) throws -> Tensor<Double> {
      let size = tensor.shape[1] * tensor.shape[2]
      return try Tensor(
        shape: [4] + tensor.shape.dropFirst(),
        values: (0..<4).flatMap { tensor.values[$0 / 2 * size..<($0 / 2 + 1) * size] })
    }
    let grouped = try ReferenceAttention.attend(q: q, k: k, v: v, plan: plan)
    #expect(grouped == (try ReferenceAttention.attend(q: q, k: spread(k), v: spread(v), plan: plan)))
    let windowed = try ReferenceAttention.weights(q: q, k: k, plan: plan, options: AttentionOptions(slidingWindow: 5))
    for p in 0..<Self.length {
      let row = windowed.values[p * Self.length..<(p + 1) * Self.length]
      #expect(row.count { $0 > 0 } == min(5, p + 1))
    }
    let capped = try ReferenceAttention.attend(q: q, k: k, v: v, plan: plan, options: AttentionOptions(softCap: 1e9))
    #expect(Self.worst(grouped, capped) < 1e-12)
  }
}
