import RealModule
import RopeJSON

extension CommandFormat {
  /// text-generation-webui: `--compress_pos_emb` divides positions; `--alpha_value` raises the base, by NTK's rule in
  /// ExLlama (`modules/exllamav2.py`), to 10,000·α^(64/63) in llama.cpp (`modules/RoPE.py`), as dynamic scaling in
  /// Transformers (`modules/transformers_loader.py`); `--rope_freq_base` is the base itself. From 4.1 on none of the three
  /// is left (oobabooga/textgen#5861) and llama.cpp's own stand in `--extra-flags`. No context is cut.
  static let textGenerationWebUI = CommandFormat(
    name: "text-generation-webui", title: "text-generation-webui", kind: .server, runtime: nil,
    programs: [ProgramPattern("server.py", takesPositional: false)],
    options: [
      "model": .model, "ctx_size": .servedLength, "n_ctx": .servedLength, "max_seq_len": .servedLength,
      "compress_pos_emb": .factor, "rope_freq_base": .theta, "max_new_tokens": .newTokens,
    ],
    marks: ["loader", "compress_pos_emb", "alpha_value", "gpu_split", "extra_flags", "listen", "model_menu"],
    admitsAnyLength: true,
    aliases: ["oobabooga", "textgen-webui", "textgen"],
    stretching:
      "--ctx-size LENGTH --extra-flags \"--rope-scaling yarn --rope-scale FACTOR --yarn-orig-ctx ORIGINAL\"",
    effective: { (request) throws(ConfigurationError) in
      var merge = TextGenerationWebUIMerge(request)
      return try merge.configurations()
    })
}

/// What the program hands to the loader that it chooses.
private struct TextGenerationWebUIMerge {
  private let request: EffectiveRequest
  private let loader: String?
  private let isGGUF: Bool
  private var builder: EffectiveBuilder

  init(_ request: EffectiveRequest) {
    self.request = request
    let command = request.command
    let name = (command.option("loader")?.text ?? command.option(.model)?.text ?? "").lowercased()
    loader = ["llama", "exllama", "transformers"].last(where: name.contains)
    isGGUF = loader == "llama" || name.hasSuffix(".gguf")
    builder = EffectiveBuilder(
      request,
      runtime: isGGUF ? "llama.cpp" : loader == "exllama" ? (name.contains("v3") ? "exllamav3" : "exllamav2") : loader)
  }

  mutating func configurations() throws(ConfigurationError) -> [EffectiveConfiguration] {
    if isGGUF, let flags = request.command.option("extra_flags"), flags.text != nil {
      return try CommandFormat.llamaCpp.effective(request.handing(flags, to: .llamaCpp))
    }
    builder.takeLengths()
    // A prompt is cut to it; other loaders are given the context itself.
    if builder.command.option(.servedLength) == nil {
      builder.take(.servedLength, from: builder.command.option("truncation_length"))
    }
    rotate()
    return [builder.configuration]
  }

  private func given(_ path: String, above least: Double) -> CommandOption? {
    request.command.option(path).flatMap { $0.number.map { $0 > least } == true ? $0 : nil }
  }

  private mutating func rotate() {
    let base = given("rope_freq_base", above: 0)
    let alpha = given("alpha_value", above: 1)
    let compression = given("compress_pos_emb", above: 1)
    // A few options as quoted do not show which version was run.
    let isQuoted = request.command.program.isEmpty && request.command.source.path == nil
    for gone in [base, alpha, compression].compactMap({ $0 }) where !request.isBefore("4.1") && !isQuoted {
      tellGone(gone)
    }
    if let base {
      builder.setBase(base.node, keyBytes: base.bytes)
    } else if isGGUF, let alpha, let value = alpha.number {
      builder.setBase(
        EffectiveBuilder.derived((10_000 * .pow(value, 64 / 63)).rounded(), at: alpha), keyBytes: alpha.bytes)
    }
    if let compression {
      builder.replaceScaling(
        [("rope_type", EffectiveBuilder.word("linear", at: compression)), ("factor", compression.node)], window: nil,
        at: compression, by: compression.spelling)
    } else if !isGGUF, base == nil, let alpha {
      builder.replaceScaling(
        [
          ("rope_type", EffectiveBuilder.word(loader == "transformers" ? "dynamic" : "ntk", at: alpha)),
          ("factor", alpha.node),
        ], window: nil, at: alpha, by: alpha.spelling)
    }
  }

  /// Its command line stops at an option that it does not have; in a file of settings it does nothing.
  private mutating func tellGone(_ option: CommandOption) {
    builder.find(
      "option-gone", request.version == nil ? .note : .error,
      isGGUF
        ? """
        text-generation-webui has no \(option.spelling) from 4.1 on. Write llama.cpp's own options into --extra-flags
        """
        : """
        text-generation-webui has no \(option.spelling) from 4.1 on. Write the scaling into the model's config.json
        """, at: option)
  }
}
