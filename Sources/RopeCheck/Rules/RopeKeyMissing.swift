import RopeConfig
import RopeText

enum RopeKeyMissing: Rule {
  static let card = RuleCard(
    "rope-key-missing", .error, "A key that the scaling cannot do without is absent",
    why: """
      The model stops at load with a KeyError, or a runtime fills in its own default and computes another rotation.
      """,
    fix: "Add the key with the value of the base model.",
    references: [
      "NVIDIA-NeMo/Automodel#2652", "ROCm/aiter#4742",
      """
      transformers 5.23 modeling_rope_utils.py, _check_received_keys
      """,
    ],
    failing: [
      RuleExample(
        #"{"rope_scaling": {"rope_type": "yarn", "factor": 2.0}}"#, facts: Facts(runtimes: ["transformers 5.13"])),
      RuleExample(#"{"max_position_embeddings": 131072, "rope_scaling": {"rope_type": "llama3", "factor": 8.0}}"#),
      RuleExample(#"{"max_position_embeddings": 4096, "rope_scaling": {"rope_type": "linear"}}"#),
      RuleExample(
        """
        {"model_type": "llama", "rope_scaling": {"type": "clex", "max_factor": 16, "param_factor": 1, "time_dt": \
        0.01}}
        """),
    ],
    passing: [
      RuleExample(#"{"max_position_embeddings": 4096, "rope_scaling": {"rope_type": "linear", "factor": 4.0}}"#),
      RuleExample(
        """
        {"max_position_embeddings": 131072, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, \
        "original_max_position_embeddings": 32768}}
        """),
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.scalings.flatMap { scaling -> [Finding] in
      let missing = absent(scaling, subject)
      guard !missing.isEmpty else { return [] }
      let values = Message.names(
        told: missing.map { key in usual(key, subject).map { "\(key) (usually \($0))" } ?? "\(key)" })
      let edits = missing.flatMap { key in
        usual(key, subject).map { subject.insert(key, $0, into: scaling.dictionary) } ?? []
      }
      let reader: Message = scaling.type == "clex" ? "its own model code" : "\("transformers")"
      let rest = consequence(scaling, missing)
      return [
        subject.finding(
          card, at: scaling.dictionary,
          missing.count == 1
            ? "\(scaling.type) scaling lacks \(values): \(reader) stops with a KeyError, \(rest). Add it"
            : "\(scaling.type) scaling lacks \(values): \(reader) stops with a KeyError, \(rest). Add them",
          fix: edits.count == 1 ? Fix("add \(Message.names(missing))", safe: false, edits: edits) : nil)
      ]
    }
  }

  private static func absent(_ scaling: DeclaredScaling, _ subject: CheckSubject) -> [String] {
    var missing = (ScalingKeys.required[scaling.type] ?? []).filter { key in
      if key == "original_max_position_embeddings" { return subject.originalPlace(scaling) == nil }
      if key == "factor" {
        // A null factor means the ratio of the lengths to transformers 5; HunYuan gives alpha instead.
        let hasAlpha = scaling.type == "dynamic" && scaling.has("alpha") && subject.reading != nil
        return scaling.dictionary.node.member(key) == nil && !hasAlpha
      }
      return !scaling.has(key)
    }
    // The window stands in for it where there is one, and a rule of its own warns; without one transformers stops.
    if scaling.isYarn, scaling.factor != 1, subject.originalPlace(scaling) == nil, subject.window == nil,
      subject.isReferenceNamed
    {
      missing.append("original_max_position_embeddings")
    }
    return missing
  }

  private static func usual(_ key: String, _ subject: CheckSubject) -> String? {
    switch key {
    case "act": "\"tanh\""
    case "time_dt": "0.01"
    case "param_factor": "1"
    case "low_freq_factor": "1.0"
    case "high_freq_factor": "4.0"
    case "original_max_position_embeddings": subject.known.map { String($0.trainedLength) }
    case "factor": subject.known?.scaling.map { Phrase.json($0.factor) }
    default: nil
    }
  }

  private static func consequence(_ scaling: DeclaredScaling, _ missing: [String]) -> Message {
    if missing.contains("factor") {
      return scaling.isYarn
        ? "SGLang takes a factor of 1, which scales nothing, mlx-swift-lm one of 32"
        : "SGLang takes a factor of 1, which scales nothing"
    }
    if scaling.type == "llama3" {
      return """
        SGLang and MLX take bands of 1 and 4, and the window or 8,192 for the original length
        """
    }
    if missing.contains("original_max_position_embeddings") {
      return "MLX takes a trained length of 4,096, so the ramp stands where a model of 4k tokens has it"
    }
    return "other runtimes stop as well or run unscaled"
  }
}
