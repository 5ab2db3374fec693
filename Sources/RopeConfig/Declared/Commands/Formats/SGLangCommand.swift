import RopeJSON

extension CommandFormat {
  /// `sglang.launch_server`, `sglang serve`, its container image and its `--config` file.
  static let sglang = CommandFormat(
    name: "sglang", title: "SGLang", kind: .server, runtime: "sglang",
    programs: [
      ProgramPattern("sglang.launch_server", takesPositional: false), ProgramPattern("sglang", "serve"),
      ProgramPattern("sglang_router.launch_server", takesPositional: false),
      ProgramPattern("dynamo.sglang", takesPositional: false),
    ],
    images: ["lmsysorg/sglang"],
    options: [
      "model_path": .model, "model": .model, "context_length": .servedLength, "context_len": .servedLength,
      "json_model_override_args": .overrides, "dtype": .dtype, "speculative_draft_model_path": .draft,
    ],
    flags: [
      "trust_remote_code", "enable_torch_compile", "disable_radix_cache", "enable_dp_attention", "enable_metrics",
      "enable_mixed_chunk", "disable_cuda_graph", "enable_p2p_check", "skip_tokenizer_init",
    ],
    marks: [
      "json_model_override_args", "context_length", "mem_fraction_static", "tp_size", "attention_backend",
      "chunked_prefill_size", "model_path", "sglang_allow_overwrite_longer_context_len", "speculative_draft_model_path",
    ],
    positional: .model,
    document: { tree in
      let keys = Set((tree.members ?? []).map { CommandOption.path(of: $0.key) })
      return tree.member("model-path") != nil
        || keys.contains("model_path")
          && !keys.isDisjoint(with: [
            "host", "port", "tp_size", "tensor_parallel_size", "context_length", "mem_fraction_static",
            "json_model_override_args",
          ])
        || keys.contains("json_model_override_args")
    },
    calls: ["Engine", "Runtime"].map {
      PythonCall(name: $0, needs: "sglang", positional: "model_path", jsonTexts: ["json_model_override_args"])
    },
    start: "python3 -m sglang.launch_server --model-path MODEL",
    effective: { (request) throws(ConfigurationError) in
      var merge = SGLangMerge(request)
      return [merge.configuration()]
    })
}
