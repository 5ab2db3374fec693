import RopeJSON
import RopeMath

/// TorchTitan's `RoPE.Config`.
enum TorchTitanSettings {
  static func settings(_ request: SettingsRequest) throws(ConfigurationError) -> [RuntimeSettings] {
    var members = ["dim=\(request.geometry.rotaryDimension)", "theta=\(request.base)"]
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
    let coefficient = request.latentCoefficient
    let dictionary = try RotaryDictionary(request, .mscale).scaling().map { pair in
      // Its mscale acts on the softmax scale.
      pair.0 == "mscale" ? (pair.0, .float(coefficient == 0 ? 1 : coefficient)) : pair
    }
    let text = "RoPE.Config(\(members.joined(separator: ", ")))"
    return [RuntimeSettings(.code, text, trial: .declaration(CodeSettings.edited(request, dictionary, by: text)))]
  }
}
