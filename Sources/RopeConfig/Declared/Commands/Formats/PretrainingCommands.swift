import RopeJSON
import RopeText

/// Trainers that hold the model's sizes in their own files.
extension CommandFormat {
  /// GPT-NeoX: keys with dashes or underscores; `rotary_pct` of a head is rotated with `rotary_emb_base`.
  /// Source: `megatron/neox_arguments/arguments.py` and `neox_args.py`.
  static let gptNeoX = CommandFormat(
    name: "gpt-neox", title: "GPT-NeoX", kind: .trainer, runtime: "transformers",
    options: ["seq_length": .trainLength, "max_position_embeddings": .window, "rotary_emb_base": .theta],
    document: { tree in
      let keys = Set((tree.members ?? []).map { CommandOption.path(of: $0.key) })
      return keys.isSuperset(of: ["seq_length", "num_attention_heads"])
        && !keys.isDisjoint(with: ["pos_emb", "pipe_parallel_size", "rotary_pct", "train_micro_batch_size_per_gpu"])
    },
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      builder.takeLengths()
      let command = request.command
      let names = [
        "hidden_size": "hidden_size", "num_attention_heads": "num_attention_heads", "num_layers": "num_hidden_layers",
        "max_position_embeddings": "max_position_embeddings", "rotary_pct": "rotary_pct",
        "rotary_emb_base": "rotary_emb_base",
      ]
      for option in command.options {
        if let key = names[option.path], option.number != nil {
          builder.setText(key, to: option.node, keyBytes: option.bytes)
        }
      }
      guard let anchor = command.option("pos_emb") ?? command.options.first else { return [builder.configuration] }
      builder.setText("model_type", to: EffectiveBuilder.word("gpt_neox", at: anchor))
      if let length = command.option("seq_length"), let tokens = length.length,
        let window = command.option("max_position_embeddings")?.length, tokens > window
      {
        builder.find(
          "length-refused", .error,
          """
          GPT-NeoX stops at a seq_length of \(tokens) beyond max_position_embeddings \(window) (ValueError). Write \
          \(tokens) for both
          """, at: length)
      }
      return [builder.configuration]
    })

  /// nanotron: `model.model_config` has the keys of a configuration; `tokens.sequence_length` is trained.
  /// Source: `src/nanotron/config/models_config.py`.
  static let nanotron = CommandFormat(
    name: "nanotron", title: "nanotron", kind: .trainer, runtime: "transformers",
    programs: [ProgramPattern("run_train.py", takesPositional: false)],
    options: ["tokens.sequence_length": .trainLength, "model.model_config.max_position_embeddings": .window],
    document: { tree in
      tree.member("model")?.node.member("model_config") != nil && tree.member("tokens") != nil
    },
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      builder.takeLengths()
      guard let sizes = request.command.option("model.model_config"), sizes.node.members != nil else {
        return [builder.configuration]
      }
      builder.replaceRoot(builder.placed(sizes.node))
      let type = ["llama", "qwen2", "starcoder2"].first { sizes.node.member("is_\($0)_config") != nil } ?? "llama"
      builder.setText("model_type", to: EffectiveBuilder.word(type, at: sizes))
      // Its tables grow with the rows (`models/llama.py`): nothing stops, and what is converted says the old window.
      if let rows = request.command.option("tokens.sequence_length"), let tokens = rows.length,
        let window = builder.window, Double(tokens) > window
      {
        builder.find(
          "window-behind", .warning,
          """
          nanotron trains rows of \(tokens) tokens and ignores max_position_embeddings \
          \(window.formattedShortest), which a server of the converted model keeps to. Write \
          max_position_embeddings: \(tokens)
          """, at: rows)
      }
      return [builder.configuration]
    })

  /// MaxText: `key=value` behind a YAML file, whose keys are the same; `rope_max_timescale` is the base, and
  /// `rope_type: llama3.1` scales by 8 over 8,192 tokens unless `rope_use_scale` is off.
  /// Source: `src/MaxText/configs/types.py`, `layers/embeddings.py`.
  static let maxText = CommandFormat(
    name: "maxtext", title: "MaxText", kind: .trainer, runtime: "transformers",
    programs: ["MaxText.*", "maxtext.*", "MaxText/*.py", "src/MaxText/*.py"].map {
      ProgramPattern($0, takesPositional: false)
    },
    options: [
      "model_name": .model, "max_target_length": .trainLength, "rope_max_timescale": .theta,
      "rope_linear_scaling_factor": .factor,
    ],
    marks: ["max_target_length", "rope_max_timescale", "rope_use_scale"], takesAssignments: true,
    document: { tree in
      tree.member("max_target_length") != nil
        && ["model_name", "base_emb_dim", "rope_max_timescale", "rope_type"].contains { tree.member($0) != nil }
    },
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      builder.takeLengths()
      let command = request.command
      if let base = command.option("rope_max_timescale"), let number = base.number, number > 0 {
        builder.setBase(base.node, keyBytes: base.bytes)
      }
      let type = command.option("rope_type")
      if let type, type.text == "llama3.1", command.option("rope_use_scale").map(\.isOn) ?? true {
        builder.replaceScaling(
          [
            ("rope_type", EffectiveBuilder.word("llama3", at: type)), ("factor", EffectiveBuilder.derived(8, at: type)),
            ("low_freq_factor", EffectiveBuilder.derived(1, at: type)),
            ("high_freq_factor", EffectiveBuilder.derived(4, at: type)),
            ("original_max_position_embeddings", EffectiveBuilder.derived(8192, at: type)),
          ], window: nil, at: type, by: "rope_type")
      } else if let factor = command.option("rope_linear_scaling_factor"), let number = factor.number, number > 1 {
        builder.replaceScaling(
          [("rope_type", EffectiveBuilder.word("linear", at: factor)), ("factor", factor.node)], window: nil,
          at: factor,
          by: factor.path)
      }
      return [builder.configuration]
    })
}
