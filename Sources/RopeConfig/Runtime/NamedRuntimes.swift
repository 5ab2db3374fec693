/// Runtimes that people name and that are not modelled, with what is public of their settings. The one list of them.
public enum NamedRuntimes {
  public static func named(_ name: String) -> NamedRuntime? { all.first { $0.name == name } }

  public static let all: [NamedRuntime] = [
    NamedRuntime(
      "ollama", "Ollama", read: "source of August 2026", reads: "llama.cpp",
      length: """
        num_ctx (request option or Modelfile PARAMETER), else OLLAMA_CONTEXT_LENGTH, else by memory 4096, 32768 or 262144; \
        more than the GGUF's context_length is cut to it with a warning
        """,
      remarks: ["it has no option for scaling: edit the GGUF's keys, or run llama.cpp"]),
    NamedRuntime(
      "lmstudio", "LM Studio", aliases: ["lm-studio", "lms"], read: "public settings, 2026", reads: "llama.cpp",
      length: "Context Length in the load settings, `lms load --context-length N`",
      scaling: "RoPE Frequency Base and Scale in the load settings",
      remarks: ["its source is closed; GGUF files run in llama.cpp, MLX files in MLX-LM"]),
    NamedRuntime(
      "ik_llama.cpp", "ik_llama.cpp", aliases: ["ik-llama", "ikllama"], read: "documentation, 2026", reads: "llama.cpp",
      length: "-c",
      scaling: "llama.cpp's flags; --yarn-beta-fast 32, --yarn-beta-slow 1 and --yarn-attn-factor 1 are fixed defaults",
      remarks: ["it branched from an older llama.cpp: ramp ends and attention factors of a GGUF are not read"]),
    NamedRuntime(
      "koboldcpp", "KoboldCpp", aliases: ["kobold.cpp", "kobold"], read: "1.102, 2026", reads: "llama.cpp",
      length: "--contextsize N; --overridenativecontext N replaces the trained length",
      scaling: "--ropeconfig SCALE BASE, --overridekv; YaRN cannot be chosen by a flag",
      remarks: [
        """
        beyond the trained length, without --ropeconfig and with a base of 10,000 or 500,000, the base becomes \
        base^(log(context/2π)/log(trained/2π)); other bases stay
        """
      ]),
    NamedRuntime(
      "mlx-vlm", "mlx-vlm", aliases: ["mlxvlm"], read: "0.7.10, 2026",
      scaling: "config.json only",
      remarks: ["classes with M-RoPE (Qwen2-VL, Qwen2.5-VL, Qwen3-VL, Qwen3.5, GLM-4V) ignore every scaling"]),
    NamedRuntime(
      "mlc-llm", "MLC LLM", aliases: ["mlc"], read: "source of 2025",
      length: "context_window_size in mlc-chat-config.json, or --overrides when compiling",
      scaling: "the configuration's rope_scaling when compiling: llama3, longrope, yarn with all four keys",
      remarks: ["its YaRN has another formula and no attention factor", "linear and dynamic scaling are refused"]),
    NamedRuntime(
      "tensorrt-llm", "TensorRT-LLM", aliases: ["trt-llm", "tensorrt", "trtllm"], read: "source of 2025",
      length: "--max_seq_len", scaling: "the configuration's rope_scaling; `type` before `rope_type`",
      remarks: ["attention_factor is ignored by YaRN (TensorRT-LLM issue 16378)"]),
    NamedRuntime(
      "lmdeploy", "LMDeploy", aliases: ["turbomind"], read: "0.18.0, 2026",
      length:
        "--session-len; the default is the smallest of the configuration's lengths, never multiplied; a longer one only warns",
      scaling: "--hf-overrides JSON, merged deeply",
      remarks: ["turbomind replaces YaRN's factor by window/original"]),
    NamedRuntime(
      "tgi", "TGI", aliases: ["text-generation-inference"], read: "source of 2026",
      length: "--max-total-tokens, --max-input-tokens", scaling: "--rope-scaling linear|dynamic with --rope-factor",
      remarks: ["linear scaling does nothing", "rope_parameters is not read; YaRN's ramp ends are fixed at 32 and 1"]),
    NamedRuntime(
      "exllamav2", "ExLlamaV2", aliases: ["exllama2", "exl2"], read: "0.3.2, 2025",
      length: "max_seq_len, the first length of the configuration that is found",
      scaling: "scale_pos_emb, scale_alpha_value; rope_scaling: linear, su, longrope, yarn, llama3, mrope",
      remarks: ["attention_factor, mscale and ramp ends are ignored; rope_parameters is not read"]),
    NamedRuntime(
      "exllamav3", "ExLlamaV3", aliases: ["exllama3", "exl3", "exllama", "tabbyapi"], read: "1.6.5, 2026",
      length: "max_seq_len of the caller (TabbyAPI)", scaling: "the configuration only",
      remarks: ["YaRN's factor is replaced by window/original", "dynamic scaling is refused"]),
    NamedRuntime(
      "ktransformers", "KTransformers", read: "0.7.2, 2026",
      length: "--cache_lens and --max_new_tokens in older versions",
      scaling: "rules of its YAML files name the rotary class"),
    NamedRuntime(
      "megatron-bridge", "Megatron-Bridge", aliases: ["megatronbridge", "mbridge"], read: "documentation, 2026",
      length: "seq_length of the provider", scaling: "fields of the model provider, Megatron's arguments by name"),
    NamedRuntime(
      "unsloth", "Unsloth", read: "2026.6.5, 2026", length: "max_seq_length",
      remarks: ["beyond the window it writes linear scaling by max_seq_length/window into the configuration"]),
    NamedRuntime(
      "text-generation-webui", "text-generation-webui", aliases: ["oobabooga", "textgen-webui"],
      read: "4.7.3, 2026", length: "--ctx-size (n_ctx, max_seq_len before)",
      scaling: "llama.cpp's options in --extra-flags; to 4.0 --alpha_value, --rope_freq_base, --compress_pos_emb",
      remarks: ["the loader decides: transformers, ExLlama or llama.cpp"]),
  ]
}
