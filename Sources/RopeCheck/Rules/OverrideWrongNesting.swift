import RopeText

enum OverrideWrongNesting: Rule {
  static let card = RuleCard(
    "override-wrong-nesting", .error, "Scaling stands at the wrong level of a nested configuration",
    why: "It is accepted and does nothing: the language model reads text_config.",
    fix: "Write it in text_config.",
    references: ["jundot/omlx#3594", "modelscope/ms-swift#1591", "vllm-project/recipes#856"],
    failing: [
      RuleExample(
        """
        {"model_type": "mistral3", "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
        "original_max_position_embeddings": 32768}, "text_config": {"model_type": "mistral", \
        "max_position_embeddings": 131072, "rope_theta": 1000000.0}}
        """),
      RuleExample(
        #"{"model_type": "qwen3_vl", "text_config": {"model_type": "qwen3", "max_position_embeddings": 40960}}"#,
        facts: Facts(
          commandLine: """
            --hf-overrides '{"rope_scaling": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": \
            32768}}'
            """)),
    ],
    passing: [
      RuleExample(
        #"{"model_type": "qwen3_vl", "text_config": {"model_type": "qwen3", "max_position_embeddings": 40960}}"#,
        facts: Facts(
          commandLine: """
            --hf-overrides '{"text_config": {"rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
            "original_max_position_embeddings": 32768}}}'
            """))
    ])

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    let found = subject.findings(card, ofKind: "override-wrong-level").map { finding in
      var finding = finding
      finding.message = "\(finding.message)\(native(subject))"
      return finding
    }
    if !found.isEmpty { return found }
    if let option = subject.option("hf_overrides", "json_model_override_args"),
      let inner = option.object?.member("text_config"),
      subject.file.text.pointer.isEmpty, subject.hasDimensions || subject.window != nil
    {
      let lost = ["rope_scaling", "rope_parameters", "max_position_embeddings", "rope_theta"].filter {
        inner.member($0) != nil
      }
      if !lost.isEmpty {
        return [
          subject.finding(
            card, at: option, or: subject.declaration.text,
            """
            \(option.spelling) sets \(Message.names(lost)) under text_config, this model has none: the override \
            is accepted and does nothing. Write it at the top level
            """)
        ]
      }
    }
    guard !subject.declaration.text.pointer.isEmpty else { return [] }
    for key in ["rope_scaling", "rope_parameters"] {
      guard let outer = subject.declaration.root.member(key), outer.node.members?.isEmpty == false else { continue }
      let scaling = DeclaredScaling(dictionary: outer)
      // Some makers write the same in both places.
      let inner = subject.declaration.text.member(anyOf: ["rope_scaling", "rope_parameters"])
        .map { DeclaredScaling(dictionary: $0) }
      guard scaling.isScaled, inner.map({ $0.type != scaling.type || $0.factor != scaling.factor }) ?? true else {
        continue
      }
      return [
        subject.finding(
          card, at: outer,
          """
          \(key) stands beside \(String(subject.declaration.text.pointer.dropFirst())), which the language model is built \
          from: \(scaling.title) does nothing. Move it inside
          """)
      ]
    }
    return []
  }

  /// What else is wrong with the numbers that do not arrive.
  private static func native(_ subject: CheckSubject) -> Message {
    guard let known = subject.known, let option = subject.option("hf_overrides", "json_model_override_args"),
      let scaling = option.object.flatMap({ $0.member(anyOf: ["rope_scaling", "rope_parameters"]) }),
      let original = scaling.member("original_max_position_embeddings")?.node.finiteNumber,
      original != Double(known.trainedLength)
    else { return "" }
    return """
      . Its original length \(Phrase.tokens(original)) is not \(known.name)'s, which is trained to \
      \(Phrase.tokens(known.trainedLength))
      """
  }
}
