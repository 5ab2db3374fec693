import RopeJSON
import RopeMath

extension Runtime {
  /// transformers 4.56 – 4.57, the last of version 4: YaRN's own factor counts, `truncate` is read.
  static let transformers457 = Runtime(
    name: "transformers", aliases: ["hf", "huggingface"], title: "transformers", version: "4.57.6", first: "4.56",
    next: "5", date: "2026-01",
    dialect: TransformersFour.dialect(
      missingModels: TransformersFour.after457,
      yarn: { (question) throws(ConfigurationError) in
        let factor = try question.scaling.required("factor", for: "yarn")
        let original = try question.originalKey()
        if ["mistral", "mixtral"].contains(question.modelType),
          question.declaration.text.node.member("head_dim")?.node.isNull == true
        {
          throw ConfigurationError(refusing: "“head_dim” is null, which the Mistral class multiplies (TypeError)")
        }
        return YaRNValues(
          factor: factor, original: original ?? Double(question.window),
          truncates: try question.scaling.flag("truncate") ?? true,
          attentionFactor: try YaRNValues.attentionFactor(question.scaling, factor: factor))
      },
      longRoPE: TransformersFour.switchingLongRoPE))
}
