import RopeJSON
import RopeMath

/// Arguments of Megatron-LM's training scripts.
enum MegatronSettings {
  static func settings(_ request: SettingsRequest) throws(ConfigurationError) -> [RuntimeSettings] {
    let base = request.base
    guard base == base.rounded() else {
      throw ConfigurationError(
        refusing: "--rotary-base is a whole number; these numbers need \(base.formattedShortest)")
    }
    var text = "--rotary-base \(base.formattedShortest)"
    if let share = request.share { text += " --rotary-percent \(share.formattedShortest)" }
    switch request.main?.id {
    case nil, "none", "abf", "ntk": text = "--position-embedding-type rope " + text
    case "linear":
      let factor = request.main?.given["factor"]?.number ?? 1
      text = "--position-embedding-type rope \(text) --rotary-seq-len-interpolation-factor \(factor.formattedShortest)"
    case "llama3":
      let factor = request.main?.given["factor"]?.number ?? 8
      text =
        "--position-embedding-type rope \(text) --use-rope-scaling --rope-scaling-factor \(factor.formattedShortest)"
    case "yarn":
      let values = try request.yarn()
      let all = request.latentCoefficient
      text =
        "--position-embedding-type yarn \(text) --rotary-scaling-factor \(values.factor.formattedShortest)"
        + " --yarn-original-max-position-embeddings \(values.original.formattedShortest)"
        + " --yarn-beta-fast \(values.betaFast.formattedShortest) --yarn-beta-slow \(values.betaSlow.formattedShortest)"
        + " --mscale \(request.mscale(for: values, all: all).formattedShortest)"
        + " --mscale-all-dim \(all.formattedShortest)"
        + (values.truncates ? "" : " --no-yarn-correction-range-round-to-int")
    default: throw request.refusal()
    }
    text += " --max-position-embeddings \(max(request.window, request.length)) --seq-length \(request.length)"
    return [RuntimeSettings(.arguments, text, trial: .command)]
  }
}
