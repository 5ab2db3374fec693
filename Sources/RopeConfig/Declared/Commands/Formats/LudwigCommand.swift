import RopeJSON
import RopeText

extension CommandFormat {
  /// Ludwig: `model_parameters.rope_scaling` goes into the model's own dictionary, linear or dynamic with a factor above
  /// 1; rows are cut to `global_max_sequence_length`, and to the configuration's window, which nothing raises.
  /// Source: `ludwig/schema/llms/model_parameters.py`, `utils/llm_utils.py`, `models/llm.py` (commit 5d19f3e6, 2026-07).
  static let ludwig = CommandFormat(
    name: "ludwig", title: "Ludwig", kind: .trainer, runtime: "transformers",
    options: [
      "base_model": .model, "model_parameters.rope_scaling": .scaling,
      "preprocessing.global_max_sequence_length": .trainLength, "generation.max_new_tokens": .newTokens,
    ],
    document: { tree in tree.member("model_type")?.node.string == "llm" && tree.member("input_features") != nil },
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      builder.takeLengths()
      if let length = request.command.option(.trainLength), let asked = length.length, let window = builder.window,
        Double(asked) > window
      {
        builder.find(
          "length-cut", .warning,
          """
          Ludwig cuts rows to the window of \(window.formattedShortest), \(asked) are asked for, and scaling does not raise \
          it. Raise max_position_embeddings in a copy of the model
          """, at: length)
        builder.take(.trainLength, Int(window), from: length)
      }
      guard let scaling = request.command.option(.scaling), let members = scaling.node.members else {
        return [builder.configuration]
      }
      if let type = scaling.node.member("rope_type")?.node ?? scaling.node.member("type")?.node, let name = type.string,
        !["linear", "dynamic"].contains(name)
      {
        builder.find(
          "unknown-value", .error, "Ludwig's rope_scaling takes linear or dynamic, this is “\(name.excerpt(40))”",
          at: scaling)
      } else {
        builder.replaceScaling(members.map { ($0.key, $0.node) }, window: nil, at: scaling, by: "rope_scaling")
      }
      return [builder.configuration]
    })
}
