import RopeJSON
import RopeMath
import RopeText

extension CommandFormat {
  /// Text Generation Inference, and LoRAX, which was made from it: `--rope-scaling` and `--rope-factor` replace the
  /// model's dictionary by type and factor; the launcher knows two types. Source: `docs/source/reference/launcher.md`, `layers/rotary.py`.
  static let tgi = CommandFormat(
    name: "tgi", title: "TGI", kind: .server, runtime: "tgi",
    programs: ["text-generation-launcher", "lorax-launcher"].map { ProgramPattern($0, takesPositional: false) },
    images: ["huggingface/text-generation-inference", "huggingface-text-generation-inference", "predibase/lorax"],
    options: [
      "model_id": .model, "max_total_tokens": .servedLength, "max_input_tokens": .promptLength,
      "max_input_length": .promptLength,
      "rope_scaling": .scaling, "rope_factor": .factor, "dtype": .dtype,
    ],
    marks: ["max_total_tokens", "max_input_tokens", "rope_factor", "max_batch_prefill_tokens"],
    environment: [
      "MODEL_ID": "model_id", "MAX_TOTAL_TOKENS": "max_total_tokens", "MAX_INPUT_TOKENS": "max_input_tokens",
      "MAX_INPUT_LENGTH": "max_input_length", "ROPE_SCALING": "rope_scaling", "ROPE_FACTOR": "rope_factor",
      "HF_MODEL_ID": "model_id",
    ],
    aliases: ["text-generation-inference"],
    calls: [PythonCall(name: "HuggingFaceModel", needs: "sagemaker", spreads: ["env"])],
    forms: [
      SettingsForm(
        text: .options("text-generation-launcher"), model: "--model-id", length: "--max-total-tokens", carrier: .file)
    ],
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      builder.takeLengths()
      let type = request.command.option("rope_scaling")
      let factor = request.command.option("rope_factor")
      if let type, let text = type.text, !["linear", "dynamic"].contains(text) {
        builder.find(
          "unknown-value", .error,
          """
          TGI's --rope-scaling takes linear or dynamic, this is “\(text.excerpt(40))”. Leave it away: the scaling of the \
          model's own file is read
          """, at: type)
      } else if let anchor = type ?? factor {
        builder.replaceScaling(
          [
            ("rope_type", EffectiveBuilder.word(type?.text ?? "linear", at: anchor)),
            ("factor", factor?.node ?? EffectiveBuilder.derived(1, at: anchor)),
          ], window: nil, at: anchor, by: "--rope-scaling")
      }
      return [builder.configuration]
    })

  /// LMDeploy: `--session-len`; `--hf-overrides` is merged deeply. `--rope-scaling-factor` asks for dynamic scaling up to
  /// 0.13; from 0.14 on it is taken and read nowhere (`lmdeploy/messages.py`, `turbomind/models/utils.py`).
  static let lmdeploy = CommandFormat(
    name: "lmdeploy", title: "LMDeploy", kind: .server, runtime: "lmdeploy",
    programs: [ProgramPattern("lmdeploy", "serve", "api_server"), ProgramPattern("lmdeploy", "*")],
    images: ["openmmlab/lmdeploy"],
    options: [
      "model": .model, "model_path": .model, "session_len": .servedLength, "hf_overrides": .overrides,
      "rope_scaling_factor": .factor,
      "dtype": .dtype,
    ],
    marks: ["session_len", "rope_scaling_factor", "cache_max_entry_count"], positional: .model,
    calls: ["pipeline", "serve", "TurbomindEngineConfig", "PytorchEngineConfig"].map {
      PythonCall(name: $0, needs: "lmdeploy", positional: "model")
    }, joinsCalls: true,
    forms: [
      SettingsForm(
        text: .options("lmdeploy serve api_server"), model: "", length: "--session-len",
        carrier: .overrides("--hf-overrides")),
      SettingsForm(text: .options("lmdeploy serve api_server"), model: "", length: "--session-len", carrier: .file),
    ],
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      builder.takeLengths()
      if let option = request.command.option("hf_overrides"), option.node.members != nil {
        builder.replaceRoot(builder.root.deeplyOverlaid(with: builder.placed(option.node)))
      }
      if let option = request.command.option("rope_scaling_factor"), let factor = option.number, factor > 0 {
        if request.isBefore("0.14") {
          builder.replaceScaling(
            [("rope_type", EffectiveBuilder.word("dynamic", at: option)), ("factor", option.node)], window: nil,
            at: option, by: option.spelling)
        } else {
          builder.find(
            "option-no-effect", .error,
            """
            LMDeploy takes \(option.spelling) and scales by nothing from 0.14 on. Write the scaling under \
            --hf-overrides
            """, at: option)
        }
      }
      return [builder.configuration]
    })

  /// exllama's front ends: `rope_alpha` raises the base, `rope_scale` divides positions; a model's own YaRN stands. In
  /// Python they are `scale_alpha_value` and `scale_pos_emb` of the configuration.
  /// Source: tabbyAPI's `config_sample.yml`, `exllamav2/config.py`.
  static let exllama = CommandFormat(
    name: "exllama", title: "exllama", kind: .server, runtime: "exllamav2",
    options: [
      "model.model_name": .model, "max_seq_len": .servedLength, "model.max_seq_len": .servedLength,
      "max_new_tokens": .newTokens,
      "rope_scale": .factor, "model.rope_scale": .factor, "compress_pos_emb": .factor, "rope_scaling": .scaling,
      "model_dir": .model, "scale_pos_emb": .factor, "scale_alpha_value": .factor,
    ],
    marks: ["cache_size", "rope_alpha"], admitsAnyLength: true,
    aliases: ["exllamav2", "exllamav3", "tabbyapi", "tabby"],
    document: { tree in
      guard let model = tree.member("model")?.node, model.member("model_name") != nil else { return false }
      let own = ["model_dir", "max_seq_len", "rope_scale", "rope_alpha", "cache_mode", "cache_size"]
      return tree.member("network") != nil || own.contains { model.member($0) != nil }
    },
    calls: [
      PythonCall(
        name: "ExLlamaV2Config", needs: "exllamav2", positional: "model_dir",
        attributes: ["model_dir", "max_seq_len", "scale_pos_emb", "scale_alpha_value"])
    ],
    stretchingInPython: "scale_alpha_value=FACTOR, max_seq_len=LENGTH",
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      builder.takeLengths()
      let command = request.command
      let inside = command.option("rope_scaling")?.node.member("alpha_value")?.node
      let alpha = command.option("rope_alpha", "model.rope_alpha", "alpha_value", "scale_alpha_value")
      if let place = alpha ?? command.option("rope_scaling"), let value = alpha?.number ?? inside?.finiteNumber,
        value != 1, builder.scalingType != "yarn"
      {
        builder.replaceScaling(
          [
            ("rope_type", EffectiveBuilder.word("ntk", at: place)),
            ("factor", inside ?? EffectiveBuilder.derived(value, at: place)),
          ],
          window: nil, at: place, by: place.path)
      } else if let scale = command.option("rope_scale", "model.rope_scale", "compress_pos_emb", "scale_pos_emb"),
        let value = scale.number, value != 1, builder.scalingType != "yarn"
      {
        builder.replaceScaling(
          [("rope_type", EffectiveBuilder.word("linear", at: scale)), ("factor", scale.node)], window: nil, at: scale,
          by: scale.path)
      }
      return [builder.configuration]
    })

  /// TensorRT-LLM: the checkpoint's configuration is read as it is, the length is an option.
  static let tensorRT = CommandFormat(
    name: "tensorrt-llm", title: "TensorRT-LLM", kind: .server, runtime: "tensorrt-llm",
    programs: [
      ProgramPattern("trtllm-serve", "serve"), ProgramPattern("trtllm-serve"), ProgramPattern("trtllm-bench"),
      ProgramPattern("trtllm-build", takesPositional: false, isServer: false),
      ProgramPattern("dynamo.trtllm", takesPositional: false),
    ],
    images: ["nvidia/tensorrt-llm"],
    options: [
      "model": .model, "model_path": .model, "checkpoint_dir": .model, "max_seq_len": .servedLength,
      "max_input_len": .promptLength,
    ], positional: .model, aliases: ["trtllm"],
    calls: [PythonCall(name: "LLM", needs: "tensorrt_llm", positional: "model")],
    forms: [SettingsForm(text: .options("trtllm-serve serve"), model: "", length: "--max_seq_len", carrier: .file)])

  /// FastDeploy: the checkpoint's configuration is read as it is, the length is an option.
  static let fastDeploy = CommandFormat(
    name: "fastdeploy", title: "FastDeploy", kind: .server, runtime: nil,
    programs: [ProgramPattern("fastdeploy.entrypoints.openai.api_server", takesPositional: false)],
    options: ["model": .model, "max_model_len": .servedLength])

  /// Aphrodite, of whose own merging only the length is read here.
  static let aphrodite = CommandFormat(
    name: "aphrodite", title: "Aphrodite", kind: .server, runtime: nil,
    programs: [
      ProgramPattern("aphrodite", "run"),
      ProgramPattern("aphrodite.endpoints.openai.api_server", takesPositional: false),
    ],
    options: ["model": .model, "max_model_len": .servedLength, "rope_scaling": .scaling], positional: .model,
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      builder.takeLengths()
      if let option = request.command.option("rope_scaling"), option.node.members != nil {
        builder.replaceScaling(option.node, .replacesDictionary, keyBytes: option.bytes, by: option.spelling)
      }
      return [builder.configuration]
    })

  /// MLX-LM: the configuration is read as it is; `--max-kv-size` is a rotating cache and no window. Its trainer has files of
  /// settings (`mlx_lm/lora.py`).
  static let mlxLM = CommandFormat(
    name: "mlx-lm", title: "MLX-LM", kind: .server, runtime: "mlx-lm",
    programs: [
      ProgramPattern("mlx_lm.*", takesPositional: false), ProgramPattern("mlx_lm", "*", takesPositional: false),
      ProgramPattern("mlx_vlm.*", takesPositional: false),
    ],
    options: ["model": .model, "path_or_hf_repo": .model, "max_tokens": .newTokens, "rope_scaling": .scaling],
    document: { tree in
      tree.member("model")?.node.string != nil && tree.member("max_seq_length") != nil
        && ["iters", "lora_parameters", "lora_layers", "num_layers", "fine_tune_type"].contains {
          tree.member($0) != nil
        }
    },
    calls: [
      PythonCall(
        name: "load", needs: "mlx_lm", positional: "model", spreads: ["model_config"], isServer: false,
        requires: "model_config")
    ],
    start: "mlx_lm.server --model MODEL",
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      builder.takeLengths()
      // What is given in Python replaces the file's keys one by one (`utils.load_model`).
      for option in request.command.options
      where request.command.container == "python" && configurationKeys.contains(option.path) && !option.isUnknown {
        builder.setText(option.path, to: option.node, keyBytes: option.bytes)
      }
      return [builder.configuration]
    })
}
