import RopeJSON
import RopeMath

extension Runtime {
  /// DeepSeek-V3's own inference code.
  static let deepSeek = Runtime(
    name: "deepseek", aliases: ["deepseek-reference", "deepseek-v3"], title: "DeepSeek reference", version: "3",
    date: "2025-02", remarks: ["inference/model.py of DeepSeek-V3"],
    dialect: Dialect(
      dictionary: .ropeScalingOnly, typeKey: .typeFirst, onlyModels: ["deepseek_v2", "deepseek_v3"],
      interpret: { (question) throws(ConfigurationError) in
        guard ["yarn", "default"].contains(question.type ?? "default") else {
          throw ConfigurationError(refusing: "the reference code knows YaRN only, not “\(question.type ?? "")”")
        }
        let scaling = question.scaling
        let original = try question.originalKey() ?? 4096
        let served = question.servedLength ?? question.length
        guard question.type == "yarn", Double(served) > original else {
          return .unscaled(
            "a context of \(served) tokens, not above \(original.formattedShortest), is not scaled at all")
        }
        let factor = try scaling.number("factor") ?? 40
        var values = YaRNValues(factor: factor, original: original, attentionFactor: 1)
        try values.readBetas(scaling, zeroIsDefault: false)
        return Interpretation(
          [values.part] + YaRNValues.latentScale(factor: factor, coefficient: try scaling.number("mscale") ?? 1))
      },
      settings: { (request) throws(ConfigurationError) in try DeepSeekSettings.settings(request) }))
}
