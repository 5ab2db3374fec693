import RopeMath

enum NativeScalingReplaced: Rule {
  static let card = RuleCard(
    "native-scaling-replaced", .error, "The base model's own scaling is replaced by another",
    why: "The weights were trained under the first; its frequency map is thrown away.",
    fix: "Widen the native method (raise its factor) instead.",
    references: [
      "unslothai/unsloth#7028", "vllm-project/vllm#10537", "JIA-Lab-research/LongLoRA#113", "arcee-ai/mergekit#325",
    ],
    failing: [
      RuleExample(
        """
        {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "max_position_embeddings": 262144, \
        "rope_theta": 500000.0, "rope_scaling": {"rope_type": "linear", "factor": 2.0}}
        """, facts: Facts(base: "Llama-3.1-8B"))
    ],
    passing: [
      RuleExample(
        """
        {"model_type": "llama", "max_position_embeddings": 131072, "rope_theta": 500000.0, "rope_scaling": \
        {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, \
        "original_max_position_embeddings": 8192}}
        """, facts: Facts(base: "Llama-3.1-8B"))
    ])

  static let needs: [RuleNeed] = [.knownModel]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let known = subject.known, let native = known.scaling, subject.facts.base != nil else { return [] }
    let override = subject.option("rope_scaling")?.object.map { DeclaredScaling(dictionary: $0) }
    guard let scaling = subject.scaling ?? override, scaling.type != native.type,
      !(native.type == "yarn" && scaling.isYarn)
    else { return [] }
    var gap = ""
    if let geometry = subject.geometry, let window = known.windows.first {
      let trained =
        native.type == "llama3"
        ? MethodSpecification(
          "llama3",
          ["factor": .number(native.factor), "original_max_position_embeddings": .number(Double(known.trainedLength))])
        : MethodSpecification(
          "yarn",
          ["factor": .number(native.factor), "original_max_position_embeddings": .number(Double(known.trainedLength))])
      let target = subject.target ?? subject.window ?? window
      let new = scaling.factor.map {
        MethodSpecification(scaling.type == "dynamic" ? "dynamic" : "linear", ["factor": .number($0)])
      }
      if native.type != "longrope",
        let base = try? RotaryGeometry(
          headDimension: geometry.headDimension, base: known.base, trainedLength: known.trainedLength),
        let here = try? RotaryGeometry(
          headDimension: geometry.headDimension, base: subject.theta ?? 10_000, trainedLength: known.trainedLength),
        let new
      {
        gap = subject.difference(subject.plan(new, here, at: target), from: subject.plan(trained, base, at: target))
      }
    }
    return [
      subject.finding(
        card, at: subject.scaling?.typePlace ?? subject.scaling?.dictionary,
        """
        \(known.name) was trained with \(native.type) ×\(Phrase.ratio(native.factor)); this replaces it by \
        \(scaling.type)\(scaling.factor.map { " ×\(Phrase.ratio($0))" } ?? "")\(gap.isEmpty ? "" : ": \(gap)"). Keep \
        \(native.type) and raise its factor
        """)
    ]
  }
}
