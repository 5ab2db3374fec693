import RopeJSON
import RopeMath

extension Runtime {
  /// vLLM before pull request 56446: `attention_factor`, `mscale` and `mscale_all_dim` are dropped.
  static let vllmBeforeAttentionFactor = Runtime(
    name: "vllm", title: "vLLM", version: "0.29.0", next: "0.30", date: "2026-08",
    remarks: ["to April 2026 its dynamic scaling was static, α = f² − f + 1"],
    dialect: VLLM.dialect(multipliesYaRN: true) { (question, factor) throws(ConfigurationError) in
      let multiplier = try question.scaling.number("attn_factor") ?? 1
      let applies = try question.scaling.flag("apply_yarn_scaling") ?? true
      let weight = try question.scaling.number("extrapolation_factor") ?? 1
      return (
        multiplier * (applies ? YaRNTemperature.magnitude(scale: factor) : 1), weight,
        question.ignored("attention_factor", "mscale", "mscale_all_dim")
      )
    })
}
