import RopeJSON

extension CommandFormat {
  /// SkyRL: a scaling is given twice in the same words, to the engine and to the trainer; its own older keys are refused.
  /// Source: `skyrl/train/config/config.py` (commit a9564572e, 2026-08).
  static let skyRL = CommandFormat(
    name: "skyrl", title: "SkyRL", kind: .trainer, runtime: "transformers",
    programs: ["skyrl.train.entrypoints.*", "skyrl_train.entrypoints.*"].map {
      ProgramPattern($0, takesPositional: false)
    },
    options: [
      "trainer.policy.model.path": .model, "trainer.max_prompt_length": .promptLength,
      "generator.max_input_length": .promptLength, "generator.sampling_params.max_generate_length": .newTokens,
      "generator.inference_engine.engine_init_kwargs.max_model_len": .servedLength,
    ],
    marks: ["trainer.policy.model.path", "generator.inference_engine.*"], syntax: .yaml, takesAssignments: true,
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      builder.takeLengths()
      let options = request.command.options
      let engine = "generator.inference_engine.engine_init_kwargs.hf_overrides.rope_parameters"
      let sides = [
        "trainer.policy.model_config_kwargs.rope_parameters",
        "trainer.policy.megatron_config.transformer_config_kwargs.rope_parameters",
      ]
      let keys: Set = ["rope_scaling", "rope_theta", "rope_parameters"]
      if let gone = options.first(where: { option in
        option.path.split(separator: ".").contains { keys.contains(String($0)) }
          && !([engine] + sides).contains(where: option.path.hasPrefix)
      }) {
        builder.find(
          "option-gone", .error,
          "SkyRL refuses \(gone.path) (ValueError). Write the same rope_parameters under \(engine) and \(sides[0])",
          at: gone)
      }
      let leaves = options.filter { $0.path.hasPrefix(engine + ".") && !$0.isUnknown }
      guard let first = leaves.first ?? options.first(where: { $0.path == engine }) else {
        return [builder.configuration]
      }
      if !options.contains(where: { option in sides.contains(where: option.path.hasPrefix) }) {
        builder.find(
          "override-refused", .error,
          "SkyRL stops where the engine scales and the trainer does not (ValueError). Write the same under \(sides[0])",
          at: first)
      }
      let dictionary =
        leaves.isEmpty
        ? first.node
        : EffectiveBuilder.dictionary(leaves.map { (String($0.path.dropFirst(engine.count + 1)), $0.node) }, at: first)
      builder.replaceScaling(
        dictionary, key: "rope_parameters", .replacesParameters, keyBytes: first.bytes, by: "hf_overrides")
      return [builder.configuration]
    })
}
