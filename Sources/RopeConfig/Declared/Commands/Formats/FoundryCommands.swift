import RopeJSON
import RopeMath

/// Trainers that hold the model's sizes, or what is changed of a checkpoint's, in their own files of YAML.
extension CommandFormat {
  /// LLM Foundry: `config_overrides` are set on a checkpoint's configuration, a dictionary of scaling within the one that is
  /// there; an MPT model is built from `model`, and rotates where `attn_config.rope` says so.
  /// Source: `llmfoundry/models/hf/hf_base.py`, `models/mpt/configuration_mpt.py` (commit 8c8dd48f).
  static let llmFoundry = CommandFormat(
    name: "llm-foundry", title: "LLM Foundry", kind: .trainer, runtime: "transformers",
    options: [
      "model.pretrained_model_name_or_path": .model, "max_seq_len": .trainLength,
      "model.attn_config.rope_theta": .theta,
    ], savesConfiguration: true,
    document: { tree in
      tree.member("model")?.node.member("name")?.node.string?.hasSuffix("_causal_lm") == true
        && (tree.member("max_seq_len") ?? tree.member("train_loader") ?? tree.member("variables")) != nil
    },
    effective: { (request) throws(ConfigurationError) in
      let command = request.command
      var builder = EffectiveBuilder(request)
      builder.take(.trainLength, from: command.option("max_seq_len").flatMap(command.referred))
      guard command.option("model.name")?.text == "mpt_causal_lm" else {
        for member in command.option("model.config_overrides")?.node.members ?? [] {
          if ["rope_scaling", "rope_parameters"].contains(member.key), member.node.members != nil {
            builder.replaceScaling(
              member.node, key: member.key, .keepsMissing, keyBytes: member.keyBytes, by: "config_overrides")
          } else if member.node.string?.hasPrefix("${") == true {
            let option = command.option("model.config_overrides." + CommandOption.path(of: member.key))
            if let value = option.flatMap(command.referred) {
              builder.setText(member.key, to: value.node, keyBytes: member.keyBytes)
            }
          } else {
            builder.setText(member.key, to: member.node, keyBytes: member.keyBytes)
          }
        }
        return [builder.configuration]
      }
      let names = [
        "d_model": "hidden_size", "n_heads": "num_attention_heads", "n_layers": "num_hidden_layers",
        "head_dim": "head_dim", "max_seq_len": "max_position_embeddings", "vocab_size": "vocab_size",
      ]
      for (name, key) in names.sorted(by: { $0.key < $1.key }) {
        guard let option = command.option("model." + name).flatMap(command.referred) else { continue }
        builder.setText(key, to: option.node, keyBytes: option.bytes)
      }
      guard let switched = command.option("model.attn_config.rope"), switched.isOn else {
        if let anchor = command.option("model.name") {
          builder.setText("model_type", to: EffectiveBuilder.word("mpt", at: anchor))
        }
        return [builder.configuration]
      }
      if let base = command.option("model.attn_config.rope_theta") {
        builder.setText("rope_theta", to: base.node, keyBytes: base.bytes)
      }
      let scaling = command.option("model.attn_config.rope_hf_config")
      if let scaling, let type = scaling.node.member("type")?.node.string, type != "no_scaling" {
        builder.replaceScaling(scaling.node, .keepsMissing, keyBytes: scaling.bytes, by: "rope_hf_config")
      }
      return [builder.configuration]
    })

  /// NeMo 1: `model` holds sizes and rotation; positions are divided by `seq_len_interpolation_factor`.
  /// Source: `nemo/collections/nlp/models/language_modeling/megatron_gpt_model.py` of 1.23.
  static let nemoMegatron = CommandFormat(
    name: "nemo-megatron", title: "NeMo 1", kind: .trainer, runtime: "transformers",
    options: [
      "model.restore_from_path": .model, "model.encoder_seq_length": .trainLength, "model.rotary_base": .theta,
      "model.seq_len_interpolation_factor": .factor, "model.max_position_embeddings": .window,
    ], savesConfiguration: true,
    document: { tree in
      let model = tree.member("model")?.node
      return model?.member("encoder_seq_length") != nil && model?.member("micro_batch_size") != nil
    },
    effective: { (request) throws(ConfigurationError) in
      let command = request.command
      var builder = EffectiveBuilder(request)
      let rows = command.option("model.encoder_seq_length").flatMap(command.referred)
      builder.take(.trainLength, from: rows)
      let names = [
        "hidden_size": "hidden_size", "num_attention_heads": "num_attention_heads", "num_layers": "num_hidden_layers",
        "num_query_groups": "num_key_value_heads", "kv_channels": "head_dim", "rotary_base": "rope_theta",
        "rotary_percentage": "partial_rotary_factor", "max_position_embeddings": "max_position_embeddings",
      ]
      for (name, key) in names.sorted(by: { $0.key < $1.key }) {
        guard let option = command.option("model." + name).flatMap(command.referred), option.number != nil else {
          continue
        }
        builder.setText(key, to: option.node, keyBytes: option.bytes)
      }
      if let factor = command.option("model.seq_len_interpolation_factor"), let number = factor.number, number > 1 {
        builder.replaceScaling(
          [("rope_type", EffectiveBuilder.word("linear", at: factor)), ("factor", factor.node)], window: nil,
          at: factor, by: "seq_len_interpolation_factor")
      }
      return [builder.configuration]
    })

  /// DeepSpeed-MII: the model's own file is read; `max_length` is prompt and answer together.
  /// Source: `mii/api.py`, `mii/config.py`.
  static let deepSpeedMII = CommandFormat(
    name: "deepspeed-mii", title: "DeepSpeed-MII", kind: .server, runtime: nil,
    options: ["model_name_or_path": .model, "max_length": .servedLength], aliases: ["mii"],
    calls: [
      PythonCall(name: "mii.serve", needs: "mii", positional: "model_name_or_path"),
      PythonCall(name: "mii.pipeline", needs: "mii", positional: "model_name_or_path", isServer: false),
    ])
}

extension Command {
  /// The option that one refers to as `${variables.max_seq_len}`; itself where it says a value.
  func referred(_ option: CommandOption) -> CommandOption? {
    guard option.isUnknown else { return option }
    guard let text = option.node.string, text.hasPrefix("${"), text.hasSuffix("}") else { return nil }
    let name = CommandOption.path(of: String(text.dropFirst(2).dropLast()))
    return options.last { $0.path == name && !$0.isUnknown }
  }
}
