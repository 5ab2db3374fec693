import RopeJSON
import RopeMath

extension CommandFormat {
  /// torchtune: builders with fixed numbers; a configuration beside the weights is not read for its rotation.
  /// Source: `torchtune/models/*`, `modules/transformer.py` of 0.6.
  static let torchtune = CommandFormat(
    name: "torchtune", title: "torchtune", kind: .trainer, runtime: "transformers",
    programs: [ProgramPattern("tune", "run", "*", takesPositional: false)],
    options: [
      "checkpointer.checkpoint_dir": .model, "tokenizer.max_seq_len": .trainLength, "model.max_seq_len": .window,
      "model.rope_base": .theta, "model.scale_factor": .factor, "max_seq_length": .trainLength,
    ],
    marks: ["tokenizer.max_seq_len", "model._component_", "checkpointer.*"], takesAssignments: true,
    document: { tree in tree.member("model")?.node.member("_component_")?.node.string?.hasPrefix("torchtune.") == true
    },
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      builder.takeLengths()
      let command = request.command
      let name = command.option("model._component_", "config")?.text ?? ""
      let length = command.option("tokenizer.max_seq_len", "max_seq_length")
      let anchor = command.option("model._component_") ?? length
      guard let anchor else { return [builder.configuration] }
      let rows: [(name: String, window: Double, base: Double, factor: Double?)] = [
        ("llama3_1", 131_072, 500_000, 8), ("llama3_2", 131_072, 500_000, 32), ("llama3_3", 131_072, 500_000, 8),
        ("llama3", 8192, 500_000, nil),
        ("qwen2_5", 32_768, 1_000_000, nil), ("qwen2", 32_768, 1_000_000, nil), ("qwen3", 40_960, 1_000_000, nil),
        ("mistral", 32_768, 10_000, nil), ("gemma2", 8192, 10_000, nil),
      ]
      guard let row = rows.first(where: { name.contains($0.name) }) else { return [builder.configuration] }
      let isComponent = name.hasSuffix("." + row.name) || name.hasSuffix("lora_" + row.name)
      if let factor = row.factor {
        let given = isComponent ? command.option("model.scale_factor") : nil
        builder.replaceScaling(
          [
            ("rope_type", EffectiveBuilder.word("llama3", at: anchor)),
            ("factor", given?.node ?? EffectiveBuilder.derived(factor, at: anchor)),
            ("low_freq_factor", EffectiveBuilder.derived(1, at: anchor)),
            ("high_freq_factor", EffectiveBuilder.derived(4, at: anchor)),
            ("original_max_position_embeddings", EffectiveBuilder.derived(8192, at: anchor)),
          ], window: nil, at: anchor, by: "the builder")
      } else {
        builder.removeText("rope_scaling", "rope_parameters")
      }
      let window = isComponent ? command.option("model.max_seq_len")?.number ?? row.window : row.window
      builder.setText(
        "max_position_embeddings", to: EffectiveBuilder.derived(window, at: anchor), keyBytes: anchor.bytes)
      builder.setText(
        "rope_theta",
        to: (isComponent ? command.option("model.rope_base")?.node : nil)
          ?? EffectiveBuilder.derived(row.base, at: anchor))
      for option in command.options
      where !isComponent && ["model.scale_factor", "model.rope_base", "model.max_seq_len"].contains(option.path) {
        builder.find("option-refused", .error, "this builder takes no \(option.name) (TypeError)", at: option)
      }
      if let length, let tokens = length.number, tokens > window {
        builder.find(
          "option-refused", .error,
          """
          torchtune stops at sequences beyond \(window.formattedShortest) tokens (ValueError): there is no scaling \
          to go further
          """,
          at: length)
      }
      return [builder.configuration]
    })
}
