import RealModule
import RopeMath
import RopeTestSupport
import Testing

/// Methods of recent papers and of single runtimes, against numbers computed from their formula or code.
@Suite struct FieldMethodTests {
  private static func plan(
    _ text: String, head: Int = 128, base: Double = 1e4, trained: Int = 4096, length: Int = 32_768
  ) throws -> RotaryPlan {
    let geometry = try RotaryGeometry(headDimension: head, base: base, trainedLength: trained)
    return try BoundMethod(.parse(text), context: MethodContext(geometry: geometry, targetLength: length)).plan(
      length: length)
  }

  private static func expect(_ frequencies: [Double], _ expected: [(Int, Double)]) {
    for (pair, value) in expected {
      #expect(
        value == 0 ? frequencies[pair] == 0 : Accuracy.relative(frequencies[pair], value) < 1e-12,
        "pair \(pair): \(frequencies[pair])")
    }
  }

  /// `string_for_llama.py`: queries at p in the last S keys, at p − S + W over all older ones.
  @Test func stringShiftsFarKeys() throws {
    let plan = try Self.plan("string:shifted_offset=40,small_local_value=7", head: 32, trained: 64, length: 97)
    for p in 0..<97 {
      for r in 0...p {
        let expected = p - r < 40 ? p - r : p - r - 40 + 7
        #expect(plan.effectiveDistance(query: p, key: r) == Double(expected))
      }
    }
    // Reach L0 + S − W = 97: the largest distance of 97 tokens is L0 − 1.
    #expect((0..<97).compactMap { plan.effectiveDistance(query: 96, key: $0) }.max() == 63)
    let defaults = try BoundMethod(
      .parse("string"),
      context: MethodContext(
        geometry: RotaryGeometry(headDimension: 128, trainedLength: 131_072), targetLength: 131_072))
    // int(0.33 · 131072), as the authors' README has it.
    #expect(
      defaults.parameters["shifted_offset"] == .number(43_253)
        && defaults.parameters["small_local_value"] == .number(128))
    #expect(throws: MethodError.self) { try Self.plan("string:shifted_offset=4,small_local_value=7") }
  }

  /// θ_i ≥ 2π/4096 for 46 of 64 pairs of base 10,000; the frequencies of FoPE's clipping for every geometry.
  @Test func hopeKeepsFastPairs() throws {
    let frequencies = try Self.plan("hope").inverseFrequencies
    #expect(frequencies.count { $0 > 0 } == 46 && frequencies[46] == 0)
    Self.expect(frequencies, [(45, 0.001539926526059492)])
    for draw in try MethodRelationTests.draws(60) {
      let context = MethodContext(geometry: draw.geometry, targetLength: draw.length)
      let own = try BoundMethod(.parse("hope"), context: context).plan(length: draw.length)
      #expect(
        own.inverseFrequencies
          == (try BoundMethod(.parse("fope"), context: context).plan(length: draw.length)).inverseFrequencies)
    }
  }

  @Test func dropeRotatesNothing() throws {
    let plan = try Self.plan("drope"), scaled = try Self.plan("drope:softmax_scale=0.1")
    #expect(plan.inverseFrequencies.allSatisfy { $0 == 0 } && plan.softmaxScaleFactor == 1)
    // 0.1 in place of 1/√128.
    #expect(abs(scaled.softmaxScaleFactor - 1.131_370_849_898_476) < 1e-14)
    #expect(throws: MethodError.self) { try Self.plan("drope:softmax_scale=0.1+mla-mscale") }
  }

  /// 0.43·ln 4096, 0.43·ln 131072; 0.25·ln 1024 + 0.5 of head 1.
  @Test func softmaxScalesByHead() throws {
    let plain = try Self.plan("ssmax").queryScale
    #expect(
      abs(plain.value(at: 4095) - 3.5766394516893176) < 1e-13 && abs(plain.value(at: 131_071) - 5.0669058898932) < 1e-12
    )
    let heads = try Self.plan("ssmax:s=[0.5;0.25],b=[1;0.5]")
    #expect(abs(heads.queryScale.value(at: 1023, head: 1) - 2.2328679513998635) < 1e-14)
    #expect(!heads.hasPlainLogits && heads.fits(heads: 2) && !heads.fits(heads: 4))
    #expect(abs(heads.queryScale.value(at: 1023) - (0.375 * Double.log(1024) + 0.75)) < 1e-14)
    let mistral = try Self.plan("mistral-large4-scaling:scale=[0.5;0.25],bias=[1;0.5]")
    #expect(mistral.queryScale == heads.queryScale)
    #expect(throws: MethodError.self) { try Self.plan("mistral-large4-scaling") }
    #expect(throws: MethodError.self) { try Self.plan("ssmax:s=[1;2],b=[1;2;3]") }
  }

  /// √(1 − n^(−2/d))/√(1 − L0^(−2/d)).
  @Test func informationScales() throws {
    let scale = try Self.plan("infoscale").queryScale
    for (length, expected) in [(8192, 1.0380820436436893), (32_768, 1.1092086424314904), (131_072, 1.1746491466274172)]
    {
      #expect(Accuracy.relative(scale.value(at: length - 1), expected) < 1e-12)
    }
    #expect(scale.value(at: 0) == 1 && scale.value(at: 100) == 1 && scale.value(at: 4095) == 1)
    let small = QueryScale.information(trainedLength: 64, dimension: 64)
    #expect(Accuracy.relative(small.value(at: 64 * 4096 - 1), 1.6276459974117898) < 1e-12)
  }

  /// ALiBi's get_slopes for 8, 12, 1 and 40 heads.
  @Test func biasesOfALiBi() throws {
    let plan = try Self.plan("alibi")
    let bias = try #require(plan.logitByDistance)
    #expect(plan.inverseFrequencies.allSatisfy { $0 == 0 })
    for (head, slope) in [0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625, 0.0078125, 0.00390625].enumerated() {
      #expect(abs(bias.bias(at: 100, head: head, of: 8) + 100 * slope) < 1e-13)
    }
    for (head, slope) in [
      (7, 0.00390625), (8, 0.7071067811865476), (9, 0.35355339059327384), (11, 0.08838834764831849),
    ] {
      #expect(abs(LogitByDistance.slope(head: head, of: 12) - slope) < 1e-15)
    }
    #expect(LogitByDistance.slope(head: 0, of: 1) == 0.00390625)
    #expect(abs(LogitByDistance.slope(head: 39, of: 40) - 0.27262693316631437) < 1e-15)
    #expect(bias.multiplier(at: 100) == 1 && bias.bias(at: 0, head: 3, of: 8) == 0)
    let given = try Self.plan("alibi:slopes=[0.3;0.2]").logitByDistance
    #expect(given?.bias(at: 10, head: 1, of: 2) == -2)
  }

  /// a² = 2(ln(Δ/10 + 1) − ½ + 1), m = 1 − a².
  @Test func scaleInvariantLogits() throws {
    let change = try #require(try Self.plan("scale-invariant").logitByDistance)
    let expected = [
      (0, 1.0, 0.0), (1, 1.0911555157761197, -0.19062035960864998), (10, 1.544763529191407, -1.3862943611198908),
      (100, 2.4074448167292934, -4.795790545596741), (10_000, 3.849351836170661, -13.81750955863044),
    ]
    for (distance, factor, bias) in expected {
      #expect(
        abs(change.multiplier(at: distance) - factor) < 1e-13
          && abs(change.bias(at: distance, head: 0, of: 1) - bias) < 1e-13)
    }
  }

  /// EABF.py: base 500,000, ln(p + 1)/ln 4096 where above 1, not in the first two layers.
  @Test func entropyAwareBase() throws {
    let plan = try Self.plan("entropy-abf")
    Self.expect(plan.inverseFrequencies, [(32, 0.001414213562373095)])
    #expect(plan.base == 500_000 && abs(plan.queryScale.value(at: 16_383) - 7.0 / 6) < 1e-14)
    #expect(plan.differsByLayer)
    for layer in [0, 1] {
      #expect(
        plan.onLayer(layer).queryScale == .one && plan.onLayer(layer).inverseFrequencies == plan.inverseFrequencies)
    }
    #expect(plan.onLayer(2).queryScale == plan.queryScale && !plan.onLayer(2).differsByLayer)
    #expect(throws: MethodError.self) { try Self.plan("entropy-abf+yarn") }
  }

  /// 0.07·ln s + 1 on YaRN's own frequencies.
  @Test func teleChat() throws {
    #expect(try abs(Self.plan("telechat3-yarn:factor=4").attentionFactor - 1.0970406052783923) < 1e-14)
    #expect(
      try abs(Self.plan("telechat3-yarn:factor=16,attn_factor=0.5").attentionFactor - 1.1940812105567846 / 2) < 1e-14)
    let own = try Self.plan("telechat3-yarn:factor=4"), yarn = try Self.plan("yarn:factor=4")
    #expect(own.inverseFrequencies == yarn.inverseFrequencies)
    #expect(try Self.plan("telechat3-yarn:factor=1").attentionFactor == 1)
  }

  /// 10000·1000^(128/126), the base that llama.cpp's converter writes for HunYuan as 11158839.9.
  @Test func hunYuanAlpha() throws {
    let plan = try Self.plan("ntk-alpha", trained: 32_768)
    #expect(Accuracy.relative(plan.base, 11158839.92507748) < 1e-13)
    Self.expect(
      plan.inverseFrequencies, [(1, 0.7760343630469744), (32, 0.00029935772947204905), (63, 1.1547819846894587e-07)])
    let dimensions = try Self.plan("xdrope:xdrope_section=[16;16;16;16]", trained: 32_768)
    #expect(dimensions.inverseFrequencies == plan.inverseFrequencies)
    let streams: [PositionStream] = [.sequence, .width, .height, .temporal]
    #expect(dimensions.pairStreams == (0..<64).map { streams[$0 / 16] })
    #expect(dimensions.pairStreams == (try Self.plan("xdrope", trained: 32_768)).pairStreams)
    #expect(throws: MethodError.self) { try Self.plan("xdrope:xdrope_section=[16;16;16]") }
    #expect(throws: MethodError.self) { try Self.plan("xdrope:xdrope_section=[16;16;16;15]") }
  }

  /// Sections 22, 22, 20: h w h w … and 20 pairs of time.
  @Test func erniesPairs() throws {
    let streams = try #require(try Self.plan("ernie-3d:mrope_section=[22;22;20]").pairStreams)
    let usual = try Self.plan("ernie-3d").pairStreams
    #expect(streams.count == 64 && streams == usual)
    for (pair, stream) in streams.enumerated() {
      let expected: PositionStream = pair >= 44 ? .temporal : pair % 2 == 0 ? .height : .width
      #expect(stream == expected)
    }
  }

  /// exp(ln θ·M + ln(θ/s)·(1 − M)), Grok-2's base and length with s = 16; ramp from pair 12 to 24.
  @Test func logarithmicBlend() throws {
    let plan = try Self.plan("yarn-log:factor=16", base: 208_533_496, trained: 8192, length: 131_072)
    Self.expect(
      plan.inverseFrequencies,
      [
        (0, 1), (12, 0.027552089020750056), (13, 0.016211532782051993), (18, 0.0011433305501803133),
        (23, 8.063424751685684e-05),
        (24, 4.7444850587958515e-05), (63, 4.0428843251246727e-10),
      ])
    #expect(plan.attentionFactor == 1)
    let half = try Self.plan(
      "yarn_log:factor=16,extrapolation_factor=0.5", base: 208_533_496, trained: 8192, length: 131_072)
    Self.expect(half.inverseFrequencies, [(0, 0.25), (18, 0.0005716652750901567), (63, 4.0428843251246727e-10)])
  }

  /// θ·½(1 + cos) over the last 20 of 64 pairs, base 500,000.
  @Test func clippedRotation() throws {
    let frequencies = try Self.plan("cope", base: 5e5, trained: 8192).inverseFrequencies
    Self.expect(
      frequencies,
      [
        (43, 0.00014825335432657046), (44, 0.00012076973741146504), (45, 9.771021437254214e-05),
        (50, 2.729766175720538e-05),
        (54, 7.129065036110995e-06), (60, 2.7369525314194447e-07), (62, 2.055254846212905e-08), (63, 0),
      ])
    let plain = try Self.plan("none").inverseFrequencies
    for count in [0, 1] {
      let own = try Self.plan("cope:clip_low_n=\(count)").inverseFrequencies
      #expect(own == plain)
    }
    let both = try Self.plan("yarn:factor=8+cope"), yarn = try Self.plan("yarn:factor=8")
    #expect(
      both.inverseFrequencies.prefix(44) == yarn.inverseFrequencies.prefix(44)
        && both.attentionFactor == yarn.attentionFactor)
  }

  /// Llama-2's 128, 10,000, 4,096 at s = 8; ramp from pair 20 to 46.
  @Test func mixedRadix() throws {
    let pro = try Self.plan("mrrope:factor=8"), uni = try Self.plan("mrrope:factor=8,progressive=false")
    Self.expect(
      pro.inverseFrequencies,
      [
        (20, 0.056234132519034905), (21, 0.048409109535250384), (30, 0.009626982292213829), (33, 0.005050862652181952),
        (40, 0.0009113595553053563), (45, 0.00022454612643273914), (46, 0.0001666901790204155),
        (60, 2.2228492625486534e-05),
      ])
    Self.expect(
      uni.inverseFrequencies,
      [
        (20, 0.056234132519034905), (21, 0.044953733822353924), (33, 0.0030616462265676105),
        (45, 0.0002085183325082218), (60, 2.2228492625486534e-05),
      ])
    #expect(abs(pro.attentionFactor - 1.2079441541679836) < 1e-14)
    // The even spread is yarn_log's blend.
    let logarithmic = try Self.plan("yarn-log:factor=8").inverseFrequencies
    #expect(Accuracy.worst(uni.inverseFrequencies, logarithmic, by: Accuracy.relative) < 1e-13)
    #expect(throws: MethodError.self) { try Self.plan("mrrope:beta_fast=1,beta_slow=32") }
  }

  @Test func layersThatDoNotRotate() throws {
    let plan = try Self.plan("yarn:factor=8+nope-layers")
    for layer in 0..<12 {
      let own = plan.onLayer(layer)
      #expect(
        own.inverseFrequencies.allSatisfy { $0 == 0 } == (layer % 4 == 3) && own.attentionFactor == plan.attentionFactor
      )
    }
    #expect(
      LayerSelection.every(4).contains(3) && !LayerSelection.every(4).contains(4) && LayerSelection.from(2).contains(2))
  }

  @Test func sinks() throws {
    #expect(try Self.plan("sink").sink == HeadValues(0))
    let heads = try Self.plan("linear:factor=8+sink:sinks=[1;-2]")
    #expect(heads.sink?.value(head: 1) == -2 && !heads.hasPlainLogits && !heads.fits(heads: 3))
  }

  @Test func newOnesAreUnscaledAtFactorOne() throws {
    for draw in try MethodRelationTests.draws(100) {
      let context = MethodContext(geometry: draw.geometry, targetLength: draw.length)
      for text in ["yarn-log:factor=1", "telechat3-yarn:factor=1", "ntk-alpha:alpha=1", "mrrope:factor=1"] {
        guard let plan = try? BoundMethod(.parse(text), context: context).plan(length: draw.length) else {
          #expect(text.hasPrefix("mrrope"))
          continue
        }
        #expect(
          Accuracy.worst(plan.inverseFrequencies, draw.geometry.inverseFrequencies, by: Accuracy.relative) < 1e-12,
          "\(text)")
        #expect(plan.attentionFactor == 1)
      }
    }
  }
}
