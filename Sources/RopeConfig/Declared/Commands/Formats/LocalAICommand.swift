import RopeJSON

extension CommandFormat {
  /// LocalAI's model file: llama.cpp's numbers, those of rotation below `parameters`, the rest at the top level; a number
  /// of 0 is none, and nothing says the original length. Other backends read the model's own file.
  /// Source: `core/config/model_config.go`, `backend/cpp/llama-cpp/grpc-server.cpp`.
  static let localAI = CommandFormat(
    name: "localai", title: "LocalAI", kind: .server, runtime: "llama.cpp",
    options: [
      "parameters.model": .model, "model": .model, "context_size": .servedLength, "max_model_len": .servedLength,
      "parameters.rope_freq_base": .theta, "rope_scaling": .scaling,
    ],
    flags: [
      "rope_freq_scale", "rope_freq_base", "yarn_orig_ctx", "yarn_ext_factor", "yarn_attn_factor", "yarn_beta_fast",
      "yarn_beta_slow",
    ],
    document: { tree in
      guard tree.member("parameters")?.node.member("model") != nil else { return false }
      return ["backend", "context_size", "template", "f16", "mmap"].contains { tree.member($0) != nil }
    },
    effective: { (request) throws(ConfigurationError) in
      var command = request.command
      let backend = command.option("backend")?.text ?? "llama-cpp"
      guard backend.hasPrefix("llama") else {
        var builder = EffectiveBuilder(request, runtime: ["vllm", "mlx"].first(where: backend.hasPrefix) ?? backend)
        builder.takeLengths()
        return [builder.configuration]
      }
      let lost = command.option("yarn_orig_ctx", "parameters.yarn_orig_ctx")
      command.options = command.options.compactMap { option in
        guard option.number != 0, option.name != "yarn_orig_ctx" else { return nil }
        guard option.path.hasPrefix("parameters.") else { return option }
        return CommandOption(
          option.canonical, path: option.name, spelling: option.spelling, node: option.node, bytes: option.bytes,
          isUnknown: option.isUnknown)
      }
      var merge = LlamaCppMerge(request.with(command))
      var configuration = merge.configuration()
      if let lost {
        configuration.findings.append(
          CommandFinding(
            kind: "option-no-effect", severity: .warning,
            message: "LocalAI has no yarn_orig_ctx: the ramp starts from the model's own window", bytes: lost.bytes,
            source: command.source))
      }
      return [configuration]
    })
}
