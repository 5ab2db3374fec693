/// Servers for accelerators of one maker, and others that read a model's configuration as it is.
extension CommandFormat {
  /// LightLLM: `--max_req_total_len` is prompt and answer together. Source: `docs/ApiServerArgs.md`.
  static let lightLLM = CommandFormat(
    name: "lightllm", title: "LightLLM", kind: .server, runtime: nil,
    programs: [ProgramPattern("lightllm.server.api_server", takesPositional: false)],
    options: [
      "model_dir": .model, "max_req_total_len": .servedLength, "max_req_input_len": .promptLength,
      "max_new_tokens": .newTokens,
    ], flags: ["trust_remote_code"])

  /// KTransformers: a cache for `--cache_lens` tokens in its older versions. Source: `ktransformers/server/args.py` of 0.2.
  static let kTransformers = CommandFormat(
    name: "ktransformers", title: "KTransformers", kind: .server, runtime: nil,
    programs: [
      ProgramPattern("ktransformers", takesPositional: false),
      ProgramPattern("ktransformers.local_chat", takesPositional: false),
      ProgramPattern("*ktransformers/server/main.py", takesPositional: false),
      ProgramPattern("*ktransformers/local_chat.py", takesPositional: false),
    ],
    options: [
      "model_path": .model, "model_name": .model, "cache_lens": .servedLength, "max_new_tokens": .newTokens,
    ])

  /// Neuron's programs, of which a model is compiled for a fixed length: optimum-neuron's `--sequence_length`, and
  /// `--seq-len` of NxD Inference.
  static let neuron = CommandFormat(
    name: "neuron", title: "Neuron", kind: .server, runtime: nil,
    programs: [
      ProgramPattern("optimum-cli", "neuron", "serve", takesPositional: false),
      ProgramPattern("optimum-cli", "export", "neuron", takesPositional: false, isServer: false),
      ProgramPattern("inference_demo", takesPositional: false, isServer: false),
    ],
    options: [
      "model": .model, "m": .model, "model_path": .model, "sequence_length": .servedLength, "seq_len": .servedLength,
      "max_context_length": .promptLength,
    ])

  /// Cloud AI 100's library compiles a model for `--ctx_len`. Source: `QEfficient/cloud/infer.py`.
  static let qEfficient = CommandFormat(
    name: "qefficient", title: "QEfficient", kind: .server, runtime: nil,
    programs: ["infer", "compile", "export"].map {
      ProgramPattern("QEfficient.cloud." + $0, takesPositional: false, isServer: false)
    },
    options: ["model_name": .model, "ctx_len": .servedLength, "prompt_len": .promptLength])
}
