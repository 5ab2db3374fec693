import RopeJSON

extension CommandFormat {
  /// ROLL: `sequence_length`, else prompt and response together, is trained; nothing scales. Its vLLM or SGLang gets
  /// `strategy_config`. Source: `roll/configs/base_config.py` of 2026.
  static let roll = CommandFormat(
    name: "roll", title: "ROLL", kind: .trainer, runtime: "transformers",
    options: [
      "pretrain": .model, "sequence_length": .trainLength, "prompt_length": .promptLength,
      "response_length": .newTokens, "actor_infer.strategy_args.strategy_config.max_model_len": .servedLength,
    ],
    document: { tree in tree.member("pretrain") != nil && tree.member("actor_infer") != nil },
    effective: { (request) throws(ConfigurationError) in
      let command = request.command
      var trainer = EffectiveBuilder(request, role: "trainer")
      trainer.takeLengths()
      if command.option("sequence_length") == nil, let one = command.option("prompt_length")?.length,
        let answer = command.option("response_length"), let other = answer.length
      {
        trainer.take(.trainLength, one + other, from: answer)
      }
      var rollout = EffectiveBuilder(request, role: "rollout", runtime: "vllm")
      rollout.take(.servedLength, from: command.option(.servedLength))
      return [trainer.configuration, rollout.configuration]
    })
}
