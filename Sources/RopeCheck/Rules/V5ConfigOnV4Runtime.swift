enum V5ConfigOnV4Runtime: Rule {
  static let card = RuleCard(
    "v5-config-on-v4-runtime", .error, "A rope_parameters-only file meets a reader of the older keys",
    why: "It does not read rope_parameters and says nothing: theta becomes 10000 and the scaling vanishes (0.77 nats per token in the cited thread).",
    fix: "Write rope_theta and rope_scaling as well, or require transformers 5.",
    references: ["Open-Athena/MarinFold#184", "Open-Athena/MarinFold#198", "sgl-project/sglang#26187"],
    failing: [RuleExample(#"{"model_type": "llama", "rope_parameters": {"rope_type": "llama3", "rope_theta": 500000.0, "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}, "max_position_embeddings": 131072}"#, facts: Facts(runtimes: ["transformers 4.57"]))],
    passing: [
      RuleExample(#"{"model_type": "llama", "rope_parameters": {"rope_type": "default", "rope_theta": 500000.0}, "rope_theta": 500000.0, "max_position_embeddings": 8192}"#, facts: Facts(runtimes: ["transformers 4.57"])),
    ])

  /// MLX-LM's llama.py, which serves these types, reads the older keys only.
  private static func isDeafMLX(_ runtime: DeclaredRuntime, _ subject: CheckSubject) -> Bool {
    runtime.name == .mlx && ["llama", "mistral"].contains(subject.modelType ?? "")
  }

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let place = subject.value("rope_parameters"), place.node.members?.isEmpty == false,
      subject.value("rope_scaling") == nil
    else { return [] }
    let theta = subject.scalings.lazy.compactMap { $0.number("rope_theta") }.first
    var lost: [String] = []
    if subject.value("rope_theta", "global_rope_theta") == nil, let theta, theta != 10_000 {
      lost.append("theta becomes 10,000 instead of \(Phrase.tokens(theta)) (\(Phrase.ratio(theta / 10_000)) ×)")
    }
    if let scaling = subject.scaling {
      lost.append("\(scaling.type)\(scaling.factor.map { " ×\(Phrase.ratio($0))" } ?? "") vanishes")
    }
    guard !lost.isEmpty else { return [] }
    let old = subject.runtimes.first { ($0.name == .transformers && $0.isBefore(5)) || isDeafMLX($0, subject) }
    let reader = old?.label ?? "transformers 4"
    let isFlat = subject.scalings.allSatisfy { $0.layer == nil }
    var edits: [TextEdit] = []
    if isFlat, subject.value("rope_theta") == nil, let theta {
      edits += subject.insert("rope_theta", Phrase.json(theta), into: subject.declaration.text)
    }
    return [
      subject.finding(
        card, at: place,
        "\(reader) does not read rope_parameters: \(lost.joined(separator: ", ")), without a message. Write rope_theta and rope_scaling beside it, or require transformers 5",
        severity: old == nil ? .note : .error,
        fix: edits.isEmpty || subject.scaling != nil ? nil : Fix("add rope_theta", safe: true, edits: edits))
    ]
  }
}
