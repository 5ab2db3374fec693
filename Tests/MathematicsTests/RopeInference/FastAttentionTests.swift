import RopeInference
import RopeKernel
import RopeMath
import RopeTensors
import Testing

/// The tiled attention against the plain kernel in float64, for every method of the catalogue and random shapes.
@Suite struct FastAttentionTests {
  struct Inputs {
    let q, k, v: Tensor<Float>

    init(heads: Int, keyHeads: Int, tokens: Int, queries: Int? = nil, size: Int, seed: UInt64) throws {
      var generator = SeededGenerator(seed: seed)
      func random(_ shape: [Int], _ scale: Double) throws -> Tensor<Float> {
        let values = (0..<shape.reduce(1, *)).map { _ in Float((generator.nextUniform() * 2 - 1) * scale) }
        return try Tensor(shape: shape, values: values)
      }
      q = try random([heads, queries ?? tokens, size], 2)
      k = try random([keyHeads, tokens, size], 2)
      v = try random([keyHeads, tokens, size], 1)
    }

    static func widened(_ tensor: Tensor<Float>) throws -> Tensor<Double> {
      try Tensor(shape: tensor.shape, values: tensor.values.map { Double($0) })
    }

    func error(
      _ plan: RotaryPlan, _ options: AttentionOptions = .init(), products: ProductPrecision = .full, workers: Int = 2
    ) throws -> Double {
      let fast = try FastAttention.attend(
        q: q, k: k, v: v, plan: plan, options: options, products: products, workers: workers)
      let plain = try ReferenceAttention.attend(
        q: Self.widened(q), k: Self.widened(k), v: Self.widened(v), plan: plan, options: options)
      return zip(fast.values, plain.values).map { abs(Double($0) - $1) }.max() ?? .infinity
    }
  }

  /// Parameters that put edges of bands, chunks and blocks inside of the text.
  static let specifications = [
    "none", "linear:factor=4", "ntk:factor=4", "dynamic:factor=2", "yarn:factor=4", "llama3:factor=8", "partial",
    "proportional", "resonance", "logn", "xpos", "fope", "lm-infinite:local=40,global=5,limit=50",
    "lm-infinite:local=40,global=5,limit=50,visibility=all", "self-extend:window=37,group=3", "rerope:window=29",
    "leaky-rerope:window=29,step=3", "dca:chunk=48,local=11", "landmark:block=16,pattern=training",
    "landmark:block=7,pattern=training",
    "longlora:group=50", "ntk:factor=2+self-extend:window=64,group=8+logn",
    "alibi", "alibi:slopes=[0.5;0.25;0.1;0]+sink", "scale-invariant:tau=3", "yarn:factor=4+sink:sinks=[0.5;-1;3;-200]",
    "ssmax:s=[0.1;0.2;0.3;0.4],b=[0.5]", "self-extend:window=64,group=8+scale-invariant+sink:sinks=[60]",
    "string:shifted_offset=70,small_local_value=9",
  ]

  private func plan(
    _ text: String, size: Int, rotary: Int? = nil, pairing: PairLayout = .half, tokens: Int
  ) throws -> RotaryPlan {
    let geometry = try RotaryGeometry(
      headDimension: size, rotaryDimension: rotary, pairing: pairing, trainedLength: 128)
    let method = try BoundMethod(
      MethodSpecification.parse(text), context: MethodContext(geometry: geometry, targetLength: max(512, tokens)))
    return try method.plan(length: tokens)
  }

  @Test(arguments: specifications) func everyMethodEqualsThePlainKernel(_ text: String) throws {
    // Not a multiple of a tile of queries, more than one tile, grouped heads.
    let inputs = try Inputs(heads: 4, keyHeads: 2, tokens: 203, size: 16, seed: 1)
    let error = try inputs.error(plan(text, size: 16, tokens: 203))
    print("\(text): off by \(error)")
    #expect(error <= 5e-6)
  }

  /// Queries, keys, values and weights with 8 significant bits.
  @Test(arguments: specifications) func bfloat16IsNearThePlainKernel(_ text: String) throws {
    let inputs = try Inputs(heads: 4, keyHeads: 2, tokens: 203, size: 16, seed: 1)
    let error = try inputs.error(plan(text, size: 16, tokens: 203), products: .bfloat16)
    print("\(text) in bfloat16: off by \(error)")
    // A sink far above all logits leaves nothing to round.
    #expect(error <= 0.03 && (error > 1e-5 || text.hasSuffix("sinks=[60]")))
  }

  /// Windows that begin inside of a panel of keys, heads that fill no panel, texts that end inside of one.
  @Test func tilesBeginAndEndAnywhere() throws {
    for (tokens, size, window) in [(700, 8, 5), (611, 20, 100), (131, 6, 17), (1300, 40, 777)] {
      let inputs = try Inputs(heads: 2, keyHeads: 1, tokens: tokens, size: size, seed: UInt64(size))
      let error = try inputs.error(plan("none", size: size, tokens: tokens), .init(slidingWindow: window))
      #expect(error <= 5e-6, "\(tokens) tokens, heads of \(size), a window of \(window): off by \(error)")
      let rounded = try inputs.error(
        plan("none", size: size, tokens: tokens), .init(slidingWindow: window), products: .bfloat16)
      #expect(rounded <= 0.03, "\(tokens) tokens, heads of \(size), a window of \(window), bfloat16: off by \(rounded)")
    }
  }

  @Test func everyMethodWithoutNeedsOfItsOwnIsCovered() throws {
    let named = Set(try Self.specifications.flatMap { try MethodSpecification.parse($0).parts.map(\.id) })
    for card in MethodCatalogue.cards where !named.contains(card.id) {
      guard let plan = try? plan(card.id, size: 16, tokens: 140) else { continue }  // needs tables or weights
      let inputs = try Inputs(heads: 2, keyHeads: 1, tokens: 140, size: 16, seed: 2)
      let error = try inputs.error(plan)
      #expect(error <= 5e-6, "\(card.id): off by \(error)")
    }
  }

  /// Plans put together at random: frequencies, maps, scales, changes with distance and sinks, of every size and grouping.
  @Test func randomPlansEqualThePlainKernel() throws {
    var generator = SeededGenerator(seed: 77)
    func pick(_ texts: [String]) -> String { texts[Int.random(in: 0..<texts.count, using: &generator)] }
    var worst = 0.0, refused = 0
    for seed in 0..<40 {
      let heads = pick(["1", "2", "4"])
      let count = Int(heads) ?? 1
      func list(_ range: ClosedRange<Double>) -> String {
        "[" + (0..<count).map { _ in String(Double.random(in: range, using: &generator)) }.joined(separator: ";") + "]"
      }
      let parts = [
        pick([
          "none", "yarn:factor=4", "drope", "linear:factor=3", "hope", "alibi:slopes=\(list(0...1))",
          "mrrope:factor=4,beta_fast=4,beta_slow=0.1",
        ]),
        pick([
          "", "self-extend:window=50,group=5", "string:shifted_offset=60,small_local_value=10", "dca:chunk=64,local=9",
          "lm-infinite:local=50,global=4",
        ]),
        pick([
          "", "logn:original_max_position_embeddings=32", "ssmax:s=\(list(0...0.5)),b=\(list(0...1))",
          "infoscale:original_max_position_embeddings=8",
        ]),
        pick(["", "scale-invariant:tau=\(Double.random(in: 0.5...50, using: &generator))", "xpos"]),
        pick(["", "sink:sinks=\(list(-4...4))"]), pick(["", "cope:clip_low_n=3"]),
      ].filter { !$0.isEmpty }
      guard
        let plan = try? plan(
          parts.joined(separator: "+"), size: 16, pairing: seed.isMultiple(of: 2) ? .half : .interleaved, tokens: 170)
      else {
        refused += 1
        continue
      }
      let inputs = try Inputs(
        heads: count, keyHeads: seed.isMultiple(of: 3) ? count : 1, tokens: 170, size: 16, seed: UInt64(100 + seed))
      let options = seed.isMultiple(of: 5) ? AttentionOptions(softCap: 4, slidingWindow: 90) : AttentionOptions()
      let error = try inputs.error(plan, options)
      worst = max(worst, error)
      #expect(error <= 2e-5, "\(parts): off by \(error)")
    }
    print("random plans: off by at most \(worst), \(refused) of 40 are none")
    #expect(refused < 20)
  }

  @Test func shapesOfAllKinds() throws {
    let texts = ["none", "self-extend:window=100,group=4", "lm-infinite:local=100,global=3", "dca:chunk=300,local=40"]
    var worst = 0.0
    for (index, tokens) in [1, 2, 127, 128, 129, 511, 700].enumerated() {
      let text = texts[index % texts.count], pairing = PairLayout.allCases[index % 2]
      let inputs = try Inputs(
        heads: 3, keyHeads: index % 2 == 0 ? 1 : 3, tokens: tokens, queries: max(1, tokens - index * 31), size: 24,
        seed: UInt64(index))
      let plan = try plan(text, size: 24, rotary: index % 3 == 0 ? 8 : nil, pairing: pairing, tokens: tokens)
      worst = max(worst, try inputs.error(plan))
    }
    print("shapes: off by at most \(worst)")
    #expect(worst <= 5e-6)
  }

  @Test func layersOptionsAreHonoured() throws {
    let inputs = try Inputs(heads: 4, keyHeads: 4, tokens: 300, size: 8, seed: 9)
    let options = AttentionOptions(scale: 0.7, softCap: 3, slidingWindow: 70)
    for text in ["none", "lm-infinite:local=90,global=5", "self-extend:window=37,group=3", "longlora:group=64"] {
      let error = try inputs.error(plan(text, size: 8, tokens: 300), options)
      #expect(error <= 5e-6, "\(text): off by \(error)")
    }
  }

  @Test func workersDoNotChangeABit() throws {
    let inputs = try Inputs(heads: 5, keyHeads: 5, tokens: 400, size: 16, seed: 3)
    let plan = try plan("self-extend:window=64,group=4", size: 16, tokens: 400)
    let one = try FastAttention.attend(q: inputs.q, k: inputs.k, v: inputs.v, plan: plan, workers: 1)
    let three = try FastAttention.attend(q: inputs.q, k: inputs.k, v: inputs.v, plan: plan, workers: 3)
    #expect(one == three)
  }

  @Test func staleCachesEqualDecodingTokenByToken() throws {
    let inputs = try Inputs(heads: 2, keyHeads: 1, tokens: 90, size: 16, seed: 4)
    let geometry = try RotaryGeometry(headDimension: 16, trainedLength: 32)
    let method = try BoundMethod(
      MethodSpecification.parse("dynamic:factor=2"), context: MethodContext(geometry: geometry, targetLength: 90))
    let plans = try (1...90).map { try method.plan(length: $0) }
    let fast = try FastAttention.attend(
      q: inputs.q, k: inputs.k, v: inputs.v, plan: plans[89], readingPlans: plans)
    let plain = try ReferenceAttention.decode(
      q: Inputs.widened(inputs.q), k: Inputs.widened(inputs.k), v: Inputs.widened(inputs.v), prefill: 1, cache: .stale
    ) { length in plans[length - 1] }
    let error = zip(fast.values, plain.values).map { abs(Double($0) - $1) }.max() ?? .infinity
    #expect(error <= 5e-6, "off by \(error)")
  }
}
