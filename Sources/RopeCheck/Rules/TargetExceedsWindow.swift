enum TargetExceedsWindow: Rule {
  static let card = RuleCard(
    "target-exceeds-window", .error, "More tokens are asked for than the window holds",
    why: "Index errors, device asserts, or text that falls apart without a message.",
    fix: "Raise the window with the smallest factor that covers prompt and answer.",
    references: ["unslothai/unsloth#3083", "unslothai/unsloth#1236", "huggingface/text-generation-inference#782", "InternLM/lmdeploy#361", "vllm-project/vllm#3676"],
    failing: [RuleExample(#"{"model_type": "qwen2", "hidden_size": 3584, "num_attention_heads": 28, "max_position_embeddings": 32768, "rope_theta": 1000000.0}"#, facts: Facts(targetLength: 131_072))],
    passing: [
      RuleExample(#"{"model_type": "qwen2", "max_position_embeddings": 131072, "rope_scaling": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}}"#, facts: Facts(targetLength: 131_072)),
      RuleExample(#"{"model_type": "llama", "max_position_embeddings": 2048, "rope_scaling": {"rope_type": "linear", "factor": 4.0}}"#, facts: Facts(targetLength: 8192)),
    ])

  static let needs: [RuleNeed] = [.target]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let place = subject.windowPlace, let window = subject.window, window > 0,
      let wanted = [subject.facts.targetLength, subject.servedLength].compactMap({ $0 }).max()
    else { return [] }
    let reach = reach(subject, window)
    guard wanted > reach else { return [] }
    let native = subject.nativeLength ?? Double(window)
    let factor = (Double(wanted) / native * 4).rounded(.up) / 4
    let coverage = covered(subject, window)
    let covers = coverage.map { Double(wanted) <= $0 } ?? false
    let extra = covers
      ? "; the scaling covers it, but a server caps at the window"
      : subject.unseenPairs(at: wanted, trained: native)
    return [
      subject.finding(
        card, at: place,
        "\(Phrase.tokens(wanted)) tokens are asked for, the window holds \(Phrase.tokens(reach)): \(Phrase.ratio(Double(wanted) / Double(reach))) × too many\(extra). Write \"\(place.key)\": \(covers ? Phrase.whole(coverage ?? 0) : wanted)\(covers ? "" : " and scale by \(Phrase.ratio(factor))")",
        severity: covers && subject.runtime("vllm", "sglang", "tgi") == nil ? .warning : .error)
    ]
  }

  /// Tokens that a server will take. The conventions of linear and dynamic keep the native length as the window.
  private static func reach(_ subject: CheckSubject, _ window: Int) -> Int {
    guard let scaling = subject.scaling, let factor = scaling.factor, factor > 1 else { return window }
    if scaling.type == "dynamic" { return Phrase.whole(Double(window) * factor) }
    if scaling.type == "linear", !(subject.known.map { window > $0.trainedLength } ?? false) { return Phrase.whole(Double(window) * factor) }
    return window
  }

  private static func covered(_ subject: CheckSubject, _ window: Int) -> Double? {
    guard let scaling = subject.scaling, let factor = scaling.factor else { return nil }
    return factor * (subject.original(scaling) ?? Double(window))
  }
}
