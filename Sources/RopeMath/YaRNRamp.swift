import RealModule

/// The index ramp between extrapolated and interpolated pairs that all YaRN implementations share.
///
/// `corr(n) = d·ln(L0/(2πn)) / (2 ln b)` is the pair index whose wavelength makes `n` turns in the trained length;
/// low = corr(β_fast), high = corr(β_slow), rounded outward where `truncate`, clamped to 0 below and to d − 1 above as
/// the implementations do. Where the ends meet, high is raised by 0.001; a reversed range keeps its sign.
public struct YaRNRamp: Sendable, Hashable {
  public let trainedLength: Double
  public let betaFast: Double
  public let betaSlow: Double
  public let truncates: Bool

  public static let turnParameters = [
    MethodParameter(
      "beta_fast", range: 1e-9...1e9, default: .constant(.number(32)),
      summary: "turns within L0 above which a pair is left alone"),
    MethodParameter(
      "beta_slow", range: 1e-9...1e9, default: .constant(.number(1)),
      summary: "turns within L0 below which a pair is fully interpolated"),
  ]

  public static let truncation = MethodParameter(
    "truncate", .flag, default: .constant(.flag(true)), summary: "round the ramp's ends outward to whole pairs")

  public init(trainedLength: Double, betaFast: Double = 32, betaSlow: Double = 1, truncates: Bool = true) {
    self.trainedLength = trainedLength
    self.betaFast = betaFast
    self.betaSlow = betaSlow
    self.truncates = truncates
  }

  public init(_ values: ParameterValues) {
    self.init(
      trainedLength: values.number("original_max_position_embeddings", default: 1),
      betaFast: values.number("beta_fast", default: 32), betaSlow: values.number("beta_slow", default: 1),
      truncates: values.flag("truncate") ?? true)
  }

  /// Pair index, not rounded, whose wavelength makes `turns` turns in the trained length.
  public func pairIndex(turns: Double, dimension d: Int, base: Double) -> Double {
    Double(d) * .log(trainedLength / (turns * 2 * .pi)) / (2 * .log(base))
  }

  /// Ends of the ramp, as pair indices, after rounding and clamping.
  public func ends(dimension d: Int, base: Double) -> (low: Double, high: Double) {
    var low = pairIndex(turns: betaFast, dimension: d, base: base)
    var high = pairIndex(turns: betaSlow, dimension: d, base: base)
    if truncates {
      low = low.rounded(.down)
      high = high.rounded(.up)
    }
    low = max(low, 0)
    high = min(high, Double(d - 1))
    return (low, low == high ? high + 0.001 : high)
  }

  /// Whether the range is empty or reversed before the implementations' repair, so that runtimes disagree about it.
  public func isDegenerate(dimension d: Int, base: Double) -> Bool {
    let ends = ends(dimension: d, base: base)
    return ends.high - ends.low < 0.01
  }

  /// `r_i`: 0 keeps the frequency of pair `i`, 1 interpolates it fully. Where the base is 1 no index has a meaning, and
  /// nothing is interpolated.
  public func weights(count: Int, dimension d: Int, base: Double) -> [Double] {
    let (low, high) = ends(dimension: d, base: base)
    guard low.isFinite, high.isFinite else { return Array(repeating: 0, count: count) }
    return (0..<count).map { min(max((Double($0) - low) / (high - low), 0), 1) }
  }

  /// `(θ/s)(1 − M) + θM` with `M = e·(1 − r)` on the frequencies that stand in the plan.
  func interpolate(_ plan: inout RotaryPlan, by factor: Double, extrapolationWeight: Double = 1) {
    let weights = weights(
      count: plan.pairCount, dimension: plan.geometry.rotaryDimension, base: plan.base)
    for i in plan.inverseFrequencies.indices {
      let frequency = plan.inverseFrequencies[i]
      let kept = extrapolationWeight * (1 - weights[i])
      plan.inverseFrequencies[i] = frequency / factor * (1 - kept) + frequency * kept
    }
  }
}
