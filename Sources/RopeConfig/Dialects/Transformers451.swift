import RopeJSON
import RopeMath

extension Runtime {
  /// transformers 4.49 – 4.5x: YaRN's factor is replaced by the ratio of the lengths.
  static let transformers451 = Runtime(
    name: "transformers", aliases: ["hf", "huggingface"], title: "transformers", version: "4.51.3", first: "4.49",
    next: "4.56", date: "2025-04",
    remarks: ["the release in which YaRN's factor counts again lies between 4.51.3 and 4.57.6; 4.56 is taken"],
    dialect: TransformersFour.dialect(
      missingModels: TransformersFour.after451,
      yarn: { (question) throws(ConfigurationError) in
        let original = try question.originalKey()
        let ratio = original.map { Double(question.window) / $0 }
        let factor = if let ratio { ratio } else { try question.scaling.required("factor", for: "yarn") }
        return YaRNValues(
          factor: factor, original: original ?? Double(question.window),
          attentionFactor: try YaRNValues.attentionFactor(question.scaling, factor: factor))
      },
      longRoPE: TransformersFour.switchingLongRoPE, window: { $0.factor * $0.original }))
}
