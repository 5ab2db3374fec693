import RopeJSON

extension CommandFormat {
  /// levanter: `model` holds sizes and rotation, whatever checkpoint the weights come from, unless `use_hf_model_config` is
  /// on; a model without `rope` turns with theta 10,000, one with `type: llama3` with 500,000.
  /// Source: `src/levanter/main/train_lm.py`, `layers/rotary.py`, `models/llama.py` (commit 9263f81e).
  static let levanter = CommandFormat(
    name: "levanter", title: "levanter", kind: .trainer, runtime: "transformers",
    programs: [
      ProgramPattern("levanter.main.*", takesPositional: false),
      ProgramPattern("src/levanter/main/*", takesPositional: false),
    ],
    options: [
      "initialize_from_hf": .model, "model.seq_len": .trainLength, "model.max_seq_len": .trainLength,
      "model.rope.theta": .theta, "model.rope.factor": .factor,
      "model.rope.original_max_position_embeddings": .original,
    ],
    marks: ["initialize_from_hf", "use_hf_model_config", "model.seq_len", "model.rope.*"], savesConfiguration: true,
    document: { tree in
      tree.member("model")?.node.member("type") != nil && tree.member("trainer")?.node.members != nil
        && (tree.member("initialize_from_hf") ?? tree.member("model")?.node.member("seq_len")
          ?? tree.member("model")?.node.member("max_seq_len")) != nil
    },
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      let command = request.command
      guard command.option("use_hf_model_config")?.isOn != true else { return [builder.configuration] }
      builder.takeLengths()
      guard let length = command.option("model.seq_len", "model.max_seq_len") else { return [builder.configuration] }
      builder.setText("max_position_embeddings", to: length.node, keyBytes: length.bytes)
      let type = command.option("model.rope.type"), name = type?.text ?? "default"
      let own: [(key: String, value: Double)] =
        switch name {
        case "llama3":
          [("factor", 8), ("low_freq_factor", 1), ("high_freq_factor", 4), ("original_max_position_embeddings", 8192)]
        case "yarn":
          [("factor", 1), ("beta_fast", 32), ("beta_slow", 1), ("original_max_position_embeddings", 2048)]
        default: [("factor", 1)]
        }
      let anchor = type ?? length
      let members = own.map { row in
        (row.key, command.option("model.rope." + row.key)?.node ?? EffectiveBuilder.derived(row.value, at: anchor))
      }
      builder.removeText("rope_scaling", "rope_parameters", "rope_theta")
      let base = command.option("model.rope.theta")
      builder.setText(
        "rope_theta", to: base?.node ?? EffectiveBuilder.derived(name == "llama3" ? 500_000 : 10_000, at: anchor),
        keyBytes: (base ?? anchor).bytes)
      if own.count > 1 || members.first?.1.finiteNumber != 1 {
        builder.replaceScaling(
          [("rope_type", EffectiveBuilder.word(own.count > 1 ? name : "linear", at: anchor))] + members, window: nil,
          at: anchor, by: "model.rope")
      }
      return [builder.configuration]
    })
}
