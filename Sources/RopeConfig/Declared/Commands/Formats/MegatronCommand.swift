import RopeJSON

extension CommandFormat {
  private static let rotaryOptions: [String: CanonicalOption] = [
    // `hf_checkpoint` is slime's, which hands the others on.
    "load": .model, "pretrained_checkpoint": .model, "hf_checkpoint": .model, "seq_length": .trainLength,
    "encoder_seq_length": .trainLength,
    "max_position_embeddings": .window, "rotary_base": .theta, "rotary_percent": .rotaryShare,
    "position_embedding_type": .scaling,
    "rotary_scaling_factor": .factor, "yarn_original_max_position_embeddings": .original,
    "inference_max_seq_length": .servedLength,
    // slime's rollout.
    "rollout_max_context_len": .servedLength, "sglang_context_length": .servedLength,
    "rollout_max_response_len": .newTokens,
  ]

  /// Megatron-LM's arguments: no configuration is read, what is not given has the program's default.
  static let megatron = CommandFormat(
    name: "megatron", title: "Megatron-LM", kind: .trainer, runtime: "megatron",
    programs: [
      ProgramPattern("pretrain_*.py", takesPositional: false), ProgramPattern("train_rl.py", takesPositional: false),
      ProgramPattern("run_text_generation_server.py", takesPositional: false),
      ProgramPattern("finetune_gpt.py", takesPositional: false),
    ],
    options: rotaryOptions,
    flags: ["use_rope_scaling", "bf16", "fp16", "use_rotary_position_embeddings", "multi_latent_attention"],
    marks: [
      "position_embedding_type", "rotary_base", "rotary_percent", "use_rope_scaling", "rotary_scaling_factor",
      "num_layers",
      "yarn_original_max_position_embeddings", "max_position_embeddings", "seq_length", "num_query_groups",
      "use_rotary_position_embeddings",
      "rotary_seq_len_interpolation_factor", "multi_latent_attention", "mscale", "mscale_all_dim",
      "rope_scaling_factor", "rope_scaling_*", "hf_checkpoint", "rollout_max_context_len", "rollout_max_response_len",
      "sglang_context_length",
    ],
    aliases: ["megatron-lm"],
    effective: { (request) throws(ConfigurationError) in
      var merge = MegatronMerge(request, prefix: "")
      return [merge.configuration()]
    })

  /// Megatron-Bridge and NeMo 2: fields of the model's provider, on top of what its bridge takes from the
  /// configuration.
  static let megatronBridge = CommandFormat(
    name: "megatron-bridge", title: "Megatron-Bridge", kind: .trainer, runtime: "megatron",
    programs: [
      ProgramPattern("scripts/training/*", takesPositional: false),
      ProgramPattern("run_recipe.py", takesPositional: false),
      ProgramPattern("nemo", "llm", "*", takesPositional: false),
    ],
    options: Dictionary(
      uniqueKeysWithValues: ["model.", "model.config.", "cfg.model."].flatMap { prefix in
        rotaryOptions.map { (prefix + $0.key, $0.value) }
      }
        + [
          ("dataset.seq_length", .trainLength), ("data.seq_length", .trainLength), ("seq_length", .trainLength),
          ("hf_model", .model),
        ]),
    marks: [
      "model.seq_length", "model.yarn_*", "model.position_embedding_type", "model.rotary_base", "dataset.seq_length",
    ],
    // `llm.llama31_8b.finetune_recipe(…)`
    model: { command in
      guard let call = command.program.first, call.hasSuffix("_recipe") else { return command.option(.model)?.text }
      return call.split(separator: ".").dropLast().last.map { String($0).replacing("qwen25", with: "qwen2.5") }
    },
    takesAssignments: true, aliases: ["nemo", "bridge"],
    calls: [PythonCall(name: "AutoBridge.from_hf_pretrained", needs: "megatron.bridge", positional: "hf_model")]
      + ["*.pretrain_recipe", "*.finetune_recipe"].map { PythonCall(name: $0, needs: "nemo.collections") },
    effective: { (request) throws(ConfigurationError) in
      var merge = MegatronMerge(request, prefix: "model.")
      return [merge.configuration()]
    })
}
