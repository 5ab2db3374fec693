import RopeJSON

/// Programs for one's own machine that name their models in their own way.
extension CommandFormat {
  /// llamafile: llama.cpp's options behind a program that may hold the model itself, and then has its name.
  static let llamafile = CommandFormat(
    name: "llamafile", title: "llamafile", kind: .server, runtime: "llama.cpp",
    programs: ["llamafile", "*.llamafile"].map { ProgramPattern($0, takesPositional: false) },
    options: llamaCpp.options, flags: llamaCpp.flags.union(["server", "nobrowser", "chat", "cli", "v2"]),
    model: { command in
      if let named = command.option(.model) { return named.text }
      guard let program = command.program.first, program.hasSuffix(".llamafile") else { return nil }
      return String((program.split(separator: "/").last ?? "").dropLast(".llamafile".count))
    },
    start: "llamafile -m MODEL", stretching: llamaCpp.stretching, effective: llamaCpp.effective)

  /// RamaLama: starts llama.cpp in a container with the model behind a transport, such as `ollama://llama3:8b`.
  /// Source: `docs/ramalama-serve.1.md`.
  static let ramaLama = CommandFormat(
    name: "ramalama", title: "RamaLama", kind: .server, runtime: "llama.cpp",
    programs: [
      ProgramPattern("ramalama", "serve"), ProgramPattern("ramalama", "run"), ProgramPattern("ramalama", "bench"),
      ProgramPattern("ramalama", "perplexity"),
    ],
    options: ["c": .servedLength, "ctx_size": .servedLength, "max_model_len": .servedLength],
    flags: ["detach", "d", "nocontainer", "debug"], positional: .model,
    model: { command in
      guard let name = command.option(.model)?.text else { return nil }
      let transport = name.firstRange(of: "://")
      return transport.map { String(name[$0.upperBound...]) } ?? name
    },
    effective: { (request) throws(ConfigurationError) in
      guard let handed = request.command.option("runtime_args") else {
        return try CommandFormat.llamaCpp.effective(request)
      }
      return try CommandFormat.llamaCpp.effective(request.handing(handed, to: .llamaCpp))
    })

  /// Lemonade: starts llama.cpp with a model by its name.
  static let lemonade = CommandFormat(
    name: "lemonade", title: "Lemonade", kind: .server, runtime: "llama.cpp",
    programs: [
      ProgramPattern("lemonade", "load"), ProgramPattern("lemonade", "run"), ProgramPattern("lemonade-server", "run"),
    ],
    options: ["ctx_size": .servedLength], flags: ["save_options"], positional: .model,
    effective: llamaCpp.effective)

  /// mistral.rs: the model's own file is read; `--max-seq-len` is what devices are planned for.
  /// Source: `mistralrs-cli/src/args/model.rs`.
  static let mistralRS = CommandFormat(
    name: "mistral.rs", title: "mistral.rs", kind: .server, runtime: nil,
    programs: [
      ProgramPattern("mistralrs-server", takesPositional: false), ProgramPattern("mistralrs", takesPositional: false),
    ],
    options: ["m": .model, "model_id": .model, "max_seq_len": .servedLength], aliases: ["mistralrs"])

  /// Jan's files of a model, of which llama.cpp gets `ctx_len`.
  static let jan = CommandFormat(
    name: "jan", title: "Jan", kind: .server, runtime: "llama.cpp",
    options: [
      "ctx_len": .servedLength, "settings.ctx_len": .servedLength, "max_tokens": .newTokens,
      "parameters.max_tokens": .newTokens, "id": .model,
    ],
    document: { tree in
      let settings = tree.member("settings")?.node ?? tree
      return settings.member("ctx_len") != nil && tree.member("engine") != nil && tree.member("id") != nil
    }, stretching: llamaCpp.stretching, effective: llamaCpp.effective)

  /// torchchat: the model by its alias, the length of what is generated or exported.
  /// Source: `torchchat/cli/cli.py`.
  static let torchchat = CommandFormat(
    name: "torchchat", title: "torchchat", kind: .server, runtime: nil,
    programs: [
      ProgramPattern("torchchat.py", "server")
    ]
      + ["generate", "chat", "export", "eval", "browser"].map {
        ProgramPattern("torchchat.py", $0, isServer: false)
      },
    options: ["max_seq_length": .servedLength, "max_new_tokens": .newTokens], flags: ["compile", "chat"],
    positional: .model)

  /// ExecuTorch's export: a program for `max_context_length` tokens in all, `max_seq_length` of them at once. A model's
  /// class is named in one word, as `llama3_2` or `qwen3_0_6b`. Source: `extension/llm/export/config/llm_config.py`.
  static let executorch = CommandFormat(
    name: "executorch", title: "ExecuTorch", kind: .server, runtime: nil,
    programs: [
      ProgramPattern("*examples.models.llama.export_llama", takesPositional: false, isServer: false),
      ProgramPattern("*extension.llm.export.export_llm", takesPositional: false, isServer: false),
      ProgramPattern("export_llama", takesPositional: false, isServer: false),
    ],
    options: [
      "model": .model, "base.model_class": .model, "max_seq_length": .promptLength,
      "max_context_length": .servedLength, "export.max_seq_length": .promptLength,
      "export.max_context_length": .servedLength,
    ],
    flags: ["kv", "x", "v", "use_kv_cache", "use_sdpa_with_kv_cache"],
    model: { command in
      guard let name = command.option("base.model_class", "model")?.text else { return nil }
      let families = ["llama3_": "llama-3.", "qwen2_5_": "qwen2.5-"]
      guard let family = families.first(where: { name.hasPrefix($0.key) }) else {
        return name.replacing("_", with: "-")
      }
      return family.value + name.dropFirst(family.key.count).replacing("_", with: "-")
    }, takesAssignments: true,
    document: { tree in
      let export = tree.member("export")?.node
      return tree.member("base")?.node.members != nil
        && (export?.member("max_context_length") ?? export?.member("max_seq_length")) != nil
    })
}
