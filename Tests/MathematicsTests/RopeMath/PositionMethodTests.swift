import RopeMath
import Testing

/// Position maps against the statements of their papers, over every pair of tokens.
@Suite struct PositionMethodTests {
  private static func plan(_ text: String, trained: Int = 64, length: Int = 300) throws -> RotaryPlan {
    let geometry = try RotaryGeometry(headDimension: 32, trainedLength: trained)
    return try BoundMethod(.parse(text), context: MethodContext(geometry: geometry, targetLength: length)).plan(
      length: length)
  }

  private static func forEachPair(_ length: Int = 300, _ body: (_ p: Int, _ r: Int) -> Void) {
    for p in 0..<length { for r in 0...p { body(p, r) } }
  }

  /// φ never exceeds the true distance (by more than one where the group does not divide the window), is the true one
  /// nearby, and grows with the distance.
  @Test(arguments: [(16, 4), (16, 8), (12, 5), (20, 3), (32, 16)])
  func selfExtend(window: Int, group: Int) throws {
    let plan = try Self.plan("self-extend:window=\(window),group=\(group)")
    let slack = window % group == 0 ? 0.0 : 1.0
    Self.forEachPair { p, r in
      let far = plan.effectiveDistance(query: p, key: r) ?? .nan
      let distance = Double(p - r)
      if p - r < window { #expect(far == distance) }
      #expect(far <= distance + slack)
      if r > 0 { #expect((plan.effectiveDistance(query: p, key: r - 1) ?? .nan) >= far) }
    }
    let reach = try #require(SelfExtend.reach(trainedLength: 64, window: window, group: group))
    let whole = try Self.plan("self-extend:window=\(window),group=\(group)", length: reach + 2)
    func largest(_ length: Int) -> Double {
      (0..<length).compactMap { whole.effectiveDistance(query: length - 1, key: $0) }.max() ?? 0
    }
    #expect(largest(reach) <= 63 && largest(reach + 1) > 63)
  }

  @Test func rectifiedMaps() throws {
    let rectified = try Self.plan("rerope:window=20"), leaky = try Self.plan("leaky-rerope:window=20,step=4")
    Self.forEachPair { p, r in
      let distance = Double(p - r)
      #expect(rectified.effectiveDistance(query: p, key: r) == min(distance, 20))
      let expected = distance < 20 ? distance : 20 + (distance - 20) / 4
      #expect(abs((leaky.effectiveDistance(query: p, key: r) ?? .nan) - expected) < 1e-10)
    }
  }

  @Test func dualChunks() throws {
    let chunk = 24, local = 8, c = chunk - local
    let plan = try Self.plan("dca:chunk=\(chunk),local=\(local),mscale=true")
    Self.forEachPair { p, r in
      let far = plan.effectiveDistance(query: p, key: r) ?? .nan
      #expect(far >= 0 && far <= Double(chunk))
      if p - r < local || p / c == r / c { #expect(far == Double(p - r), "\(p) \(r)") }
    }
    #expect(abs(plan.attentionFactor - 1.077_240) < 1e-5)
  }

  @Test func lambdaMask() throws {
    let plan = try Self.plan("lm-infinite:local=32,global=5,limit=32")
    Self.forEachPair { p, r in
      #expect(plan.visibility.allows(query: p, key: r) == (r < 5 || p - r < 32))
      #expect((plan.effectiveDistance(query: p, key: r) ?? .nan) <= 32)
    }
    for p in 0..<300 {
      #expect((0...p).count { plan.visibility.allows(query: p, key: $0) } == min(p + 1, p < 37 ? p + 1 : 37))
    }
  }

  /// Half of the heads see groups that begin half a group earlier; at inference nothing but PI is left.
  @Test func shiftedGroups() throws {
    let plan = try Self.plan("longlora:group=16,factor=5")
    Self.forEachPair { p, r in
      #expect(plan.visibility.allows(query: p, key: r) == (p / 16 == r / 16))
      #expect(plan.visibility.allows(query: p, key: r, shifted: true) == ((p + 8) / 16 == (r + 8) / 16))
    }
    let full = try Self.plan("longlora:pattern=full,factor=5"), linear = try Self.plan("linear:factor=5")
    #expect(full.inverseFrequencies == linear.inverseFrequencies && full.visibility == .causal)
  }

  @Test func streamsShareThePairsOut() throws {
    let sectioned = try Self.plan("mrope:mrope_section=[4;6;6]"),
      interleaved = try Self.plan("mrope:mrope_section=[6;5;5],mrope_interleaved=true")
    #expect(sectioned.pairStreams?.prefix(5) == [.temporal, .temporal, .temporal, .temporal, .height])
    #expect(interleaved.pairStreams?.prefix(6) == [.temporal, .height, .width, .temporal, .height, .width])
    for plan in [sectioned, interleaved] {
      #expect(plan.pairStreams?.count { $0 == .width } == (plan == sectioned ? 6 : 5))
    }
  }

  /// Maps and frequencies compose; two maps do not.
  @Test func compositions() throws {
    let both = try Self.plan("ntk:factor=2+self-extend:window=16,group=8")
    #expect(both.inverseFrequencies == (try Self.plan("ntk:factor=2")).inverseFrequencies)
    #expect(both.bands == (try Self.plan("self-extend:window=16,group=8")).bands)
    for text in ["rerope:window=8+self-extend", "dca+lm-infinite", "landmark+longlora+landmark"] {
      #expect(throws: MethodError.self) { try Self.plan(text) }
    }
  }
}
