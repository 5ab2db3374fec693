/// Llama 3.1's frequency scaling.
public struct Llama3Scaling: ScalingMethod {
  public static let card = MethodCard(
    id: "llama3", title: "Llama-3 scaling", shortTitle: "Llama-3",
    summary:
      "Keeps pairs that turn more than high_freq_factor times within the trained length, divides those that turn less than low_freq_factor times, blends between; the paper's NTK-by-parts with a narrow ramp and no temperature.",
    formula: "u = clamp((L0/λ_i − low)/(high − low), 0, 1),  θ′_i = θ_i·((1 − u)/s + u)",
    stages: [.frequencies],
    parameters: [
      .factor, .originalLength,
      MethodParameter(
        "low_freq_factor", range: 0...1e9, default: .constant(.number(1)),
        summary: "turns within L0 below which a pair is divided by s"),
      MethodParameter(
        "high_freq_factor", range: 0...1e9, default: .constant(.number(4)),
        summary: "turns within L0 above which a pair is kept"),
    ],
    references: [
      Reference(
        "llama-models", source: "meta-llama/llama-models", place: "models/llama3/reference_impl/model.py, apply_scaling"
      ),
      Reference("transformers", source: "modeling_rope_utils.py", place: "_compute_llama3_parameters"),
    ],
    hazardClass: "K0", training: .optional, cost: "Trained in by Meta for Llama 3.1; used frozen by others.",
    implementers: ["transformers", "vLLM", "SGLang", "llama.cpp", "MLX-LM", "TorchTitan"])

  public let factor: Double
  public let ramp: TurnsRamp

  public init(_ values: ParameterValues) throws(MethodError) {
    factor = values.number("factor", default: 1)
    ramp = TurnsRamp(
      trainedLength: values.number("original_max_position_embeddings", default: 1),
      low: values.number("low_freq_factor", default: 1), high: values.number("high_freq_factor", default: 4))
  }

  public func apply(to plan: inout RotaryPlan) throws(MethodError) {
    ramp.interpolate(&plan, by: factor)
  }
}
