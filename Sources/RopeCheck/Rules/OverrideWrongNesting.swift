enum OverrideWrongNesting: Rule {
  static let card = RuleCard(
    "override-wrong-nesting", .error, "Scaling stands at the wrong level of a nested configuration",
    why: "It is accepted and does nothing: the language model reads text_config.",
    fix: "Write it in text_config.",
    references: ["jundot/omlx#3594", "modelscope/ms-swift#1591", "vllm-project/recipes#856"],
    failing: [
      RuleExample(#"{"model_type": "mistral3", "rope_scaling": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}, "text_config": {"model_type": "mistral", "max_position_embeddings": 131072, "rope_theta": 1000000.0}}"#),
      RuleExample(#"{"model_type": "qwen3_vl", "text_config": {"model_type": "qwen3", "max_position_embeddings": 40960}}"#, facts: Facts(commandLine: #"--hf-overrides '{"rope_scaling": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}}'"#)),
    ],
    passing: [RuleExample(#"{"model_type": "qwen3_vl", "text_config": {"model_type": "qwen3", "max_position_embeddings": 40960}}"#, facts: Facts(commandLine: #"--hf-overrides '{"text_config": {"rope_scaling": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}}}'"#))])

  private static let keys = ["rope_scaling", "rope_parameters", "max_position_embeddings", "rope_theta"]

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    let option = subject.option("hf_overrides", "json_model_override_args")
    if let option, let object = option.object {
      let nested = !subject.declaration.text.pointer.isEmpty
      let inner = object.member("text_config")
      let misplaced = nested ? keys.filter { object.member($0) != nil && inner?.member($0) == nil } : []
      if !misplaced.isEmpty, let level = subject.declaration.text.pointer.split(separator: "/").last {
        return [finding(misplaced, at: option, "at the top level, the language model reads \(level)", "Nest the override under \(level)", subject)]
      }
      if !nested, let inner, subject.hasDimensions || subject.window != nil {
        let lost = keys.filter { inner.member($0) != nil }
        if !lost.isEmpty { return [finding(lost, at: option, "under text_config, this model has none", "Write it at the top level", subject)] }
      }
    }
    guard !subject.declaration.text.pointer.isEmpty else { return [] }
    for key in ["rope_scaling", "rope_parameters"] {
      guard let outer = subject.declaration.root.member(key), outer.node.members?.isEmpty == false,
        subject.declaration.text.member("rope_scaling") == nil, subject.declaration.text.member("rope_parameters") == nil
      else { continue }
      let scaling = DeclaredScaling(dictionary: outer)
      guard scaling.isScaled else { continue }
      return [
        subject.finding(
          card, at: outer,
          "\(key) stands beside \(subject.declaration.text.pointer.dropFirst()), which the language model is built from: \(scaling.type)\(scaling.factor.map { " ×\(Phrase.ratio($0))" } ?? "") does nothing. Move it inside")
      ]
    }
    return []
  }

  private static func finding(
    _ keys: [String], at option: RunOption, _ place: String, _ advice: String, _ subject: CheckSubject
  ) -> Finding {
    let factor = option.object.flatMap { $0.member("rope_scaling") ?? $0.member("rope_parameters") }
      .flatMap { DeclaredScaling(dictionary: $0).factor }
    return subject.finding(
      card, at: option, or: subject.declaration.text,
      "\(option.spelling) sets \(keys.joined(separator: ", ")) \(place): the override is accepted and does nothing\(factor.map { ", the model runs without the ×\(Phrase.ratio($0))" } ?? ""). \(advice)")
  }
}
