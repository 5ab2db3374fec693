import RopeJSON
import RopeMath
import RopeText

extension CommandFormat {
  /// OpenRLHF: the configuration is not touched; its vLLM gets the length alone. Source: `cli/train_*.py` of 0.8 and
  /// 0.11.
  static let openRLHF = CommandFormat(
    name: "openrlhf", title: "OpenRLHF", kind: .trainer, runtime: "transformers",
    programs: [ProgramPattern("openrlhf.cli.*", takesPositional: false)],
    options: [
      "model.model_name_or_path": .model, "actor.model_name_or_path": .model, "pretrain": .model,
      "data.max_len": .trainLength,
      "max_len": .trainLength, "rollout.max_new_tokens": .newTokens, "generate_max_len": .newTokens,
      "prompt_max_len": .promptLength,
    ],
    marks: [
      "pretrain", "prompt_max_len", "generate_max_len", "data.max_len", "actor.model_name_or_path", "vllm_num_engines",
    ],
    forms: [
      SettingsForm(
        text: .options("python3 -m openrlhf.cli.train_sft"), model: "--pretrain", length: "--max_len", carrier: .file)
    ],
    effective: { (request) throws(ConfigurationError) in
      let command = request.command
      let hasEngine = command.program.contains { $0.contains("ppo") } || command.option("vllm_num_engines") != nil
      var trainer = EffectiveBuilder(request, role: hasEngine ? "trainer" : nil)
      trainer.takeLengths()
      guard hasEngine else { return [trainer.configuration] }
      var rollout = EffectiveBuilder(request, role: "rollout", runtime: "vllm")
      let whole = command.option("data.max_len", "max_len")
      rollout.take(.servedLength, from: whole)
      if whole == nil, let one = command.option(.promptLength)?.length, let other = command.option(.newTokens)?.length {
        rollout.take(.servedLength, one + other, from: command.option(.newTokens))
        trainer.take(.trainLength, one + other, from: command.option(.newTokens))
      }
      return [trainer.configuration, rollout.configuration]
    })

  /// LitGPT: a checkpoint's own shape, and the longest row of the training data. Source: `litgpt/args.py`.
  static let litGPT = CommandFormat(
    name: "litgpt", title: "LitGPT", kind: .trainer, runtime: "transformers", programs: [ProgramPattern("litgpt", "*")],
    options: [
      "checkpoint_dir": .model, "train.max_seq_length": .trainLength, "max_new_tokens": .newTokens,
    ], positional: .model,
    document: { tree in tree.member("checkpoint_dir") != nil && tree.value(at: ["train", "max_seq_length"]) != nil })

  /// XTuner's configurations in Python, in which plain names are options. Source: `xtuner/configs`.
  static let xtuner = CommandFormat(
    name: "xtuner", title: "XTuner", kind: .trainer, runtime: "transformers",
    options: [
      "pretrained_model_name_or_path": .model, "llm_name_or_path": .model, "max_length": .trainLength,
    ], variables: (needs: "from xtuner", names: ["pretrained_model_name_or_path", "llm_name_or_path", "max_length"]))

  /// A script on transformers of which only the options are known: what it makes of them is its own affair.
  static let script = CommandFormat(
    name: "script", title: "a training script", kind: .trainer, runtime: "transformers",
    programs: [
      ProgramPattern("run_clm.py", takesPositional: false), ProgramPattern("finetune*.py", takesPositional: false),
      ProgramPattern("train*.py", takesPositional: false), ProgramPattern("sft*.py", takesPositional: false),
    ],
    options: [
      "model_name_or_path": .model, "model_id": .model, "base_model": .model, "model_name": .model,
      "model_path": .model, "model": .model, "model_max_length": .trainLength,
      "block_size": .trainLength, "seq_length": .trainLength, "seq_len": .trainLength, "rope_theta": .theta,
      "max_seq_length": .trainLength, "max_seq_len": .trainLength, "max_length": .trainLength,
      "max_source_length": .promptLength,
      "torch_dtype": .dtype, "max_new_tokens": .newTokens,
    ],
    marks: ["model_max_length", "block_size"],
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      if let base = request.command.option(.theta), base.number != nil {
        // Made for its rows; what window is saved with it is the script's own affair.
        builder.setBase(base.node, keyBytes: base.bytes)
      } else {
        builder.takeLengths()
      }
      return [builder.configuration]
    })

  /// FastChat, and LongLoRA, which took it over: positions are divided by how often the rows hold the model's window,
  /// rounded up. Source: `fastchat/train/train.py`, LongLoRA's `fine-tune.py`.
  static let fastChat = CommandFormat(
    name: "fastchat", title: "FastChat", kind: .trainer, runtime: "transformers",
    programs: ["*fastchat/train/train*.py", "fastchat.train.train*", "fine-tune.py", "supervised-fine-tune*.py"].map {
      ProgramPattern($0, takesPositional: false)
    },
    options: ["model_name_or_path": .model, "model_max_length": .trainLength], savesConfiguration: true,
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      builder.takeLengths()
      if let option = request.command.option(.trainLength), let length = option.number, let window = builder.window,
        length > window, window > 0
      {
        builder.replaceScaling(
          [
            ("rope_type", EffectiveBuilder.word("linear", at: option)),
            ("factor", EffectiveBuilder.derived((length / window).rounded(.up), at: option)),
          ], window: nil, at: option, by: option.spelling)
      }
      return [builder.configuration]
    })

  /// Oumi: the length is the tokenizer's, the configuration stays as it is. Source: `oumi/core/configs/params/model_params.py`.
  static let oumi = CommandFormat(
    name: "oumi", title: "Oumi", kind: .trainer, runtime: "transformers",
    programs: [ProgramPattern("oumi", "train", takesPositional: false)],
    options: ["model.model_name": .model, "model.model_max_length": .trainLength], takesAssignments: true,
    document: { tree in
      tree.value(at: ["model", "model_name"]) != nil && (tree.member("training") != nil || tree.member("data") != nil)
    })

  /// AutoTrain: rows of `block_size` tokens; `model_max_length` is the tokenizer's. Source: `autotrain/trainers/clm`.
  static let autoTrain = CommandFormat(
    name: "autotrain", title: "AutoTrain", kind: .trainer, runtime: "transformers",
    programs: [ProgramPattern("autotrain", "llm", takesPositional: false)],
    options: ["base_model": .model, "model": .model, "params.block_size": .trainLength, "block_size": .trainLength],
    document: { tree in
      tree.member("base_model") != nil && tree.member("params") != nil
        && tree.member("task")?.node.string?.hasPrefix("llm") == true
    })

  /// Keys that a script gives beside a configuration's name, or sets on it.
  static let configurationKeys: Set = [
    "rope_scaling", "rope_parameters", "rope_theta", "max_position_embeddings", "text_config", "partial_rotary_factor",
  ]

  /// A configuration read in Python with keys given beside its name, to run the model unless a trainer is found beside.
  static let pretrained = CommandFormat(
    name: "from_pretrained", title: "transformers", kind: .server, runtime: "transformers",
    options: [
      "model": .model, "model_name": .model, "rope_scaling": .scaling, "rope_theta": .theta,
      "max_position_embeddings": .window, "context_window": .servedLength, "max_new_tokens": .newTokens,
      "torch_dtype": .dtype,
    ],
    calls: [
      "*For*.from_pretrained", "AutoModel.from_pretrained", "AutoConfig.from_pretrained", "LlamaConfig.from_pretrained",
      "MistralConfig.from_pretrained", "Qwen2Config.from_pretrained", "Qwen3Config.from_pretrained",
    ].map {
      // The blank keeps others of that ending away.
      PythonCall(name: $0, needs: " transformers", positional: "model", attributes: configurationKeys)
    } + [
      PythonCall(name: "pipeline", needs: " transformers", spreads: ["model_kwargs"], requires: "model_kwargs"),
      PythonCall(name: "HuggingFaceLLM", needs: "llama_index", spreads: ["model_kwargs"], isServer: false),
    ],
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      builder.takeLengths()
      for option in request.command.options where configurationKeys.contains(option.name) && !option.isUnknown {
        let member = JSONNode.Member(key: option.name, keyBytes: option.bytes, node: option.node)
        if option.path == option.name {
          builder.assign(member, .keywords, by: "from_pretrained")
        } else if option.path.hasPrefix("model.") || option.path.contains(".model.") {
          builder.assignAfterwards(option)
        } else {
          builder.assignAttribute(member, by: option.spelling)
        }
      }
      return [builder.configuration]
    })
}

extension EffectiveBuilder {
  /// `model.config.rope_scaling = …`: the tables were made when the model was.
  fileprivate mutating func assignAfterwards(_ option: CommandOption) {
    guard option.name != "max_position_embeddings" else { return }
    find(
      "override-no-effect", .error,
      """
      \(option.spelling) is set on a model that is built: it rotates as before. Set it on the configuration and hand that \
      to from_pretrained
      """, at: option)
  }

  /// `config.rope_scaling = …` before the model is built. The base stands in the same dictionary from transformers 5 on,
  /// which does not build a model without it (run with 5.24.0); in 4 it stands beside.
  fileprivate mutating func assignAttribute(_ member: JSONNode.Member, by what: String) {
    let isScaling = member.key == "rope_scaling" || member.key == "rope_parameters"
    if request.isBefore("5") {
      if isScaling {
        replaceScaling(member.node, key: member.key, .replacesDictionary, keyBytes: member.keyBytes, by: what)
      } else {
        setText(member.key, to: member.node, keyBytes: member.keyBytes)
      }
    } else if isScaling, let members = member.node.members, !members.contains(where: { $0.key == "rope_theta" }) {
      let base = number("rope_theta") ?? scaling?.member("rope_theta")?.node.finiteNumber
      let value: Message = base.map { "\($0.formattedShortest)" } ?? "the model's base"
      find(
        "override-breaks-load", .error,
        """
        \(what) replaces the dictionary that holds the base: transformers 5 stops with a TypeError. Write \
        "rope_theta": \(value) into it
        """, at: member.keyBytes)
      // The rest is judged as it was meant.
      replaceScaling(member.node, key: member.key, .keepsMissing, keyBytes: member.keyBytes, by: what)
    } else {
      assign(member, .attributes, by: what)
    }
  }
}
