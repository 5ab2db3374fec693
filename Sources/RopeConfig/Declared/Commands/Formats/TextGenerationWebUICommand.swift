import RealModule
import RopeJSON

extension CommandFormat {
  /// text-generation-webui: `--compress_pos_emb` divides positions; `--alpha_value` raises the base, by NTK's rule in
  /// ExLlama (`modules/exllamav2.py`), to 10,000·α^(64/63) in llama.cpp (`modules/RoPE.py`), as dynamic scaling in
  /// Transformers (`modules/transformers_loader.py`); `--rope_freq_base` is the base itself. No context is cut.
  static let textGenerationWebUI = CommandFormat(
    name: "text-generation-webui", title: "text-generation-webui", kind: .server, runtime: nil,
    programs: [ProgramPattern("server.py", takesPositional: false)],
    options: [
      "model": .model, "ctx_size": .servedLength, "n_ctx": .servedLength, "max_seq_len": .servedLength,
      "compress_pos_emb": .factor, "rope_freq_base": .theta,
    ],
    marks: ["loader", "compress_pos_emb", "alpha_value", "gpu_split"], admitsAnyLength: true,
    aliases: ["oobabooga", "textgen-webui"], stretching: "--ctx-size LENGTH --rope_freq_base BASE",
    effective: { (request) throws(ConfigurationError) in
      let command = request.command
      let name = (command.option("loader")?.text ?? command.option(.model)?.text ?? "").lowercased()
      let loader = ["llama", "exllama", "transformers"].last(where: name.contains)
      let isGGUF = loader == "llama" || name.hasSuffix(".gguf")
      let runtime = isGGUF ? "llama.cpp" : loader == "exllama" ? "exllamav2" : loader
      var builder = EffectiveBuilder(request, runtime: runtime)
      builder.takeLengths()
      let base = command.option("rope_freq_base").flatMap { $0.number.map { $0 > 0 } == true ? $0 : nil }
      let alpha = command.option("alpha_value").flatMap { $0.number.map { $0 > 1 } == true ? $0 : nil }
      let compression = command.option("compress_pos_emb").flatMap { $0.number.map { $0 > 1 } == true ? $0 : nil }
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
            ("rope_type", EffectiveBuilder.word(runtime == "transformers" ? "dynamic" : "ntk", at: alpha)),
            ("factor", alpha.node),
          ], window: nil, at: alpha, by: alpha.spelling)
      }
      return [builder.configuration]
    })
}
