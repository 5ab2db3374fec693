import RopeJSON

extension CommandFormat {
  /// prime-rl: `seq_len` of the run counts where trainer and orchestrator have none of their own; the trainer's
  /// configuration stays as it is. Its vLLM gets `[inference.vllm]`, `[inference.model]` in older versions.
  /// Source: `packages/prime-rl-configs/src/prime_rl/configs` (commit 559b4477, 2026-08).
  static let primeRL = CommandFormat(
    name: "prime-rl", title: "prime-rl", kind: .trainer, runtime: "transformers",
    programs: ["rl", "sft", "trainer", "inference"].map { ProgramPattern("run", $0, takesPositional: false) }
      + [ProgramPattern("*prime_rl/*.py", takesPositional: false)],
    options: [
      "model.name": .model, "trainer.model.name": .model, "orchestrator.model.name": .model,
      "inference.model.name": .model, "inference.vllm.model": .model, "vllm.model": .model,
      "seq_len": .trainLength, "trainer.model.seq_len": .trainLength, "model.seq_len": .trainLength,
      "data.seq_len": .trainLength, "inference.model.max_model_len": .servedLength,
      "inference.vllm.max_model_len": .servedLength, "vllm.max_model_len": .servedLength,
      "model.max_model_len": .servedLength,
      "orchestrator.sampling.max_tokens": .newTokens, "orchestrator.train.sampling.max_completion_tokens": .newTokens,
    ],
    marks: ["trainer.model.seq_len", "inference.vllm.*", "inference.model.*", "orchestrator.*"],
    aliases: ["prime_rl"],
    document: { tree in
      let isNamed = ["model", "trainer", "inference"].contains { key in
        tree.value(at: key == "model" ? ["model", "name"] : [key, "model", "name"])?.string != nil
      }
      let lengths = [["seq_len"], ["data", "seq_len"], ["model", "seq_len"], ["trainer", "model", "seq_len"]]
      return tree.member("orchestrator")?.node.members != nil
        || isNamed && lengths.contains { tree.value(at: $0) != nil }
    },
    effective: { (request) throws(ConfigurationError) in
      let command = request.command
      let engine = ["inference.vllm.", "inference.model.", "vllm.", "inference."]
      let hasEngine = command.options.contains { option in engine.contains(where: option.path.hasPrefix) }
      var trainer = EffectiveBuilder(request, role: hasEngine ? "trainer" : nil)
      for meaning: CanonicalOption in [.trainLength, .newTokens] {
        trainer.take(meaning, from: command.option(meaning))
      }
      if let own = command.option("trainer.model.seq_len") { trainer.take(.trainLength, from: own) }
      guard hasEngine else { return [trainer.configuration] }
      var inner = command
      inner.options = command.options.compactMap { option in
        guard let prefix = engine.first(where: option.path.hasPrefix) else { return nil }
        let path = String(option.path.dropFirst(prefix.count))
        return CommandOption(
          CommandFormat.vllm.meaning(of: path), path: path, spelling: option.spelling, node: option.node,
          bytes: option.bytes, isUnknown: option.isUnknown)
      }
      inner.tree = nil
      var rollout = VLLMMerge(EffectiveRequest(command: inner, base: request.base, version: nil), role: "rollout")
      let served = rollout.configuration { builder in builder.take(.servedLength, from: inner.option("max_model_len")) }
      return command.option(.trainLength) == nil ? [served] : [trainer.configuration, served]
    })
}
