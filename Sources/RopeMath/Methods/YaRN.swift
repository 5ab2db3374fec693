import RealModule

/// YaRN as every implementation computes it: a ramp that is linear in the pair index.
public struct YaRN: ScalingMethod {
  public static let card = MethodCard(
    id: "yarn", title: "YaRN",
    summary:
      "Leaves pairs that turn often alone, interpolates those that never complete a turn by the whole factor, blends between, and sharpens attention by a temperature.",
    formula: "θ′_i = θ_i(1 − r_i) + (θ_i/s)·r_i,  r_i = clamp((i − low)/(high − low), 0, 1),  a = 0.1·ln s + 1",
    stages: [.frequencies],
    parameters: [.factor, .originalLength] + YaRNRamp.turnParameters + [YaRNRamp.truncation]
      + YaRNTemperature.parameters + [
        MethodParameter(
          "extrapolation_factor", range: 0...1, default: .constant(.number(1)),
          summary: "weight of the unscaled frequencies in the ramp"),
        MethodParameter(
          "attn_factor", range: 0...1e6, default: .constant(.number(1)), summary: "multiplies the temperature's factor"),
      ],
    references: [
      .arXiv("2309.00071", "YaRN", "§3.2–3.4"),
      Reference("transformers", source: "modeling_rope_utils.py", place: "_compute_yarn_parameters"),
    ],
    hazardClass: "K0", training: .optional,
    cost: "About 0.1 % of the pre-training data in the paper; usable frozen; short texts change as well.",
    implementers: ["transformers", "vLLM", "SGLang", "llama.cpp", "MLX-LM", "Megatron-LM", "TorchTitan"])

  public let factor: Double
  public let ramp: YaRNRamp
  public let temperature: YaRNTemperature
  public let extrapolationWeight: Double
  public let attentionWeight: Double

  public init(_ values: ParameterValues) throws(MethodError) {
    factor = values.number("factor", default: 1)
    ramp = YaRNRamp(values)
    temperature = YaRNTemperature(values)
    extrapolationWeight = values.number("extrapolation_factor", default: 1)
    attentionWeight = values.number("attn_factor", default: 1)
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    ramp.interpolate(&plan, by: factor, extrapolationWeight: extrapolationWeight)
    plan.attentionFactor *= temperature.attentionFactor(scale: factor) * attentionWeight
  }
}
