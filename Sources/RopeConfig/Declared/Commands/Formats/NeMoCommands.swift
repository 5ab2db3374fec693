import RopeJSON
import RopeText

extension CommandFormat {
  /// NeMo-RL: `policy.hf_config_overrides` reaches the trainer's configuration and, as hf_overrides, its vLLM.
  /// Source: `models/megatron/setup.py`, `algorithms/grpo.py`, `docs/guides/yarn-long-context.md`.
  static let nemoRL = CommandFormat(
    name: "nemo-rl", title: "NeMo-RL", kind: .trainer, runtime: "transformers",
    programs: ["grpo", "grpo_math", "sft", "dpo", "rm", "distillation*", "ppo"].map {
      ProgramPattern("examples/run_\($0).py", takesPositional: false)
    }
      + ["grpo", "grpo_math", "dpo", "rm", "distillation*"].map {
        ProgramPattern("run_\($0).py", takesPositional: false)
      },
    options: [
      "policy.model_name": .model, "policy.max_total_sequence_length": .trainLength,
      "data.max_input_seq_length": .promptLength,
      "policy.generation.max_new_tokens": .newTokens, "policy.generation.vllm_cfg.max_model_len": .servedLength,
      "policy.hf_config_overrides": .overrides, "policy.precision": .dtype,
    ],
    marks: [
      "policy.model_name", "policy.max_total_sequence_length", "policy.hf_config_overrides*", "policy.generation.*",
    ],
    syntax: .yaml, takesAssignments: true, aliases: ["nemorl"],
    document: { tree in
      guard let policy = tree.member("policy")?.node else { return false }
      return policy.member("model_name") != nil || policy.member("hf_config_overrides") != nil
        || policy.member("max_total_sequence_length") != nil
    },
    effective: { (request) throws(ConfigurationError) in NeMoRLMerge(request: request).configurations() })

  /// NeMo Automodel: keys of the configuration under `model.` are keywords of from_pretrained.
  /// Source: `_transformers/model_init.py`.
  static let automodel = CommandFormat(
    name: "automodel", title: "NeMo Automodel", kind: .trainer, runtime: "transformers",
    programs: [
      ProgramPattern("automodel", "*", takesPositional: false),
      ProgramPattern("nemo_automodel.*", takesPositional: false),
      ProgramPattern("nemo_automodel/recipes/*", takesPositional: false),
    ],
    options: [
      "model.pretrained_model_name_or_path": .model, "dataset.seq_length": .trainLength,
      "dataset.max_length": .trainLength,
      "packed_sequence.packed_sequence_size": .trainLength, "model.torch_dtype": .dtype,
    ],
    marks: ["model.pretrained_model_name_or_path", "packed_sequence.*", "step_scheduler.*"],
    aliases: ["nemo-automodel"],
    document: { tree in
      tree.member("model")?.node.member("_target_")?.node.string?.contains("nemo_automodel") == true
        || tree.member("recipe") != nil && tree.member("step_scheduler") != nil
    },
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      let known: Set = [
        "rope_scaling", "rope_parameters", "rope_theta", "max_position_embeddings", "text_config",
        "partial_rotary_factor",
      ]
      for option in request.command.options where option.path.hasPrefix("model.") && !option.isUnknown {
        var path = option.path.split(separator: ".").dropFirst().map(String.init)
        if path.first == "config" { path.removeFirst() }
        guard let key = path.first, known.contains(key) else { continue }
        if path.count == 1 {
          builder.assign(
            JSONNode.Member(key: key, keyBytes: option.bytes, node: option.node), .keywords, by: "model.\(key)")
        } else if request.command.tree == nil {
          builder.set(path, to: option.node, keyBytes: option.bytes)
        }
      }
      builder.takeLengths()
      return [builder.configuration]
    })
}

struct NeMoRLMerge {
  let request: EffectiveRequest

  private static let prefix = "policy.hf_config_overrides"
  private static let needed = [
    "rope_theta", "factor", "original_max_position_embeddings", "truncate", "beta_fast", "beta_slow", "mscale",
    "mscale_all_dim",
  ]

  /// The dictionary, with what single words set in it.
  private var overrides: (node: JSONNode, option: CommandOption)? {
    let command = request.command
    let whole = command.option(Self.prefix)
    var tree = whole?.node.members == nil ? nil : whole?.node
    var place = whole
    guard command.tree == nil else { return tree.flatMap { node in whole.map { (node, $0) } } }
    for option in command.options where option.path.hasPrefix(Self.prefix + ".") && !option.isUnknown {
      let path = option.path.dropFirst(Self.prefix.count + 1).split(separator: ".").map(String.init)
      tree = (tree ?? JSONNode(value: .object([]), bytes: option.bytes)).setting(
        path, to: option.node, keyBytes: option.bytes)
      place = place ?? option
    }
    return tree.flatMap { node in place.map { (node, $0) } }
  }

  func configurations() -> [EffectiveConfiguration] {
    let command = request.command
    let isMegatron = command.option("policy.megatron_cfg.enabled")?.isOn == true
    let hasEngine = command.options.contains {
      $0.path.hasPrefix("policy.generation.") && $0.path != "policy.generation.max_new_tokens"
    }
    var trainer = EffectiveBuilder(
      request, role: hasEngine ? "trainer" : nil, runtime: isMegatron ? "megatron" : "transformers")
    let served = length("policy.generation.vllm_cfg.max_model_len")
    if let overrides {
      trainer.assign(all: overrides.node, .keywords, by: Self.prefix)
      for key in ["rope_scaling", "rope_parameters"] {
        guard let member = overrides.node.member(key), member.node.member("rope_type")?.node.string == "yarn" else {
          continue
        }
        let missing = Self.needed.filter { member.node.member($0) == nil }
        if !isMegatron {
          trainer.find(
            "option-refused", .error, "the DTensor backend refuses YaRN as an override (AssertionError)",
            at: member.keyBytes)
        } else if !missing.isEmpty {
          trainer.find(
            "option-refused", .error,
            "the Megatron backend needs every key of YaRN here; missing: \(Message.names(missing))",
            at: member.keyBytes)
        }
      }
    }
    trainer.take(.trainLength, from: length("policy.max_total_sequence_length"))
    trainer.take(.promptLength, from: command.option(.promptLength))
    trainer.take(.newTokens, from: command.option(.newTokens))
    guard hasEngine else { return [trainer.configuration] }
    var rollout = EffectiveBuilder(request, role: "rollout", runtime: "vllm")
    if let overrides { rollout.assign(all: overrides.node, .keywords, by: Self.prefix) }
    rollout.take(.servedLength, from: served)
    rollout.take(.promptLength, from: command.option(.promptLength))
    rollout.take(.newTokens, from: command.option(.newTokens))
    return [trainer.configuration, rollout.configuration]
  }

  /// A length, or that of the option that it refers to: `${policy.max_total_sequence_length}`.
  private func length(_ path: String) -> CommandOption? {
    guard let option = request.command.option(path) else { return nil }
    guard option.isUnknown, let text = option.node.string, text.hasPrefix("${"), text.hasSuffix("}") else {
      return option
    }
    let name = text.dropFirst(2).dropLast().trimmingPrefix("..")
    return request.command.options.last { $0.path == name || $0.path == "policy." + name && !$0.isUnknown }
  }
}
