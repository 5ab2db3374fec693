import RopeJSON
import RopeText

extension CommandFormat {
  /// TRL: its scripts build `model_init_kwargs` anew, so that keys given there are lost; only Python that builds the
  /// trainer's arguments itself hands them on. Its vLLM reads the configuration on disk.
  /// Source: `trl/scripts/*.py`, `trainer/utils.py`, `generation/vllm_generation.py` of 1.9.
  static let trl = CommandFormat(
    name: "trl", title: "TRL", kind: .trainer, runtime: "transformers",
    programs: [
      ProgramPattern("trl", "sft", takesPositional: false), ProgramPattern("trl", "dpo", takesPositional: false),
      ProgramPattern("trl", "grpo", takesPositional: false), ProgramPattern("trl", "kto", takesPositional: false),
      ProgramPattern("trl", "reward", takesPositional: false), ProgramPattern("trl", "rloo", takesPositional: false),
      ProgramPattern("trl", "vllm-serve", takesPositional: false),
      ProgramPattern("trl/scripts/*.py", takesPositional: false),
    ],
    options: [
      "model_name_or_path": .model, "model": .model, "max_length": .trainLength, "max_seq_length": .trainLength,
      "max_prompt_length": .promptLength, "max_completion_length": .newTokens, "max_new_tokens": .newTokens,
      "vllm_max_model_length": .servedLength, "vllm_max_model_len": .servedLength, "max_model_len": .servedLength,
      "model_init_kwargs": .overrides, "dtype": .dtype, "torch_dtype": .dtype,
    ],
    marks: [
      "max_completion_length", "vllm_max_model_length", "vllm_mode", "model_init_kwargs", "use_peft", "dataset_name",
    ],
    document: { tree in
      let own = [
        "dataset_name", "max_length", "max_seq_length", "max_completion_length", "use_peft", "lora_r",
        "attn_implementation", "datasets", "model_init_kwargs",
      ]
      return tree.member("model_name_or_path") != nil && own.contains { tree.member($0) != nil }
    },
    calls: [
      PythonCall(name: "SFTConfig", needs: "trl"), PythonCall(name: "GRPOConfig", needs: "trl"),
      PythonCall(name: "DPOConfig", needs: "trl"),
      PythonCall(name: "SFTTrainer", needs: "trl"), PythonCall(name: "GRPOTrainer", needs: "trl"),
    ],
    // A trainer's configuration, and the call that takes it.
    joinsCalls: true,
    forms: [
      SettingsForm(
        text: .python(line: "from trl import SFTConfig", call: "SFTConfig"), model: "", length: "max_length",
        carrier: .overrides("model_init_kwargs")),
      SettingsForm(text: .options("trl sft"), model: "--model_name_or_path", length: "--max_length", carrier: .file),
    ],
    effective: { (request) throws(ConfigurationError) in
      let command = request.command
      if command.program.contains("vllm-serve") {
        var server = EffectiveBuilder(request, runtime: "vllm")
        server.takeLengths()
        return [server.configuration]
      }
      let isScript = command.container != "python"
      let engine = command.option("use_vllm")?.isOn == true || command.option(.servedLength) != nil
      var trainer = EffectiveBuilder(request, role: engine ? "trainer" : nil)
      for meaning: CanonicalOption in [.trainLength, .promptLength, .newTokens] {
        trainer.take(meaning, from: command.option(meaning))
      }
      if let given = command.option("model_init_kwargs"), given.node.members != nil {
        let keys = (given.node.members ?? []).map(\.key).filter {
          $0.hasPrefix("rope_") || $0 == "max_position_embeddings"
        }
        if isScript, !keys.isEmpty {
          trainer.find(
            "option-lost", .warning,
            """
            TRL's scripts build model_init_kwargs anew: \(Message.names(keys)) given here is lost. Write it \
            into the model's config.json
            """,
            at: given)
        } else {
          trainer.assign(all: given.node, .keywords, by: "model_init_kwargs")
        }
      }
      guard engine else { return [trainer.configuration] }
      var rollout = EffectiveBuilder(request, role: "rollout", runtime: "vllm")
      for meaning: CanonicalOption in [.servedLength, .promptLength, .newTokens] {
        rollout.take(meaning, from: command.option(meaning))
      }
      return [trainer.configuration, rollout.configuration]
    })
}
