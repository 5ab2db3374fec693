import RopeJSON
import RopeText

/// Programs that turn a model into a form of their own, and serve that.
extension CommandFormat {
  /// MLC LLM: `context_window_size` of `--overrides` when it serves, chats or compiles, the option of that name when it
  /// writes `mlc-chat-config.json`; a library that was compiled for less bounds it.
  /// Source: `python/mlc_llm/cli`, `interface/compiler_flags.py`, `cpp/serve/config.cc` (commit 79d603f0, 2026-07).
  static let mlc = CommandFormat(
    name: "mlc-llm", title: "MLC LLM", kind: .server, runtime: "mlc-llm",
    programs: ["serve", "chat"].map { ProgramPattern("mlc_llm", $0) }
      + ["compile", "gen_config", "convert_weight", "package"].map { ProgramPattern("mlc_llm", $0, isServer: false) },
    options: ["model": .model, "context_window_size": .servedLength],
    lists: ["overrides"], positional: .model,
    model: { command in command.option(.model)?.text.map { $0.hasPrefix("HF://") ? String($0.dropFirst(5)) : $0 } },
    aliases: ["mlc_llm"])

  /// OpenVINO Model Server: a converted model is read as it is; `--max_prompt_len` is what an NPU sets memory aside for.
  /// Source: `docs/parameters.md`, `src/graph_export/graph_cli_parser.cpp` of 2026.
  static let openVINO = CommandFormat(
    name: "ovms", title: "OpenVINO Model Server", kind: .server, runtime: nil,
    programs: [
      ProgramPattern("ovms", takesPositional: false),
      ProgramPattern("export_model.py", "text_generation", takesPositional: false, isServer: false),
    ],
    images: ["openvino/model_server"], hasOwnTags: true,
    options: ["source_model": .model, "max_prompt_len": .servedLength], flags: ["pull"],
    aliases: ["openvino-model-server"])

  /// Scalings that CTranslate2's converter knows; it stops at others.
  private static let convertible: Set = ["default", "linear", "su", "llama3", "longrope"]

  /// CTranslate2: its converter writes the rotation into the model. It has no option of a length.
  /// Source: `python/ctranslate2/converters/transformers.py` of 4.8.1, `get_rotary_params`.
  static let ctranslate2 = CommandFormat(
    name: "ctranslate2", title: "CTranslate2", kind: .server, runtime: nil,
    programs: [ProgramPattern("ct2-transformers-converter", takesPositional: false, isServer: false)],
    options: ["model": .model], flags: ["force", "low_cpu_mem_usage", "trust_remote_code"], aliases: ["ct2"],
    effective: { (request) throws(ConfigurationError) in
      var builder = EffectiveBuilder(request)
      if let type = builder.scalingType, !convertible.contains(type), let model = request.command.option(.model) {
        builder.find(
          "scaling-refused", .error,
          """
          CTranslate2 converts no “\(type.excerpt(40))” scaling (NotImplementedError): it knows \
          \(Message.names(convertible.sorted()))
          """, at: model)
      }
      return [builder.configuration]
    })

  /// Docker Model Runner: llama.cpp behind `docker model`, and the models of a composition.
  /// Source: docs.docker.com/reference/compose-file/models.
  static let dockerModels = CommandFormat(
    name: "docker-model", title: "Docker Model Runner", kind: .server, runtime: "llama.cpp",
    programs: [ProgramPattern("docker", "model", "configure"), ProgramPattern("docker", "model", "run")],
    options: llamaCpp.options.merging(["context_size": .servedLength]) { own, _ in own }, flags: llamaCpp.flags,
    positional: .model,
    model: { command in command.option(.model)?.text.map { $0.hasPrefix("ai/") ? String($0.dropFirst(3)) : $0 } },
    stretching: llamaCpp.stretching?.replacing("-c LENGTH", with: "--context-size LENGTH MODEL --"),
    effective: llamaCpp.effective)
}
