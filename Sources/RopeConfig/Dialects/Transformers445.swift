import RealModule
import RopeJSON
import RopeMath

extension Runtime {
  /// transformers 4.43 – 4.48: YaRN without an original length, LongRoPE's list chosen once.
  static let transformers445 = Runtime(
    name: "transformers", aliases: ["hf", "huggingface"], title: "transformers", version: "4.45.2", next: "4.49",
    date: "2024-10",
    dialect: TransformersFour.dialect(
      missingModels: TransformersFour.after445,
      yarn: { (question) throws(ConfigurationError) in
        let factor = try question.scaling.required("factor", for: "yarn")
        guard factor > 0 else { throw ConfigurationError(refusing: "yarn factor \(factor.formattedShortest) has no logarithm") }
        // No guard against factors below 1.
        return YaRNValues(
          factor: factor, original: Double(question.window),
          attentionFactor: try question.scaling.number("attention_factor") ?? 0.1 * .log(factor) + 1)
      },
      longRoPE: { (question) throws(ConfigurationError) in
        let (original, scale) = try TransformersFour.longRoPELengths(question)
        guard let scale else { throw ConfigurationError(refusing: "longrope scaling needs “factor” (TypeError: None)") }
        let factor = try TransformersFour.longRoPEFactor(question, original: original, scale: scale)
        if question.modelType == "phi3" {
          return try question.longRoPE(switchLength: original, attentionFactor: factor)
        }
        return try question.longRoPE(
          switchLength: original, attentionFactor: factor, fixed: scale > 1 ? "long_factor" : "short_factor")
      },
      unscaledModels: ["mistral", "mixtral", "gemma", "gemma2"], window: { $0.original }))
}
