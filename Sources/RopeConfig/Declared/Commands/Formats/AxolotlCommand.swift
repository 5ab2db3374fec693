import RopeJSON
import RopeMath

extension CommandFormat {
  /// axolotl: keys of `overrides_of_model_config` are set one by one, and a window below `sequence_len` is raised.
  /// Source: `loaders/utils.py`, `loaders/model.py` of 0.18.
  static let axolotl = CommandFormat(
    name: "axolotl", title: "axolotl", kind: .trainer, runtime: "transformers",
    programs: [
      ProgramPattern("axolotl", "*", takesPositional: false), ProgramPattern("axolotl.cli.*", takesPositional: false),
    ],
    options: [
      "base_model": .model, "sequence_len": .trainLength, "vllm.max_model_len": .servedLength,
      "max_model_len": .servedLength,
      "overrides_of_model_config": .overrides, "model_config": .overrides, "vllm__max_model_len": .servedLength,
    ],
    marks: ["sequence_len", "sample_packing", "overrides_of_model_config", "micro_batch_size"],
    savesConfiguration: true,
    document: { tree in
      tree.member("base_model") != nil
        && ["sequence_len", "adapter", "datasets", "overrides_of_model_config", "micro_batch_size", "sample_packing"]
          .contains {
            tree.member($0) != nil
          }
    },
    forms: [
      SettingsForm(
        text: .yaml, model: "base_model", length: "sequence_len", carrier: .overrides("overrides_of_model_config")),
      SettingsForm(text: .yaml, model: "base_model", length: "sequence_len", carrier: .file),
    ],
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      builder.takeLengths()
      if let wrong = request.command.options.first(where: { $0.path == "rope_scaling" && !$0.node.isNull }) {
        builder.find(
          "option-gone", .error,
          "axolotl refuses rope_scaling at the top level. Write it under overrides_of_model_config", at: wrong)
      }
      for lost in request.command.options where ["rope_parameters", "rope_theta"].contains(lost.path) {
        guard !lost.node.isNull else { continue }
        builder.find(
          "option-no-effect", .error,
          "axolotl reads no \(lost.path) at the top level. Write it under overrides_of_model_config", at: lost)
      }
      for name in ["overrides_of_model_config", "model_config"] {
        builder.assign(all: request.command.option(name)?.node, .attributes, by: name)
      }
      if let option = request.command.option("sequence_len"), let length = option.length, let window = builder.window,
        Double(length) > window
      {
        builder.setText(
          "max_position_embeddings", to: EffectiveBuilder.derived(Double(length), at: option), keyBytes: option.bytes)
        builder.notes.append(
          "axolotl raises the window of \(window.formattedShortest) to sequence_len \(length) and scales nothing for it"
        )
      }
      return [builder.configuration]
    })
}
