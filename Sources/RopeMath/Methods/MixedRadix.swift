import RealModule

/// MrRoPE: the factor is spread over the pairs of YaRN's ramp, evenly or growing, on a logarithmic scale.
public struct MixedRadix: ScalingMethod {
  public static let card = MethodCard(
    id: "mrrope", title: "MrRoPE (mixed radix)", shortTitle: "MrRoPE",
    summary: """
      Reads positions as numbers of mixed radix: between YaRN's two ends each pair multiplies the stretch of the one \
      before it, by steps that grow along the ramp (Pro) or are equal (Uni), with YaRN's temperature. Works on frozen \
      weights.
      """,
    formula:
      "θ′_i = θ_i · s^(−r_i);  Pro r_i = q(q + 1)/(n(n + 1)), Uni r_i = q/n,  q = i − low clamped to 0 … n, n = high − low;  a = 0.1·ln s + 1",
    stages: [.frequencies],
    parameters: [.factor, .originalLength] + YaRNRamp.turnParameters + [
      MethodParameter(
        "progressive", .flag, default: .constant(.flag(true)), summary: "true: MrRoPE-Pro, false: MrRoPE-Uni"),
      MethodParameter(
        "attn_factor", range: 0...1e6, default: .constant(.number(1)), summary: "multiplies the temperature's factor"),
    ],
    references: [
      .arXiv("2601.22181", "MrRoPE"),
      Reference("mrRoPE", source: "mattian7/mrRoPE", place: "scaled_rope/LlamaYaRNRadix.py"),
    ],
    hazardClass: "K0", training: .none, cost: "None needed; short texts change as well.",
    implementers: ["mattian7/mrRoPE (transformers)"])

  public let factor: Double
  public let ramp: YaRNRamp
  public let isProgressive: Bool
  public let attentionWeight: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    factor = values.number("factor", default: 1)
    ramp = YaRNRamp(values)
    isProgressive = values.flag("progressive") ?? true
    attentionWeight = values.number("attn_factor", default: 1)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    let (low, high) = ramp.ends(dimension: plan.geometry.rotaryDimension, base: plan.base)
    guard low.isFinite, high.isFinite, high - low >= 1 else {
      throw MethodError(
        .undefined,
        "mrrope: no pair of this model lies between \(ramp.betaSlow.formattedShortest) and \(ramp.betaFast.formattedShortest) turns in the trained length, so there is nothing to spread the factor over"
      )
    }
    let logarithm = Double.log(factor), count = high - low
    for i in plan.inverseFrequencies.indices {
      let step = min(max(Double(i) - low, 0), count)
      let share = isProgressive ? step * (step + 1) / (count * (count + 1)) : step / count
      plan.inverseFrequencies[i] *= .exp(-share * logarithm)
    }
    plan.attentionFactor *= YaRNTemperature.magnitude(scale: factor) * attentionWeight
  }
}
