import RopeJSON

extension CommandFormat {
  /// `vllm serve`, the module of its older server, its container image and its `--config` file.
  static let vllm = CommandFormat(
    name: "vllm", title: "vLLM", kind: .server, runtime: "vllm",
    programs: [
      ProgramPattern("vllm", "serve"), ProgramPattern("vllm", "run-batch"), ProgramPattern("vllm", "bench", "*"),
      ProgramPattern("vllm.entrypoints.openai.api_server", takesPositional: false),
      ProgramPattern("vllm.entrypoints.api_server", takesPositional: false),
      ProgramPattern("vllm.entrypoints.openai.run_batch", takesPositional: false),
      ProgramPattern("vllm.entrypoints.cli.main", "serve"),
    ],
    images: ["vllm/vllm-openai", "vllm-openai-rocm", "vllm/vllm-tpu"],
    options: [
      "model": .model, "model_id": .model, "model_source": .model, "max_model_len": .servedLength,
      "hf_overrides": .overrides,
      "rope_scaling": .scaling,
      "rope_theta": .theta, "dtype": .dtype, "speculative_model": .draft, "speculative_config.model": .draft,
      // What `vllm bench` asks for.
      "random_input_len": .promptLength, "random_output_len": .newTokens, "input_len": .promptLength,
      "output_len": .newTokens,
    ],
    flags: [
      "trust_remote_code", "enforce_eager", "enable_prefix_caching", "enable_chunked_prefill",
      "enable_auto_tool_choice",
      "disable_log_requests", "disable_log_stats", "disable_sliding_window", "enable_lora", "enable_expert_parallel",
      "enable_reasoning", "disable_custom_all_reduce", "use_v2_block_manager", "async_scheduling",
    ],
    marks: [
      "max_model_len", "hf_overrides", "hf_overrides.*", "rope_scaling", "rope_scaling.*",
      "rope_theta", "gpu_memory_utilization",
      "tensor_parallel_size", "served_model_name", "max_num_seqs", "max_num_batched_tokens", "enable_prefix_caching",
      "enforce_eager", "tool_call_parser", "vllm_allow_long_max_model_len", "kv_cache_dtype", "swap_space",
    ],
    positional: .model, aliases: ["vllm-ascend"],
    document: { tree in
      let keys = Set((tree.members ?? []).map { CommandOption.path(of: $0.key) })
      let own: Set = [
        "max_model_len", "tensor_parallel_size", "gpu_memory_utilization", "served_model_name", "hf_overrides",
        "max_num_seqs", "enable_prefix_caching", "kv_cache_dtype", "rope_scaling",
      ]
      let others: Set = [
        "services", "kind", "models", "model_name_or_path", "base_model", "tuner_type", "train_type", "dataset",
        "model_type", "parameters", "context_size", "model_path", "context_length", "json_model_override_args",
        "max_seq_length",
      ]
      return !keys.isDisjoint(with: own) && keys.isDisjoint(with: others)
        && (tree.member("model").map { $0.node.string != nil } ?? true)
    },
    calls: ["LLM", "EngineArgs", "AsyncEngineArgs"].map {
      PythonCall(name: $0, needs: "vllm", positional: "model")
    }
      + [
        PythonCall(name: "LLMConfig", needs: "ray.serve", spreads: ["engine_kwargs", "model_loading_config"]),
        PythonCall(name: "VLLM", needs: "langchain", positional: "model", spreads: ["vllm_kwargs"]),
        PythonCall(name: "Vllm", needs: "llama_index", positional: "model", spreads: ["vllm_kwargs"]),
      ],
    start: "vllm serve MODEL",
    effective: { (request) throws(ConfigurationError) in
      var merge = VLLMMerge(request)
      return [merge.configuration()]
    })

  /// Programs that hand vLLM's options on: KServe's runtime, Dynamo, and RunPod's worker, which takes them as variables of
  /// the same names in capitals (`src/args_builder.py` of worker-vllm), FastChat's worker, and DJL's containers, which take
  /// `option.…` of a file of properties or `OPTION_…`, and llm-d's images. Their images have versions of their own.
  static let vllmHosts = CommandFormat(
    name: "vllm", title: "vLLM", kind: .server, runtime: "vllm",
    programs: [
      ProgramPattern("huggingfaceserver", takesPositional: false),
      ProgramPattern("dynamo.vllm", takesPositional: false),
      ProgramPattern("fastchat.serve.vllm_worker", takesPositional: false),
    ],
    images: [
      "kserve/huggingfaceserver", "runpod/worker-v1-vllm", "runpod/worker-vllm", "djl-serving", "djl-inference",
      "llm-d/llm-d",
    ],
    hasOwnTags: true, options: vllm.options.merging(["model_path": .model]) { own, _ in own }, flags: vllm.flags,
    environment: [
      "MODEL_NAME": "model", "HF_MODEL_ID": "model_id", "OPTION_MODEL_ID": "model_id",
      "OPTION_MAX_MODEL_LEN": "max_model_len",
    ],
    calls: [PythonCall(name: "Model", needs: "djl-inference", spreads: ["env"], requires: "env")],
    effective: vllm.effective)
}
