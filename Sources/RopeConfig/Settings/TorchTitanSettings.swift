import RopeJSON
import RopeMath

/// TorchTitan's `RoPE.Config`.
enum TorchTitanSettings {
  static func settings(_ request: SettingsRequest) throws(ConfigurationError) -> RuntimeSettings {
    let base = request.changedBase ?? request.geometry.base
    var members = ["dim=\(request.geometry.rotaryDimension)", "theta=\(base)"]
    var pairs: [(String, EditedValue)] = [("rope_theta", .float(base))]
    switch request.main?.id {
    case nil, "none", "abf", "ntk": members.append("scaling=\"none\"")
    case "llama3":
      let given = request.main?.given ?? [:]
      func number(_ key: String) -> Double { given[key]?.number ?? 1 }
      members += [
        "scaling=\"llama\"", "scaling_factor=\(number("factor"))", "low_freq_factor=\(number("low_freq_factor"))",
        "high_freq_factor=\(number("high_freq_factor"))",
        "original_max_position_embeddings=\(number("original_max_position_embeddings").formattedShortest)",
      ]
    case "yarn":
      let values = try request.yarn()
      members += [
        "scaling=\"yarn\"", "rope_factor=\(values.factor)", "beta_fast=\(values.betaFast)",
        "beta_slow=\(values.betaSlow)",
        "original_seq_len=\(values.original.formattedShortest)", "truncate=\(values.truncates ? "True" : "False")",
      ]
    default: throw request.refusal()
    }
    let dictionary = try HuggingFaceSettings.dictionary(request, .mscale).map { pair in
      // Its mscale acts on the softmax scale.
      pair.0 == "mscale" ? (pair.0, .float(request.latentCoefficient == 0 ? 1 : request.latentCoefficient)) : pair
    }
    pairs += dictionary
    var edited = EditedConfiguration(request.declaration)
    for key in ["rope_scaling", "rope_parameters", "original_max_position_embeddings"] { edited.set(key, to: nil) }
    edited.set("rope_parameters", to: EditedValue(pairs))
    return RuntimeSettings(.code, "RoPE.Config(\(members.joined(separator: ", ")))", check: .configuration(edited))
  }
}
