import RopeJSON

extension CommandFormat {
  /// llama.cpp's programs, its container images and the Python binding's server.
  static let llamaCpp = CommandFormat(
    name: "llama.cpp", title: "llama.cpp", kind: .server, runtime: "llama.cpp",
    programs: ["llama-server", "llama_cpp.server", "./server"].map { ProgramPattern($0, takesPositional: false) }
      + [
        "llama-cli", "llama-completion", "llama-perplexity", "llama-bench", "llama-mtmd-cli", "llama-run", "./main",
        "llama-imatrix", "llama-batched-bench", "llama-embedding", "llama-speculative", "llama-parallel",
        "llama-finetune",
      ].map { ProgramPattern($0, takesPositional: false, isServer: false) },
    images: ["ggml-org/llama.cpp", "ggerganov/llama.cpp"],
    options: [
      "m": .model, "model": .model, "model_path": .model, "repo_id": .model, "hf": .model,
      "hf_repo": .model,
      "c": .servedLength, "ctx_size": .servedLength,
      "n_ctx": .servedLength, "n": .newTokens, "predict": .newTokens, "n_predict": .newTokens, "rope_scaling": .scaling,
      "rope_freq_base": .theta, "rope_scale": .factor, "yarn_orig_ctx": .original, "override_kv": .overrides,
      "md": .draft, "model_draft": .draft,
    ],
    flags: [
      "jinja", "flash_attn", "fa", "mlock", "no_mmap", "cont_batching", "cb", "embedding", "verbose", "kv_unified",
      "kvu",
    ],
    marks: [
      "ctx_size", "c", "rope_freq_base", "rope_freq_scale", "rope_scale", "yarn_orig_ctx", "yarn_ext_factor",
      "yarn_attn_factor",
      "yarn_beta_slow", "yarn_beta_fast", "override_kv", "ngl", "n_gpu_layers", "hf_repo", "n_predict", "rope_scaling",
      "llama_arg_*",
      "rope_scaling_type", "n_ctx",
    ],
    environment: [
      "LLAMA_ARG_MODEL": "model", "LLAMA_ARG_HF_REPO": "hf_repo", "LLAMA_ARG_CTX_SIZE": "ctx_size",
      "LLAMA_ARG_N_PREDICT": "n_predict", "LLAMA_ARG_ROPE_SCALING_TYPE": "rope_scaling",
      "LLAMA_ARG_ROPE_SCALE": "rope_scale",
      "LLAMA_ARG_ROPE_FREQ_BASE": "rope_freq_base", "LLAMA_ARG_ROPE_FREQ_SCALE": "rope_freq_scale",
      "LLAMA_ARG_YARN_ORIG_CTX": "yarn_orig_ctx", "LLAMA_ARG_YARN_EXT_FACTOR": "yarn_ext_factor",
      "LLAMA_ARG_YARN_ATTN_FACTOR": "yarn_attn_factor", "LLAMA_ARG_YARN_BETA_SLOW": "yarn_beta_slow",
      "LLAMA_ARG_YARN_BETA_FAST": "yarn_beta_fast", "LLAMA_ARG_N_PARALLEL": "parallel",
      "LLAMA_ARG_KV_UNIFIED": "kv_unified",
      // LlamaIndex's name of it.
      "context_window": "n_ctx",
    ],
    aliases: ["llama-cpp", "llamacpp", "gguf", "llama-server", "ik_llama.cpp", "llama-cpp-python"],
    calls: [
      PythonCall(name: "Llama", needs: "llama_cpp", positional: "model_path", isServer: false),
      PythonCall(name: "Llama.from_pretrained", needs: "llama_cpp", positional: "repo_id", isServer: false),
      PythonCall(name: "GPT4All", needs: "gpt4all", positional: "model", isServer: false),
      PythonCall(name: "LlamaCpp", needs: "langchain", spreads: ["model_kwargs"], isServer: false),
      PythonCall(name: "ChatLlamaCpp", needs: "langchain", spreads: ["model_kwargs"], isServer: false),
      PythonCall(name: "LlamaCPP", needs: "llama_index", spreads: ["model_kwargs"], isServer: false),
      PythonCall(name: "LlamaCpp", needs: "guidance", positional: "model", isServer: false),
      PythonCall(name: "LlamaCppGenerator", needs: "haystack", positional: "model", isServer: false),
    ],
    start: "llama-server -m MODEL",
    stretching: "-c LENGTH --rope-scaling yarn --rope-scale FACTOR --yarn-orig-ctx ORIGINAL",
    stretchingInPython: "n_ctx=LENGTH, rope_scaling_type=2, rope_freq_scale=SCALE, yarn_orig_ctx=ORIGINAL",
    effective: { (request) throws(ConfigurationError) in
      var merge = LlamaCppMerge(request)
      return [merge.configuration()]
    })
}
