enum Llama3RopeOldRuntime: Rule {
  static let card = RuleCard(
    "llama3-rope-old-runtime", .error, "llama3 scaling meets a transformers that does not know it",
    why: "Load fails with “must be a dictionary with two fields”, and people then delete keys to get past it.",
    fix: "Use transformers 4.43 or later; never trim the dictionary.",
    references: [
      "meta-llama/llama3#299",
      """
      foundation-model-stack/foundation-model-stack#384
      """, "intel/intel-extension-for-pytorch#681",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 131072, "rope_theta": 500000.0, "rope_scaling": \
        {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, \
        "original_max_position_embeddings": 8192}}
        """, facts: Facts(runtimes: ["transformers 4.42.3"]))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 131072, "rope_theta": 500000.0, "rope_scaling": \
        {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, \
        "original_max_position_embeddings": 8192}}
        """, facts: Facts(runtimes: ["transformers 4.45"]))
    ])

  static let needs: [RuleNeed] = [.runtime, .scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let scaling = subject.scaling, scaling.type == "llama3", scaling.dictionary.key == "rope_scaling",
      let runtime = subject.verdicts.first(where: { Self.isUnknown(type: "llama3", to: $0) })?.runtime
    else { return [] }
    return [
      subject.finding(
        card, at: scaling.typePlace ?? scaling.dictionary,
        """
        \(runtime.label) refuses llama3 scaling (“must be a dictionary with two fields”); trimming it to two keys \
        would drop the ×\(Phrase.ratio(scaling.factor ?? 8)) scaling of the bands. Use transformers 4.43 or later
        """)
    ]
  }

  /// Whether a runtime stops at the file, and has no such scaling.
  private static func isUnknown(type: String, to verdict: RuntimeVerdict) -> Bool {
    guard verdict.refusal != nil, let runtime = verdict.runtime.runtime else { return false }
    return !TypeProbe.implements(type, runtime, modelType: "llama")
  }
}
