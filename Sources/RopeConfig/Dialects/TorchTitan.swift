import RopeJSON
import RopeMath

extension Runtime {
  /// TorchTitan with the `RoPE.Config` that says the same as the configuration.
  static let torchTitan: [Runtime] = bands(
    name: "torchtitan", aliases: ["torch-titan"], title: "TorchTitan",
    [
      RuntimeBand(
        since: "0.2", read: "0.2.2", date: "2026-02",
        "YaRN and its temperature are off where seq_len is not above the original length, in main until August 2026 too"
      ) { $0 = true },
      RuntimeBand(
        since: "0.3", read: "2026-10", date: "2026-10",
        "commit b5bcd76; the configuration stands for the RoPE.Config that it maps to"
      ) { $0 = false },
    ], from: false
  ) { TorchTitan.dialect(needsLongerContext: $0) }
}

/// `torchtitan`'s rotary embedding: none, llama or yarn.
enum TorchTitan {
  /// - Parameter needsLongerContext: whether YaRN acts only on sequences longer than the original length.
  static func dialect(needsLongerContext: Bool) -> Dialect {
    Dialect(
      dictionary: .ropeScalingFirst, typeKey: .ropeTypeFirst,
      interpret: { (layer) throws(ConfigurationError) in
        let served = layer.servedLength ?? layer.length
        if needsLongerContext, ["yarn", "deepseek_yarn"].contains(layer.type),
          try Double(served) <= layer.settledOriginal()
        {
          return .unscaled("a sequence of \(served) tokens, not above the original length, is not scaled at all")
        }
        return try interpret(layer)
      },
      settings: { (request) throws(ConfigurationError) in try TorchTitanSettings.settings(request) })
  }

  private static func interpret(_ question: LayerScaling) throws(ConfigurationError) -> Interpretation {
    let scaling = question.scaling
    switch question.type ?? "default" {
    case "default": return .unscaled()
    case "llama3":
      return Interpretation(
        "llama3",
        [
          "factor": try scaling.number("factor") ?? 8, "low_freq_factor": try scaling.number("low_freq_factor") ?? 1,
          "high_freq_factor": try scaling.number("high_freq_factor") ?? 4,
          "original_max_position_embeddings": try question.originalKey() ?? 8192,
        ])
    case "yarn", "deepseek_yarn":
      let factor = try scaling.required("factor", for: "yarn")
      var values = YaRNValues(
        factor: factor, original: try question.settledOriginal(), truncates: try scaling.flag("truncate") ?? true,
        attentionFactor: 1)
      try question.refuseUnitBase()
      try values.readBetas(scaling, zeroIsDefault: true)
      let coefficient = try scaling.number("mscale") ?? 1
      return Interpretation(
        [values.part] + YaRNValues.latentScale(factor: factor, coefficient: coefficient),
        notes: question.ignored("attention_factor", "mscale_all_dim")
          + ["the temperature multiplies the whole logit instead of cos and sin"])
    case let type: throw ConfigurationError(refusing: "RoPE.Config has no scaling “\(type)”, only none, llama and yarn")
    }
  }
}
