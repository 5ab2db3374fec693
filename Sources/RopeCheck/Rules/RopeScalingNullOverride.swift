enum RopeScalingNullOverride: Rule {
  static let card = RuleCard(
    "rope-scaling-null-override", .error, "An override sets rope_scaling to null on a scaled model",
    why: "The base loses its scaling; loss jumps.",
    fix: "Leave the key out of the override.",
    references: ["axolotl-ai-cloud/axolotl#383", "unslothai/unsloth#7028"],
    failing: [
      RuleExample(
        """
        {"model_type": "qwen2", "max_position_embeddings": 131072, "rope_scaling": {"rope_type": "yarn", "factor": \
        4.0, "original_max_position_embeddings": 32768}}
        """, facts: Facts(commandLine: #"--hf-overrides '{"rope_scaling": null}'"#)),
      RuleExample(
        "",
        companions: [
          "train.yaml": """
          base_model: meta-llama/Llama-3.1-8B\nsequence_len: 8192\noverrides_of_model_config:\n  rope_scaling: null\n
          """
        ]),
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 4096, "rope_scaling": null}
        """, facts: Facts(commandLine: #"--hf-overrides '{"rope_theta": 10000}'"#))
    ])

  static let needs: [RuleNeed] = [.options]

  static func check(_ subject: CheckSubject) -> [Finding] {
    let kept: String
    if let scaling = subject.fileScaling {
      kept = scaling.title
    } else if let native = subject.known?.scaling, subject.facts.base != nil {
      kept = "\(native.type) ×\(Phrase.ratio(native.factor))"
    } else {
      return []
    }
    let nulls = subject.options.filter { option in
      // Axolotl does not look at one beside its overrides.
      if option.name == "rope_scaling" {
        return option.node.isNull && !(option.kind == .axolotl && option.path == option.name)
      }
      guard ["hf_overrides", "json_model_override_args"].contains(option.name), let object = option.object else {
        return false
      }
      let inner = object.member("text_config") ?? object
      return inner.node.member("rope_scaling")?.node.isNull == true
        || inner.node.member("rope_parameters")?.node.isNull == true
    }
    return nulls.map {
      subject.finding(
        card, at: $0, or: subject.fileScaling?.dictionary,
        """
        \($0.spelling) sets the scaling to null: the base loses \(kept) and turns its slow pairs up to that much too \
        fast. Leave the key out
        """)
    }
  }
}
