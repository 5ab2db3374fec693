import RopeJSON

extension CommandFormat {
  /// verl and its recipes: Hydra overrides `a.b.c=value`, or the same as a file.
  static let verl = CommandFormat(
    name: "verl", title: "verl", kind: .trainer, runtime: "transformers",
    programs: [
      ProgramPattern("verl.trainer.*", takesPositional: false),
      ProgramPattern("recipe.*.main_*", takesPositional: false),
      ProgramPattern("verl.experimental.*", takesPositional: false), ProgramPattern("easyr1.*", takesPositional: false),
    ],
    options: [
      "actor_rollout_ref.model.path": .model, "model.partial_pretrain": .model, "model.path": .model,
      "actor_rollout_ref.rollout.max_model_len": .servedLength, "data.max_prompt_length": .promptLength,
      "data.max_response_length": .newTokens, "data.max_length": .trainLength,
      "actor_rollout_ref.rollout.prompt_length": .promptLength, "actor_rollout_ref.rollout.response_length": .newTokens,
      "actor_rollout_ref.rollout.dtype": .dtype,
    ],
    marks: [
      "actor_rollout_ref.*", "data.max_prompt_length", "data.max_response_length", "critic.model.*", "data.train_files",
    ],
    syntax: .yaml, takesAssignments: true,
    document: { tree in
      tree.member("actor_rollout_ref") != nil
        || tree.member("model")?.node.member("partial_pretrain") != nil
        || tree.member("model")?.node.member("path") != nil && tree.member("data")?.node.member("max_length") != nil
    },
    forms: [
      SettingsForm(
        text: .assignments("python3 -m verl.trainer.main_ppo"), model: "actor_rollout_ref.model.path",
        length: "actor_rollout_ref.rollout.max_model_len", carrier: .file)
    ],
    effective: { (request) throws(ConfigurationError) in VerlMerge(request).configurations() })
}

/// verl gives the trainer's own classes an edited configuration, and the rollout's engine the one on disk
/// (`verl/utils/model.py`, `update_model_config`; `workers/rollout`).
///
/// A value is set on the configuration object; a dictionary goes into the attribute of its name and fails where that is
/// no object, so that nested scaling keys stop the run. They are merged all the same, to show what they were to do.
struct VerlMerge {
  private let request: EffectiveRequest

  init(_ request: EffectiveRequest) { self.request = request }

  func configurations() -> [EffectiveConfiguration] {
    let command = request.command
    guard command.options.contains(where: { $0.path.hasPrefix("actor_rollout_ref") || $0.path.hasPrefix("critic") })
    else {
      var builder = EffectiveBuilder(request)
      builder.takeLengths()
      return [builder.configuration]
    }
    var results = [
      trainer("actor", "actor_rollout_ref.model.override_config.", model: "actor_rollout_ref.model.path"), rollout(),
    ]
    if command.options.contains(where: { $0.path.hasPrefix("critic.model.override_config.") }) {
      results.append(trainer("critic", "critic.model.override_config.", model: "critic.model.path"))
    }
    return results
  }

  // MARK: Actor and critic

  private func trainer(_ role: String, _ prefix: String, model: String) -> EffectiveConfiguration {
    var builder = EffectiveBuilder(request, role: role, runtime: "transformers")
    var isStopped = false
    for option in leaves(under: prefix) {
      var path = option.path.dropFirst(prefix.count).split(separator: ".").map(String.init)
      if path.first == "model_config" { path.removeFirst() }
      guard !path.isEmpty else { continue }
      if ["rope_scaling", "rope_parameters"].contains(path[0]), path.count > 1 || option.node.members != nil, !isStopped
      {
        isStopped = true
        builder.find(
          "override-stops", .error,
          """
          verl stops here: it sets keys on the attribute “\(path[0])”, which is a dictionary or nothing (AttributeError), \
          not an object. Write the scaling into the model's config.json
          """, at: option)
      }
      if path == ["rope_theta"] {
        builder.notes.append(
          "rope_theta as an override counts with transformers 4 only; version 5 keeps the dictionary's")
      }
      merge(option.node, at: path, option, &builder)
    }
    takeLengths(&builder)
    return builder.configuration
  }

  private func merge(_ node: JSONNode, at path: [String], _ option: CommandOption, _ builder: inout EffectiveBuilder) {
    guard let members = node.members else { return builder.set(path, to: node, keyBytes: option.bytes) }
    for member in members { merge(member.node, at: path + [member.key], option, &builder) }
  }

  /// Options below a path; of a file's tree those that hold a value.
  private func leaves(under prefix: String) -> [CommandOption] {
    request.command.options.filter { option in
      option.path.hasPrefix(prefix) && !option.isUnknown && (option.node.members == nil || request.command.tree == nil)
    }
  }

  private func takeLengths(_ builder: inout EffectiveBuilder) {
    let command = builder.command
    let prompt = command.option("data.max_prompt_length", "actor_rollout_ref.rollout.prompt_length")
    let answer = command.option("data.max_response_length", "actor_rollout_ref.rollout.response_length")
    builder.take(.promptLength, from: prompt)
    builder.take(.newTokens, from: answer)
    if let one = prompt?.length, let other = answer?.length { builder.take(.trainLength, one + other, from: answer) }
  }

  // MARK: Rollout

  private func rollout() -> EffectiveConfiguration {
    let command = request.command
    let engine = command.option("actor_rollout_ref.rollout.name")?.text ?? "vllm"
    let adjust: (inout EffectiveBuilder) -> Void = { builder in
      takeLengths(&builder)
      builder.take(.servedLength, from: command.option("actor_rollout_ref.rollout.max_model_len"))
    }
    let kept = "actor_rollout_ref.rollout.engine_kwargs."
    let (option, path) =
      engine == "sglang"
      ? (kept + "sglang.json_model_override_args", "json_model_override_args")
      : (kept + "vllm.hf_overrides", "hf_overrides")
    var inner = command
    inner.options = command.options.filter { $0.path.hasPrefix(option) }.map { given in
      let rest = given.path.dropFirst(option.count)
      return CommandOption(
        rest.isEmpty ? .overrides : nil, path: path + rest,
        spelling: given.spelling.contains("overrides.") ? given.spelling : "--" + path.replacing("_", with: "-"),
        node: given.node,
        bytes: given.bytes, isUnknown: given.isUnknown)
    }
    inner.tree = nil
    let unversioned = EffectiveRequest(command: inner, base: request.base, version: nil)
    switch engine {
    case "sglang":
      var merge = SGLangMerge(unversioned, role: "rollout")
      return merge.configuration(adjust)
    case "hf":
      var builder = EffectiveBuilder(unversioned, role: "rollout", runtime: "transformers")
      adjust(&builder)
      return builder.configuration
    default:
      var merge = VLLMMerge(unversioned, role: "rollout")
      return merge.configuration(adjust)
    }
  }
}
